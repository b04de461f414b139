using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Lethe.Acceptance;

/// <summary>The lethe command as a child process, without network, home cache or terminal.</summary>
internal sealed partial class LetheProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _out = new(), _error = new();
    private bool _errorEnded;

    private LetheProcess(string folder, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        ProcessStartInfo start = new("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "lethe.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Remove("LETHE_DATA_DIR");
        start.Environment["LETHE_CACHE_DIR"] = Path.Combine(folder, "no-cache");
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Append(_out, e.Data);
        _process.ErrorDataReceived += (_, e) => Hear(e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Standard error so far.</summary>
    public string Error
    {
        get
        {
            lock (_error)
                return _error.ToString();
        }
    }

    public static LetheProcess Start(string folder, params string[] arguments) => new(folder, new Dictionary<string, string>(), arguments);

    /// <summary>Runs to the end.</summary>
    public static Result Run(string folder, params string[] arguments) => Run(folder, new Dictionary<string, string>(), arguments);

    public static Result Run(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using LetheProcess process = new(folder, environment, arguments);
        return process.Wait();
    }

    /// <summary>Returns as soon as standard error holds the text; fails when it ends without, or after two minutes.</summary>
    public void WaitUntilSaid(string text)
    {
        long until = Environment.TickCount64 + (long)TimeSpan.FromMinutes(2).TotalMilliseconds;
        lock (_error)
        {
            while (!_error.ToString().Contains(text, StringComparison.Ordinal))
            {
                int left = (int)(until - Environment.TickCount64);
                Assert.True(!_errorEnded && left > 0 && Monitor.Wait(_error, left), $"lethe never said '{text}': {_error}");
            }
        }
    }

    public Result Wait()
    {
        if (!_process.WaitForExit(TimeSpan.FromMinutes(5)))
        {
            _process.Kill();
            Assert.Fail($"lethe did not end within five minutes: {Error}");
        }

        _process.WaitForExit();
        return new Result(_process.ExitCode, _out.ToString(), Error);
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => Signal(2);

    /// <summary>kill -9.</summary>
    public void Kill() => _process.Kill();

    public void Dispose() => _process.Dispose();

    private void Signal(int number)
    {
        if (!_process.HasExited)
            Assert.Equal(0, Send(_process.Id, number));
    }

    private void Hear(string? line)
    {
        Append(_error, line);
        lock (_error)
        {
            _errorEnded |= line is null;
            Monitor.PulseAll(_error);
        }
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.Append(line).Append('\n');
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);

    /// <summary>How it ended.</summary>
    public sealed record Result(int ExitCode, string Out, string Error)
    {
        public Result Expect(int exitCode)
        {
            Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, expected {exitCode}\n{Error}\n{Out}");
            return this;
        }
    }
}

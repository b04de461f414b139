using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Lethe.Benchmarks;

/// <summary>A PyTorch process that runs one step on request; see benchmarks/peers/serve.py.</summary>
internal sealed class TorchPeer : IDisposable
{
    private readonly Process _process;

    private TorchPeer(Process process) => _process = process;

    /// <summary>The first Python here that has PyTorch, or null.</summary>
    public static string? FindPython() => new[] { "python3", "/usr/bin/python3", "python" }.FirstOrDefault(HasTorch);

    /// <param name="python">The interpreter.</param>
    /// <param name="script">Script in benchmarks/peers.</param>
    /// <param name="step">Step that it runs.</param>
    /// <param name="blasThreads">Threads of the matrix library.</param>
    /// <param name="torchThreads">Threads of PyTorch.</param>
    /// <param name="layout">What the script must know of the data, or null.</param>
    public static TorchPeer Start(string python, string script, string step, int blasThreads, int torchThreads, string? layout = null)
    {
        ProcessStartInfo info = new(python) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Folder() };
        foreach (string argument in new[] { script, step, torchThreads.ToString(CultureInfo.InvariantCulture) })
            info.ArgumentList.Add(argument);
        info.Environment["OPENBLAS_NUM_THREADS"] = blasThreads.ToString(CultureInfo.InvariantCulture);
        info.Environment["OMP_NUM_THREADS"] = torchThreads.ToString(CultureInfo.InvariantCulture);
        if (layout is not null)
            info.Environment["CTGAN_LAYOUT"] = layout;
        return new TorchPeer(Process.Start(info) ?? throw new InvalidOperationException($"{python} did not start."));
    }

    /// <summary>Median and least microseconds of that many steps.</summary>
    public (double Median, double Best) Measure(int steps)
    {
        _process.StandardInput.WriteLine(steps);
        _process.StandardInput.Flush();
        string line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The PyTorch process ended; run its script by hand to see why.");
        double[] times = [.. line.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return (times[0], times[1]);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000))
            _process.Kill();
        _process.Dispose();
    }

    private static bool HasTorch(string python)
    {
        try
        {
            ProcessStartInfo info = new(python) { RedirectStandardError = true, RedirectStandardOutput = true };
            info.ArgumentList.Add("-c");
            info.ArgumentList.Add("import torch");
            using Process? process = Process.Start(info);
            process?.WaitForExit();
            return process?.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string Folder([CallerFilePath] string path = "")
    {
        string beside = Path.Combine(Path.GetDirectoryName(path) ?? ".", "..", "peers");
        return Directory.Exists(beside) ? Path.GetFullPath(beside) : Path.GetFullPath(Path.Combine("benchmarks", "peers"));
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Lethe.Testing;

/// <summary>
/// A PostgreSQL server of the tests' own: real, on a free loopback port, its data in a temporary folder, stopped and
/// removed on disposal. Started by the first test that asks for it; tests skip with a message where PostgreSQL is not
/// installed. Use as an assembly fixture, one a test project.
/// </summary>
/// <remarks>PostgreSQL refuses to run as root; then the server runs as the unprivileged user <c>postgres</c>, else as the current one.</remarks>
public sealed class PostgresServer : IDisposable
{
    private const string User = "lethe";
    private readonly Lock _starting = new();
    private string? _folder;
    private string? _binaries;
    private string? _failure;
    private int _port;

    /// <summary>Password of the server's only user.</summary>
    public const string Password = "not a secret";

    /// <summary>The port; the server is running afterwards, or the calling test is skipped.</summary>
    public int Port
    {
        get
        {
            Start();
            return _port;
        }
    }

    /// <summary>A connection string to the database <c>postgres</c> as superuser; the calling test is skipped where there is no server.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Database=postgres;Username={User};Password={Password}";

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_folder is null)
            return;
        if (_port != 0)
            Run("pg_ctl", "stop", "-D", Data, "-m", "immediate");
        Run("/bin/rm", "-rf", Data);
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder!, "data");

    private void Start()
    {
        lock (_starting)
        {
            if (_port != 0)
                return;
            _binaries ??= FindBinaries();
            if (_binaries is null)
                Assert.Skip("PostgreSQL is not installed (Debian: package postgresql); the tests of its reader need a real server.");
            if (_failure is not null)
                Assert.Fail(_failure);
            try
            {
                _folder = Directory.CreateTempSubdirectory("lethe-postgres-").FullName;
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(_folder, (UnixFileMode)0x1FF); // the server's user makes its folder inside
                string passwordFile = Path.Combine(_folder, "password");
                File.WriteAllText(passwordFile, Password + "\n");
                Run("initdb", "-D", Data, "-U", User, "-A", "scram-sha-256", "--pwfile", passwordFile, "-E", "UTF8", "--locale=C", "--no-sync");
                int port = FreePort();
                string settings = string.Create(CultureInfo.InvariantCulture, $"-p {port} -k {_folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=20");
                Run("pg_ctl", "start", "-w", "-t", "60", "-D", Data, "-l", Path.Combine(_folder, "log"), "-o", settings);
                _port = port;
            }
            catch (InvalidOperationException e)
            {
                Assert.Fail(_failure = e.Message);
            }
        }
    }

    private static string? FindBinaries()
    {
        string debian = "/usr/lib/postgresql";
        IEnumerable<string> installed = Directory.Exists(debian) ? Directory.EnumerateDirectories(debian).OrderDescending().Select(v => Path.Combine(v, "bin")) : [];
        IEnumerable<string> onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return installed.Concat(onPath).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    private void Run(string program, params string[] arguments)
    {
        string path = Path.IsPathRooted(program) ? program : Path.Combine(_binaries!, program);
        string[] command = Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments] : [path, .. arguments];
        ProcessStartInfo start = new(command[0], command[1..]) { WorkingDirectory = _folder, RedirectStandardError = true, RedirectStandardOutput = true };
        // pg_ctl hands its output on to the server it starts, so the pipes never end: they are read as far as there is something, and only its exit is awaited.
        using Process process = Process.Start(start)!;
        List<string> said = [];
        process.OutputDataReceived += (_, line) => Hear(said, line.Data);
        process.ErrorDataReceived += (_, line) => Hear(said, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(TimeSpan.FromSeconds(90)))
            process.Kill(entireProcessTree: true);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} failed with exit code {process.ExitCode}: {string.Join(Environment.NewLine, said)}");
    }

    private static void Hear(List<string> said, string? line)
    {
        lock (said)
            said.Add(line ?? "");
    }

    private static int FreePort()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}

using System.Text;
using Lethe.Cli.Terminal;

namespace Lethe.Cli.Tests;

/// <summary>The command inside the test's own process: fast, for everything that does not hang on signals or folders.</summary>
internal static class InProcess
{
    public static async Task<(int ExitCode, string Out, string Error)> RunAsync(params string[] arguments)
    {
        using MemoryStream raw = new();
        using StreamWriter output = new(raw, new UTF8Encoding(false)) { AutoFlush = true };
        using StringWriter error = new();
        int code = await LetheCommand.RunAsync(arguments, new Streams(output, raw, error, ErrorIsTerminal: false, OutIsTerminal: false), CancellationToken.None);
        return (code, Encoding.UTF8.GetString(raw.ToArray()), error.ToString());
    }
}

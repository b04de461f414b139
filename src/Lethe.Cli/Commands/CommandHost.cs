using System.CommandLine;
using System.Text.Json;
using Lethe.Cli.Terminal;
using Lethe.Data.Problems;
using Lethe.Studies.Configuration;
using Lethe.Synthesis;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Registry;

namespace Lethe.Cli.Commands;

/// <summary>Runs the body of a verb and turns every expected error into a message for the user and an exit code.</summary>
internal sealed class CommandHost(Streams streams, CancellationToken cancellation)
{
    private const string UnknownDataset = "LD401", NotOnThisMachine = "LD402";

    /// <summary>Makes <paramref name="body"/> the action of <paramref name="command"/>.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="body">What it does; returns the exit code.</param>
    public void Handle(Command command, Func<Session, ParseResult, Task<int>> body) => command.SetAction(async (parsed, _) =>
    {
        Session session = new(streams, parsed, cancellation);
        int code;
        try
        {
            code = await body(session, parsed).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            streams.Error.WriteLine("Stopped; nothing half-written was left.");
            code = ExitCode.Interrupted;
        }
        catch (Exception e) when (Expected(e) is { } known)
        {
            streams.Error.WriteLine(known.Text);
            code = known.Code;
        }
#pragma warning disable CA1031 // the last resort of a command-line tool: whatever it is, the user gets a sentence and the right exit code
        catch (Exception e)
#pragma warning restore CA1031
        {
            streams.Error.WriteLine($"Unexpected failure: {(streams.ErrorIsTerminal ? e.ToString() : e.GetType().Name + " (run in a terminal to see more)")}");
            code = ExitCode.Failed;
        }

        session.RepeatWarnings();
        return code;
    });

    private static string Remedy(DataException data) => data.Problems.Any(p => p.Code == NotOnThisMachine)
        ? Environment.NewLine + "'lethe data get NAME' fetches it; no other command opens a connection."
        : "";

    /// <summary>Problems of what was typed rather than of the data: a file, a column or a dataset of that name does not exist.</summary>
    private static bool IsUsage(DataProblem problem) => problem.Code is ProblemCodes.CannotOpen or ProblemCodes.NoSuchColumn or UnknownDataset;

    /// <summary>Values of the data are shown only where a person reads along.</summary>
    private (string Text, int Code)? Expected(Exception e) => e switch
    {
        DataException data => ((streams.ErrorIsTerminal ? data.OwnerText : data.Message) + Remedy(data), data.Problems.All(p => p.Severity < Severity.Error || IsUsage(p)) ? ExitCode.Usage : ExitCode.Data),
        ConfigException or OptionException or ConditionException or UsageException => (e.Message, ExitCode.Usage),
        SynthesisException => (e.Message, ExitCode.Data),
        InvalidDataException or JsonException => (e.Message, ExitCode.Data),
        KeyNotFoundException or ArgumentException => (e.Message, ExitCode.Usage),
        FileNotFoundException or DirectoryNotFoundException => (e.Message, ExitCode.Usage),
        IOException or UnauthorizedAccessException => (e.Message + " Check the path, the permission and the free space.", ExitCode.Failed),
        _ => null,
    };
}

/// <summary>The command line asks for something that cannot be.</summary>
internal sealed class UsageException(string message) : Exception(message);

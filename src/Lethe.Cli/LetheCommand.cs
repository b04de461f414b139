using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Lethe.Cli.Commands;
using Lethe.Cli.Help;
using Lethe.Cli.Terminal;

namespace Lethe.Cli;

/// <summary>The command tree, and how it is run: usage errors, interrupts and failures become messages and exit codes.</summary>
internal static class LetheCommand
{
    public static RootCommand Create(CommandHost host)
    {
        RootCommand root = new("Lethe makes synthetic patients from real ones and measures what they give away.")
        {
            DemoCommand.Create(host),
            RunCommand.Create(host),
            FitCommand.Create(host),
            SampleCommand.Create(host),
            EvaluateCommand.Create(host),
            AuditCommand.Create(host),
            ReportCommand.Create(host),
            DataCommand.Create(host),
            SchemaCommand.Create(host),
            ListCommand.Create(host),
            DescribeCommand.Create(host),
            InspectCommand.Create(host),
        };
        root.Add(CommonOptions.Quiet);
        root.Add(CommonOptions.NoColor);
        root.Add(CommonOptions.Threads);
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
            help.Action = new ExampleHelp((HelpAction)help.Action!);
        return root;
    }

    public static async Task<int> RunAsync(string[] args, Streams streams, CancellationToken cancellation)
    {
        using Interrupt interrupt = new(streams.Error, cancellation);
        CommandHost host = new(streams, interrupt.Token);
        ParseResult parsed = Create(host).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (string message in parsed.Errors.Select(e => e.Message).Distinct())
                streams.Error.WriteLine(message);
            streams.Error.WriteLine($"See '{Path(parsed)} --help'.");
            return ExitCode.Usage;
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration { Output = streams.Out, Error = streams.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
            interrupt.Token).ConfigureAwait(false);
    }

    private static string Path(ParseResult parsed)
    {
        Stack<string> names = new();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult command; at = command.Parent)
            names.Push(command.Command is RootCommand ? "lethe" : command.Command.Name);
        return string.Join(' ', names);
    }
}

using System.CommandLine;
using Lethe.Cli.Help;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe evaluate</c>: fidelity and utility of synthetic data made by any tool.</summary>
internal static class EvaluateCommand
{
    public static Command Create(CommandHost host)
    {
        Verb command = new(
            "evaluate",
            "Fidelity and utility of synthetic patients, made by whatever tool, against real ones.",
            new Example("lethe evaluate --train train.csv --holdout holdout.csv --synthetic synthetic.csv --target death_30d", "shows how like the real patients the synthetic ones are, and how useful"),
            new Example("lethe evaluate --train train.csv --synthetic synthetic.csv --json result.json --report report.html", "writes the figures and a report; without a holdout some figures cannot be computed and say so"));
        FileComparison files = new();
        files.AddTo(command);
        host.Handle(command, (session, parsed) => files.ExecuteAsync(session, parsed, evaluate: true, audit: false));
        return command;
    }
}

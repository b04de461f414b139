using System.CommandLine;
using Lethe.Cli.Help;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe audit</c>: attacks synthetic data made by any tool.</summary>
internal static class AuditCommand
{
    public static Command Create(CommandHost host)
    {
        Verb command = new(
            "audit",
            "Attacks synthetic patients, made by whatever tool: can training patients be recognised in them?",
            new Example("lethe audit --train train.csv --holdout holdout.csv --synthetic synthetic.csv", "needs no model, only the files"),
            new Example("lethe audit --train train.csv --holdout holdout.csv --reference other.csv --synthetic synthetic.csv --gate \"attack.gan-leaks.auc<=0.6\" --json audit.json", "with reference patients and a gate: exit code 4 when it is missed"));
        FileComparison files = new();
        files.AddTo(command);
        host.Handle(command, (session, parsed) => files.ExecuteAsync(session, parsed, evaluate: false, audit: true));
        return command;
    }
}

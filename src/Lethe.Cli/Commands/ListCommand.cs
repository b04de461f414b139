using System.CommandLine;
using System.Text.Json;
using Lethe.Audit.Attacks;
using Lethe.Cli.Help;
using Lethe.Cli.Terminal;
using Lethe.Data.Catalogue;
using Lethe.Evaluation.Metrics;
using Lethe.Results;
using Lethe.Synthesis.Registry;
using Spectre.Console;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe list</c>: what this build knows, from its registries.</summary>
internal static class ListCommand
{
    public static Command Create(CommandHost host)
    {
        Verb command = new(
            "list",
            "Lists methods, attacks, metrics or datasets, one line each.",
            new Example("lethe list methods", "all generators"),
            new Example("lethe list attacks --json", "all attacks, for programs"));
        Argument<string> what = new("WHAT") { Description = "methods, attacks, metrics or datasets." };
        what.AcceptOnlyFromAmong("methods", "attacks", "metrics", "datasets");
        command.Add(what);
        command.Add(CommonOptions.Json);
        host.Handle(command, (session, parsed) =>
        {
            Descriptor[] listed = parsed.GetValue(what) switch
            {
                "methods" => [.. Methods.All.Select(m => m.Descriptor)],
                "attacks" => [.. AttackRegistry.All.Select(a => a.Descriptor)],
                "metrics" => [.. FidelityMetrics.All.Select(m => m.Descriptor)],
                _ => [.. DatasetCatalogue.Default.Entries.Select(e => new Descriptor(e.Id, e.Title, e.Simulate is null ? "public" : "simulated", e.Title, e.Citation))],
            };
            if (session.Json)
            {
                session.Streams.Out.WriteLine(JsonSerializer.Serialize(listed, RunDocument.JsonOptions));
                return Task.FromResult(ExitCode.Done);
            }

            Table table = new Table().Border(TableBorder.Simple).AddColumn("Name").AddColumn("Family").AddColumn("Summary");
            foreach (Descriptor d in listed)
                table.AddRow(new Text(d.Name), new Text(d.Family), new Text(d.Summary));
            session.Page.Write(table);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}

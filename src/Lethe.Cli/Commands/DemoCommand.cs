using System.CommandLine;
using Lethe.Cli.Help;
using Lethe.Cli.Terminal;
using Lethe.Data.Catalogue;
using Lethe.Data.Problems;
using Lethe.Studies.Configuration;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe demo</c>: everything once, with no data of one's own and no network.</summary>
internal static class DemoCommand
{
    private const string Real = "heart-cleveland";
    private const string Simulated = "simulated-heart-clinic";

    public static Command Create(CommandHost host)
    {
        Verb command = new(
            "demo",
            "Runs everything once on a small heart-disease table and ends with a report. Needs no data and no network.",
            new Example("lethe demo", "the whole flow into runs/demo"),
            new Example("lethe demo --out /data/try-lethe --seed 3", "into another folder, with other random draws"));
        Option<string> output = new("--out", "-o") { Description = "Folder of the run.", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine("runs", "demo") };
        Option<ulong> seed = new("--seed") { Description = "Root of all random draws.", HelpName = "N", DefaultValueFactory = _ => 1 };
        command.Add(output);
        command.Add(seed);
        command.Add(CommonOptions.Json);
        host.Handle(command, async (session, parsed) =>
        {
            string source = await SourceAsync(session).ConfigureAwait(false);
            RunConfig config = new()
            {
                Title = source == Real ? "Demonstration: Cleveland heart disease" : "Demonstration: simulated heart clinic",
                Data = new DataConfig { Source = source },
                Seed = parsed.GetValue(seed),
            };
            string folder = parsed.GetValue(output)!;

            // The demonstration owns its folder: starting it again starts it anew.
            int code = await RunCommand.ExecuteAsync(session, config, folder, overwrite: true).ConfigureAwait(false);
            if (code is ExitCode.Done or ExitCode.GateMissed)
                session.Say($"Open {Path.GetFullPath(Path.Combine(folder, "report.html"))} in a browser.");
            return code;
        });
        return command;
    }

    /// <summary>The Cleveland table where it is on the machine; else the simulated clinic, and says so.</summary>
    private static async Task<string> SourceAsync(Session session)
    {
        try
        {
            await DatasetCatalogue.Default.FindFileAsync(Real, new CatalogueOptions { Offline = true }, cancellation: session.Cancellation).ConfigureAwait(false);
            return Real;
        }
        catch (DataException)
        {
            session.Say($"'{Real}' is not on this machine ('lethe data get {Real}' fetches it), so the demonstration simulates a heart clinic. No real patient is behind it.");
            return Simulated;
        }
    }
}

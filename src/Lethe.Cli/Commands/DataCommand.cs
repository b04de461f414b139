using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Lethe.Cli.Help;
using Lethe.Cli.Terminal;
using Lethe.Data.Catalogue;
using Lethe.Data.Tables;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe data</c>: the public datasets that Lethe knows by name, and the simulators.</summary>
internal static class DataCommand
{
    public static Command Create(CommandHost host) => new Verb(
        "data",
        "Public datasets by name, and simulated ones.",
        new Example("lethe data list", "what there is"),
        new Example("lethe data get heart-cleveland --out heart.csv", "fetches, verifies and writes a dataset"))
    {
        List(host), Get(host), Describe(host), SimulateCommand.Create(host), CohortCommands.Import(host), CohortCommands.Compare(host), ExportCommand.Create(host),
    };

    private static Verb List(CommandHost host)
    {
        Verb command = new(
            "list",
            "Lists the datasets of the catalogue.",
            new Example("lethe data list", "names, titles, licences"),
            new Example("lethe data list --json", "the same for programs"));
        command.Add(CommonOptions.Json);
        host.Handle(command, (session, _) =>
        {
            IReadOnlyList<CatalogueEntry> entries = DatasetCatalogue.Default.Entries;
            if (session.Json)
            {
                session.Streams.Out.WriteLine(JsonSerializer.Serialize(entries.Select(e => new { id = e.Id, title = e.Title, licence = e.Licence, homepage = e.Homepage, simulated = e.Simulate is not null }), JsonSerializerOptions.Web));
                return Task.FromResult(ExitCode.Done);
            }

            Table table = new Table().Border(TableBorder.Simple).AddColumn("Name").AddColumn("Title").AddColumn("Licence");
            foreach (CatalogueEntry entry in entries)
                table.AddRow(new Text(entry.Id), new Text(entry.Title), new Text(entry.Licence));
            session.Page.Write(table);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Verb Get(CommandHost host)
    {
        Verb command = new(
            "get",
            "Fetches a dataset from its publisher, verifies it, and keeps it in the cache.",
            new Example("lethe data get heart-cleveland", "from now on 'lethe run heart-cleveland' needs no network"),
            new Example("lethe data get heart-cleveland --out heart.csv", "also writes it as CSV, target derived"));
        Argument<string> id = new("NAME") { Description = "Name in 'lethe data list'." };
        Option<string?> output = new("--out", "-o") { Description = "Write the table to this file too.", HelpName = "FILE" };
        Option<bool> offline = new("--offline") { Description = "Use only what is on the machine." };
        command.Add(id);
        command.Add(output);
        command.Add(offline);
        host.Handle(command, async (session, parsed) =>
        {
            LoadedDataset loaded = await DatasetCatalogue.Default.LoadAsync(
                parsed.GetValue(id)!, new CatalogueOptions { Offline = parsed.GetValue(offline) }, new DownloadLines(session), session.Cancellation).ConfigureAwait(false);
            foreach (Lethe.Data.Problems.DataProblem note in loaded.Notes)
                session.Warn(note);
            if (parsed.GetValue(output) is { } file)
                TableWriter.Write(file, loaded.Table);
            session.Streams.Out.WriteLine(parsed.GetValue(output) ?? loaded.File ?? $"{loaded.Entry.Id} is simulated: there is no file to fetch.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Verb Describe(CommandHost host)
    {
        Verb command = new(
            "describe",
            "Origin, licence, columns and caveats of a dataset.",
            new Example("lethe data describe heart-cleveland", "what its columns mean"),
            new Example("lethe data describe simulated-heart-clinic", "the same of a simulated dataset"));
        Argument<string> id = new("NAME") { Description = "Name in 'lethe data list'." };
        command.Add(id);
        host.Handle(command, (session, parsed) =>
        {
            DatasetView.Show(session, DatasetCatalogue.Default[parsed.GetValue(id)!]);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    /// <summary>A line for every tenth of a download.</summary>
    private sealed class DownloadLines(Session session) : IProgress<DownloadProgress>
    {
        private int _tenths = -1;

        public void Report(DownloadProgress value)
        {
            if (value.Total is not > 0 || (int)(10 * value.Received / value.Total.Value) is var tenths && tenths == _tenths)
                return;
            _tenths = tenths;
            session.Say(string.Create(CultureInfo.InvariantCulture, $"{value.Dataset}: {value.Received / 1024} of {value.Total / 1024} KiB"));
        }
    }
}

using Lethe.Cli.Terminal;
using Lethe.Data.Splits;
using Lethe.Studies.Configuration;
using Lethe.Studies.Loading;

namespace Lethe.Cli.Commands;

/// <summary><c>--dry-run</c>: reads the data and shows what would be done, with every default written out. Writes nothing.</summary>
internal static class DryRun
{
    public static async Task<int> ShowAsync(Session session, RunConfig config, string folder)
    {
        LoadedData data = await new DataLoader().LoadAsync(config.Data, cancellation: session.Cancellation).ConfigureAwait(false);
        foreach (Lethe.Data.Problems.DataProblem note in data.Notes)
            session.Warn(note);
        int patients = Grouping.Of(data.Table).GroupCount;
        RunConfig resolved = config with { Split = config.Split.Resolve(patients) };
        session.Say($"{data.Name}: {data.Table.RowCount} rows, {patients} patients, {data.Table.Columns.Count} columns, target {data.Table.Schema.Target?.Name ?? "none"}.");
        session.Say($"The run would be written to {folder}. Nothing was written.");
        session.Streams.Out.Write(RunConfigWriter.Write(resolved));
        return ExitCode.Done;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lethe.Data.Cohorts;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Benchmarks;

/// <summary>Loading of tidy event files: events per second of processor time, and peak memory against the cohort's own size.</summary>
internal static class CohortBenchmark
{
    private const int EventsPerStay = 715; // 48 h × 40 channels at the density of intensive care: 70,000 stays are 50 million events
    private const int Channels = 40;
    private const double BytesPerEvent = 10;

    public static int Run(string[] arguments)
    {
        int stays = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 14_000;
        string path = Path.Combine(Path.GetTempPath(), $"lethe-cohort-{stays}.csv");
        Write(path, stays);
        try
        {
            Console.WriteLine("| events | file MiB | cohort MiB | peak MiB | peak / cohort | processor s | events per second of one core |\n|---|---|---|---|---|---|---|");
            Process child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["load-cohort", path, stays.ToString(CultureInfo.InvariantCulture)]))!;
            child.WaitForExit();
            return child.ExitCode;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The measured part, in a process of its own.</summary>
    public static int Load(string path, int stays)
    {
        Table statics = new([new TextColumn(new ColumnSchema { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = ColumnRole.Identifier }, [.. Enumerable.Range(0, stays).Select(Id)])]);
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        CohortReadResult result = TidyCohortReader.Read(path, statics, [], new TidyOptions { IdColumn = "stay_id", TimeColumn = "hours", VariableColumn = "channel" });
        double seconds = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        const double Mebi = 1 << 20;
        double cohort = result.Cohort.EventCount * BytesPerEvent / Mebi, peak = Process.GetCurrentProcess().PeakWorkingSet64 / Mebi;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {result.Cohort.EventCount:N0} | {new FileInfo(path).Length / Mebi:F0} | {cohort:F0} | {peak:F0} | {peak / cohort:F1} | {seconds:F1} | {result.Cohort.EventCount / seconds:N0} |"));
        return result.Tally.Read == (long)stays * EventsPerStay ? 0 : 1;
    }

    private static string Id(int stay) => (30_000_000 + stay).ToString(CultureInfo.InvariantCulture);

    private static void Write(string path, int stays)
    {
        using StreamWriter text = new(path, false, new UTF8Encoding(false), 1 << 20);
        text.Write("stay_id,hours,channel,value\n");
        RandomStream r = new Seed(1).Stream("events");
        for (int i = 0; i < stays; i++)
        {
            string id = Id(i);
            for (int e = 0; e < EventsPerStay; e++)
                text.Write(string.Create(CultureInfo.InvariantCulture, $"{id},{e / 14.9:F2},channel_{r.NextInt(Channels)},{r.NextInt(2000) / 10.0}\n"));
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Lethe.Data.Cohorts;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Rows;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Benchmarks;

/// <summary>
/// Loading of tidy event files and import of MIMIC-IV: rows per second of processor time, and peak memory against what is
/// kept. Each measurement runs in a process of its own, so that the peak is that of the reading.
/// </summary>
internal static class CohortBenchmark
{
    private const int EventsPerStay = 715; // 48 h × 40 channels at the density of intensive care: 70,000 stays are 50 million events
    private const int Channels = 40;
    private const double BytesPerEvent = 10;
    private const double Mebi = 1 << 20;

    /// <param name="arguments"><c>quick</c>: the small sizes only.</param>
    public static int Run(string[] arguments)
    {
        bool quick = arguments.Contains("quick");
        string folder = Directory.CreateTempSubdirectory("lethe-cohorts-").FullName;
        try
        {
            Console.WriteLine("Tidy event files\n\n| events | file | MiB | cohort MiB | peak MiB | peak / cohort | processor s | events per second of one core |\n|---:|---|---:|---:|---:|---:|---:|---:|");
            foreach ((int stays, string name) in (IEnumerable<(int, string)>)(quick ? [(1400, "tidy.csv")] : [(1400, "tidy.csv"), (14_000, "tidy.csv"), (14_000, "tidy.csv.gz"), (70_000, "tidy.csv.gz")]))
            {
                string path = Path.Combine(folder, name);
                WriteTidy(path, stays);
                if (Child("load-cohort", path, stays.ToString(CultureInfo.InvariantCulture)) is var code && code != 0)
                    return code;
                File.Delete(path);
            }

            Console.WriteLine("\nMIMIC-IV, `chartevents.csv`\n\n| rows | file MiB | kept | cohort MiB | peak MiB | processor s | rows per second of one core |\n|---:|---:|---:|---:|---:|---:|---:|");
            foreach ((int rows, int kept) in (IEnumerable<(int, int)>)(quick ? [(1_000_000, 200_000)] : [(5_000_000, 1_000_000), (20_000_000, 1_000_000), (20_000_000, 5_000_000)]))
            {
                WriteMimic(folder, rows, kept);
                if (Child("load-mimic", folder) is var code && code != 0)
                    return code;
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The measured loading of a tidy file.</summary>
    public static int Load(string path, int stays)
    {
        Table statics = new([new TextColumn(new ColumnSchema { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = ColumnRole.Identifier }, [.. Enumerable.Range(0, stays).Select(Id)])]);
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        CohortReadResult result = TidyCohortReader.Read(path, statics, [], new TidyOptions { IdColumn = "stay_id", TimeColumn = "hours", VariableColumn = "channel" });
        double seconds = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        double cohort = result.Cohort.EventCount * BytesPerEvent / Mebi, peak = Process.GetCurrentProcess().PeakWorkingSet64 / Mebi;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {result.Cohort.EventCount:N0} | {(path.EndsWith(".gz", StringComparison.Ordinal) ? "gzip" : "plain")} | {new FileInfo(path).Length / Mebi:F0} | {cohort:F0} | {peak:F0} | {peak / cohort:F1} | {seconds:F1} | {result.Cohort.EventCount / seconds:N0} |"));
        return result.Tally.Read == (long)stays * EventsPerStay ? 0 : 1;
    }

    /// <summary>The measured import of MIMIC-IV.</summary>
    public static int LoadMimic(string folder)
    {
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        CohortReadResult result = Mimic4Reader.Read(new CsvFolderSource(folder));
        double seconds = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        double cohort = result.Cohort.EventCount * BytesPerEvent / Mebi, peak = Process.GetCurrentProcess().PeakWorkingSet64 / Mebi;
        double file = new FileInfo(Path.Combine(folder, "chartevents.csv")).Length / Mebi;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {result.Tally.Read:N0} | {file:F0} | {result.Tally.Kept:N0} | {cohort:F0} | {peak:F0} | {seconds:F1} | {result.Tally.Read / seconds:N0} |"));
        return result.Tally.Read == result.Tally.Kept + result.Tally.LeftOut.Sum(l => l.Count) ? 0 : 1;
    }

    private static int Child(params string[] arguments)
    {
        using Process child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments))!;
        child.WaitForExit();
        return child.ExitCode;
    }

    private static string Id(int stay) => (30_000_000 + stay).ToString(CultureInfo.InvariantCulture);

    private static void WriteTidy(string path, int stays)
    {
        using StreamWriter text = Writer(path);
        text.Write("stay_id,hours,channel,value\n");
        RandomStream r = new Seed(1).Stream("events");
        for (int i = 0; i < stays; i++)
        {
            string id = Id(i);
            for (int e = 0; e < EventsPerStay; e++)
                text.Write(string.Create(CultureInfo.InvariantCulture, $"{id},{e / 14.9:F2},channel_{r.NextInt(Channels)},{r.NextInt(2000) / 10.0}\n"));
        }
    }

    /// <summary>Tables of stays and a <c>chartevents</c> whose rows look like those of the release: patient by patient, most items of no concept.</summary>
    private static void WriteMimic(string folder, int rows, int kept)
    {
        const int Stays = 20_000;
        DateTime admitted = new(2150, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        using (StreamWriter patients = Writer(Path.Combine(folder, "patients.csv")), admissions = Writer(Path.Combine(folder, "admissions.csv")), icu = Writer(Path.Combine(folder, "icustays.csv")))
        {
            patients.Write("subject_id,gender,anchor_age,anchor_year\n");
            admissions.Write("subject_id,hadm_id,admittime,dischtime,deathtime,admission_type,hospital_expire_flag\n");
            icu.Write("subject_id,hadm_id,stay_id,first_careunit,intime,outtime\n");
            for (int i = 0; i < Stays; i++)
            {
                patients.Write(string.Create(CultureInfo.InvariantCulture, $"{10_000_000 + i},{(i % 2 == 0 ? 'F' : 'M')},{20 + (i % 70)},2150\n"));
                admissions.Write(string.Create(CultureInfo.InvariantCulture, $"{10_000_000 + i},{20_000_000 + i},2150-01-01 00:00:00,2150-02-10 00:00:00,,URGENT,0\n"));
                icu.Write(string.Create(CultureInfo.InvariantCulture, $"{10_000_000 + i},{20_000_000 + i},{30_000_000 + i},MICU,2150-01-01 00:00:00,2150-02-01 00:00:00\n"));
            }
        }

        (int Item, string Unit)[] mapped = [(220045, "bpm"), (220179, "mmHg"), (220210, "insp/min"), (220277, "%")];
        RandomStream r = new Seed(2).Stream("chart");
        double share = (double)kept / rows;
        using StreamWriter chart = Writer(Path.Combine(folder, "chartevents.csv"));
        chart.Write("subject_id,hadm_id,stay_id,caregiver_id,charttime,storetime,itemid,value,valuenum,valueuom,warning\n");
        for (int row = 0; row < rows; row++)
        {
            int stay = (int)((long)row * Stays / rows);
            string time = admitted.AddMinutes(r.NextInt(40_000)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            (int item, string unit) = r.NextBool(share) ? mapped[r.NextInt(mapped.Length)] : (229_000 + r.NextInt(900), "");
            int value = 60 + r.NextInt(40);
            chart.Write(string.Create(CultureInfo.InvariantCulture, $"{10_000_000 + stay},{20_000_000 + stay},{30_000_000 + stay},{50_000 + (row % 999)},{time},{time},{item},{value},{value},{unit},0\n"));
        }
    }

    private static StreamWriter Writer(string path)
    {
        Stream file = File.Create(path);
        return new StreamWriter(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file, new UTF8Encoding(false), 1 << 20);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Benchmarks;

/// <summary>
/// How much memory and time reading and writing a large table takes. Each reading runs in a process of its own, so that
/// the peak is that of the reading; what the process holds before it starts is subtracted.
/// </summary>
internal static class TableBenchmark
{
    private const double Mebibyte = 1 << 20;

    public static int Run(string[] args)
    {
        int rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lethe-benchmark-");
        try
        {
            string csv = Path.Combine(folder.FullName, "table.csv");
            WardFile.Write(csv, rows);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows × {WardFile.Columns} columns, {new FileInfo(csv).Length / Mebibyte:F0} MiB of CSV"));
            Console.WriteLine();
            Console.WriteLine("| reading | table in memory, MiB | peak over the start, MiB | peak / table | seconds | rows per second |");
            Console.WriteLine("|---|---:|---:|---:|---:|---:|");
            foreach (string mode in (string[])["inferred", "schema", "gzip"])
            {
                using Process child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["load", csv, mode]))!;
                child.WaitForExit();
                if (child.ExitCode != 0)
                    return child.ExitCode;
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Reads the file once and prints a row of the result table.</summary>
    public static int Load(string path, string mode)
    {
        TableReadOptions options = new();
        if (mode == "schema")
        {
            // The schema of a short file of the same generator, so that the reading is the first large thing the process does.
            string small = path + ".small.csv";
            WardFile.Write(small, 20_000);
            Schema schema = TableReader.Read(small).Schema;
            options = options with { Schema = schema.WithColumns(schema.Columns.Select(c => c with { Decimals = c.Kind == ColumnKind.Continuous ? 15 : c.Decimals })) };
        }
        else if (mode == "gzip")
        {
            string gz = path + ".gz";
            using (FileStream from = File.OpenRead(path))
            using (FileStream to = File.Create(gz))
            using (System.IO.Compression.GZipStream gzip = new(to, System.IO.Compression.CompressionLevel.Fastest))
                from.CopyTo(gzip);
            path = gz;
        }

        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        long before = Environment.WorkingSet, liveBefore = GC.GetTotalMemory(forceFullCollection: true);
        long start = Stopwatch.GetTimestamp();
        TableReadResult read = TableReader.Read(path, options);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long peak = Process.GetCurrentProcess().PeakWorkingSet64;
        double table = GC.GetTotalMemory(forceFullCollection: true) - liveBefore;
        double over = peak - before;
        GC.KeepAlive(read);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {mode} | {table / Mebibyte:F0} | {over / Mebibyte:F0} | {over / table:F2} | {seconds:F1} | {read.Table.RowCount / seconds:N0} |"));
        return read.Report.Problems.Any(p => p.Severity == Problems.Severity.Error) ? 1 : 0;
    }
}

using Lethe.Data.Benchmarks;

return args switch
{
    ["tables", .. var rest] => TableBenchmark.Run(rest),
    ["load", var path, var mode] => TableBenchmark.Load(path, mode),
    ["cohorts", .. var rest] => CohortBenchmark.Run(rest),
    ["load-cohort", var path, var stays] => CohortBenchmark.Load(path, int.Parse(stays, System.Globalization.CultureInfo.InvariantCulture)),
    ["load-mimic", var folder] => CohortBenchmark.LoadMimic(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: dotnet run -c Release --project benchmarks/Lethe.Data.Benchmarks -- COMMAND
          tables [rows]    writes a CSV file of 20 columns (default: 1,000,000 rows), reads it in processes of
                           their own and prints memory and speed
          cohorts [quick]  writes tidy event files of 1, 10 and 50 million events and tables of MIMIC-IV's shape with 5 and
                           20 million rows, reads each in a process of its own and prints memory and speed; needs 2 GB of
                           space in the temporary folder, quick: 0.1 GB
        """);
    return 2;
}

using Lethe.Data.Benchmarks;

return args switch
{
    ["tables", .. var rest] => TableBenchmark.Run(rest),
    ["load", var path, var mode] => TableBenchmark.Load(path, mode),
    ["cohorts", .. var rest] => CohortBenchmark.Run(rest),
    ["load-cohort", var path, var stays] => CohortBenchmark.Load(path, int.Parse(stays, System.Globalization.CultureInfo.InvariantCulture)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: dotnet run -c Release --project benchmarks/Lethe.Data.Benchmarks -- COMMAND
          tables [rows]    writes a CSV file of 20 columns (default: 1,000,000 rows), reads it in processes of
                           their own and prints memory and speed
          cohorts [stays]  writes a tidy event file (715 events a stay; default 14,000 stays, 10 million events), reads it
                           in a process of its own and prints memory and speed
        """);
    return 2;
}

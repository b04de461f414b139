using Lethe.Data.Benchmarks;

return args switch
{
    ["tables", .. var rest] => TableBenchmark.Run(rest),
    ["load", var path, var mode] => TableBenchmark.Load(path, mode),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: dotnet run -c Release --project benchmarks/Lethe.Data.Benchmarks -- tables [rows]
          tables   writes a CSV file of 20 columns (default: 1,000,000 rows), reads it in processes of
                   their own and prints memory and speed
        """);
    return 2;
}

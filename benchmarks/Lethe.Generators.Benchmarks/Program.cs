using System.Globalization;
using System.Text;
using Lethe.Data.Catalogue;
using Lethe.Data.Splits;
using Lethe.Data.Tables;
using Lethe.Evaluation.Statistics;
using Lethe.Generators.Benchmarks;
using Lethe.Numerics.Randomness;
using Lethe.Studies.Selection;
using Lethe.Synthesis;
using Lethe.Synthesis.Registry;

// usage: DATASET [--repeats 10] [--methods a,b,c] [--seed 20260101] [--out FILE.md]
// LETHE_DATA_DIR names the folder that holds the public datasets.
if (args.Length == 0)
{
    Console.Error.WriteLine("usage: DATASET [--repeats 10] [--methods a,b,c] [--seed 20260101] [--out FILE.md]; datasets: heart-cleveland, ckd, pbc (set LETHE_DATA_DIR)");
    return 2;
}

string Option(string name, string fallback) => Array.IndexOf(args, name) is >= 0 and int i ? args[i + 1] : fallback;
string dataset = args[0];
int repeats = int.Parse(Option("--repeats", "10"), CultureInfo.InvariantCulture);
Seed seed = new(ulong.Parse(Option("--seed", "20260101"), CultureInfo.InvariantCulture));
string[] methods = Option("--methods", "") is { Length: > 0 } list ? list.Split(',') : ["auto", .. Methods.ForTables.Where(m => !m.IsControl || m.Descriptor.Name == "independent").Select(m => m.Descriptor.Name)];

LoadedDataset data = await DatasetCatalogue.Default.LoadAsync(dataset);
Table table = data.Table.Where(c => c.IsModelled);
IReadOnlyList<TrainTest> splits = Resampling.Repeat(table, seed.Derive("splits"), repeats, 0.7);
Dictionary<string, List<Figures>> results = [];
for (int s = 0; s < splits.Count; s++)
{
    Table train = table.Take(splits[s].Train), holdout = table.Take(splits[s].Test);
    Seed split = seed.Derive("split", s);
    Add("real (TRTR)", Measurement.Compare(train, holdout, train, split.Derive("measure")));
    foreach (string method in methods)
    {
        Figures figures = Measurement.Of(train, holdout, (t, n) => Generate(method, t, n, split), split.Derive("measure"));
        Add(method, figures);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"split {s + 1}/{splits.Count} {method}: AUC {figures.Auc:F3}, accuracy {figures.Accuracy:F3}, A1 {figures.A1:F3}, A2 {figures.A2:F3}, quality {figures.Quality:F3}, C2ST {figures.ForestC2st:F2}, {figures.Seconds:F1} s {figures.Choice}"));
    }
}

string page = Page();
if (Option("--out", "") is { Length: > 0 } file)
    File.WriteAllText(file, page);
else
    Console.Write(page);
return 0;

void Add(string method, Figures figures)
{
    if (!results.TryGetValue(method, out List<Figures>? all))
        results.Add(method, all = []);
    all.Add(figures);
}

(Table Synthetic, string? Choice) Generate(string method, Table train, int rows, Seed split)
{
    // "auto" chooses by the training part alone, as a run does, and then fits the winner on all of it.
    Choice? choice = method == "auto" ? AutomaticChoice.Of(train, conditions: false, split.Derive("auto"), null, default) : null;
    ISynthesizer synthesizer = choice is null ? Methods.Get(method).Create(new Dictionary<string, string>()) : choice.Method.Create(choice.Options);
    FittedTableSynthesizer model = (FittedTableSynthesizer)synthesizer.Fit(train, new FitContext { Seed = split.Derive("fit") });
    return (model.SampleTable(rows, split.Derive("sample")), choice?.Method.Descriptor.Name);
}

string Page()
{
    StringBuilder text = new();
    int n = table.RowCount, trainRows = splits[0].Train.Length;
    text.AppendLine(CultureInfo.InvariantCulture, $"# Generators on {data.Entry.Title}").AppendLine();
    text.AppendLine(CultureInfo.InvariantCulture, $"{n} rows, {table.Columns.Count} columns, target `{table.Schema.Target!.Name}`. {repeats} stratified 70/30 splits ({trainRows} training rows); each generator learns from the");
    text.AppendLine("training part and makes as many rows; logistic regression, random forest and histogram boosting are trained on them and tested on the real holdout.");
    text.AppendLine("Mean over splits with 95 % interval (Student over splits for single figures; corrected resampled t of Nadeau and Bengio for the difference to real data).").AppendLine();
    text.AppendLine(CultureInfo.InvariantCulture, $"    LETHE_DATA_DIR=DATA dotnet run -c Release --project benchmarks/Lethe.Generators.Benchmarks -- {dataset} --repeats {repeats} --seed {seed.Value}{(Option("--methods", "") is { Length: > 0 } named ? " --methods " + named : "")} --out docs/results/{dataset}.md").AppendLine();
    text.AppendLine(CultureInfo.InvariantCulture, $"Seed {seed.Value}; {Environment.ProcessorCount}-core {System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}, .NET {Environment.Version.ToString(2)}.").AppendLine();
    text.AppendLine("| generator | TSTR AUROC | difference to real | TSTR accuracy | A1 | A2 | quality | forest C2ST | coverage | closer to train | seconds |");
    text.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|");
    List<Figures> real = results["real (TRTR)"];
    foreach ((string method, List<Figures> figures) in results)
    {
        bool isReal = method.StartsWith("real", StringComparison.Ordinal);
        double[] differences = [.. figures.Zip(real, (f, r) => f.Auc - r.Auc)];
        string difference = isReal ? "–" : Signed(differences.Average()) + " " + Range(RepeatedScores.NadeauBengio(differences, trainRows, n - trainRows).Interval);
        string Cell(Func<Figures, double> get, bool shown = true) => shown ? string.Create(CultureInfo.InvariantCulture, $"{figures.Average(get):F3}") : "–";
        string choices = figures[0].Choice is null ? "" : " (" + string.Join(", ", figures.GroupBy(f => f.Choice).OrderByDescending(g => g.Count()).Select(g => $"{g.Key} × {g.Count()}")) + ")";
        text.AppendLine(CultureInfo.InvariantCulture, $"| {method}{choices} | {Cell(f => f.Auc)} {Range(RepeatedScores.StudentInterval([.. figures.Select(f => f.Auc)]))} | {difference} | {Cell(f => f.Accuracy)} {Range(RepeatedScores.StudentInterval([.. figures.Select(f => f.Accuracy)]))} | {Cell(f => f.A1, !isReal)} | {Cell(f => f.A2, !isReal)} | {Cell(f => f.Quality, !isReal)} | {Cell(f => f.ForestC2st, !isReal)} | {Cell(f => f.Coverage, !isReal)} | {Cell(f => f.CloserToTrain, !isReal)} | {(isReal ? "–" : figures.Average(f => f.Seconds).ToString("F2", CultureInfo.InvariantCulture))} |");
    }

    return text.ToString();
}

static string Range(Lethe.Results.Interval i) => string.Create(CultureInfo.InvariantCulture, $"[{i.Lower:F3}, {i.Upper:F3}]");

static string Signed(double x) => Math.Round(x, 3).ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);

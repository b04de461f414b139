using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Synthesis.Tests.Contracts;

/// <summary>Made-up tables that every method must cope with: one of every kind of column, and the awkward ones.</summary>
internal static class ContractTables
{
    private const double FirstDay = 18262; // 2020-01-01

    /// <summary>Every kind of column, related to each other, with holes in two of them and an identifier that is never modelled.</summary>
    public static Table Mixed(int rows = 300, ulong seed = 11)
    {
        RandomStream random = new Seed(seed).Stream("mixed");
        double[] age = new double[rows], pressure = new double[rows], ratio = new double[rows], admitted = new double[rows];
        int[] stage = new int[rows], smoker = new int[rows], region = new int[rows], outcome = new int[rows];
        string?[] name = new string?[rows];
        for (int i = 0; i < rows; i++)
        {
            double severity = random.NextGaussian();
            age[i] = Math.Clamp(Math.Round(58 + (12 * random.NextGaussian()) + (4 * severity)), 18, 95);
            pressure[i] = 2 * Math.Round((120 + (0.4 * (age[i] - 58)) + (9 * random.NextGaussian())) / 2);
            ratio[i] = random.NextBool(severity > 0.5 ? 0.35 : 0.08) ? double.NaN : Math.Round(Math.Exp(0.4 * (severity + random.NextGaussian())), 2);
            admitted[i] = FirstDay + (random.NextInt(525_600) / 1440.0);
            stage[i] = Math.Clamp((int)Math.Round(1.5 + severity), 0, 3);
            smoker[i] = random.NextBool(0.3) ? 1 : 0;
            region[i] = random.NextBool(0.08) ? -1 : random.NextInt(3);
            outcome[i] = random.NextBool(1 / (1 + Math.Exp(-(severity - 0.5 + smoker[i])))) ? 1 : 0;
            name[i] = $"patient {i}";
        }

        return new Table(
        [
            new TextColumn(new ColumnSchema { Name = "name", Kind = ColumnKind.Text, Role = ColumnRole.Identifier }, name),
            new NumericColumn(new ColumnSchema { Name = "age", Kind = ColumnKind.Integer, Bounds = new Bounds(18, 95, Origin.Public), Unit = "a" }, age),
            new NumericColumn(new ColumnSchema { Name = "blood pressure", Kind = ColumnKind.Integer, Step = 2, Unit = "mm[Hg]" }, pressure),
            new NumericColumn(new ColumnSchema { Name = "ratio", Kind = ColumnKind.Continuous, Decimals = 2 }, ratio),
            new NumericColumn(new ColumnSchema { Name = "admitted", Kind = ColumnKind.DateTime, DateFormat = "yyyy-MM-ddTHH:mm" }, admitted),
            new DiscreteColumn(new ColumnSchema { Name = "stage", Kind = ColumnKind.Ordinal, Categories = ["I", "II", "III", "IV"] }, stage),
            new DiscreteColumn(new ColumnSchema { Name = "smoker", Kind = ColumnKind.Boolean, Categories = ["no", "yes"] }, smoker),
            new DiscreteColumn(new ColumnSchema { Name = "région", Kind = ColumnKind.Categorical, Categories = ["Île-de-France", "北京", "O'Fallon, \"IL\"", "never seen"] }, region),
            new DiscreteColumn(new ColumnSchema { Name = "outcome", Kind = ColumnKind.Categorical, Role = ColumnRole.Target, Categories = ["0", "1"] }, outcome),
        ], "mixed");
    }

    /// <summary>Names of <see cref="Awkward"/>.</summary>
    public static readonly string[] AwkwardNames =
        ["one row", "two rows", "one number", "one level column", "constant", "all missing", "one complete row among holes", "many levels", "duplicates"];

    public static Table Awkward(string name) => name switch
    {
        "one row" => Mixed(1),
        "two rows" => Mixed(2),
        "one number" => new Table([Number("x", [1.5, 2.25, 2.25, 9], 2)]),
        "one level column" => new Table([Levels("c", [0, 1, 1, 2, 0, 1], "a", "b", "c")]),
        "constant" => new Table([Number("x", [4, 4, 4, 4, 4]), Levels("c", [1, 1, 1, 1, 1], "a", "b"), Number("zero", [0, 0, 0, 0, 0])]),
        "all missing" => new Table(
        [
            Number("empty", Enumerable.Repeat(double.NaN, 30)), Levels("blank", Enumerable.Repeat(-1, 30), "a"), Levels("no levels", Enumerable.Repeat(-1, 30)),
            Number("x", Enumerable.Range(0, 30).Select(i => (double)i)),
        ]),
        "one complete row among holes" => new Table(
        [
            Number("x", Enumerable.Range(0, 40).Select(i => i == 7 ? 3 : double.NaN)), Number("y", Enumerable.Range(0, 40).Select(i => i % 3 == 0 ? double.NaN : i)),
            Levels("c", Enumerable.Range(0, 40).Select(i => i == 9 ? 0 : -1), "only"),
        ]),
        "many levels" => new Table(
        [
            Levels("code", Enumerable.Range(0, 60), [.. Enumerable.Range(0, 60).Select(i => $"K{i}")]), Number("x", Enumerable.Range(0, 60).Select(i => (double)(i * i))),
        ]),
        "duplicates" => new Table([Number("x", Enumerable.Range(0, 50).Select(i => (double)(i % 2))), Levels("c", Enumerable.Range(0, 50).Select(i => i % 2), "a", "b")]),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "unknown table"),
    };

    private static NumericColumn Number(string name, IEnumerable<double> values, int decimals = 0) =>
        new(new ColumnSchema { Name = name, Kind = ColumnKind.Continuous, Decimals = decimals }, [.. values]);

    private static DiscreteColumn Levels(string name, IEnumerable<int> codes, params string[] levels) =>
        new(new ColumnSchema { Name = name, Kind = ColumnKind.Categorical, Categories = levels }, [.. codes]);
}

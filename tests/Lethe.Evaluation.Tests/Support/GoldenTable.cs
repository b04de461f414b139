using System.Globalization;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Evaluation.Tests.Support;

/// <summary>Reads the golden tables: clinical columns by name, everything else as numbers.</summary>
internal static class GoldenTable
{
    private static readonly string[] Categorical = ["sex", "cp", "fbs", "restecg", "exang", "slope", "thal", "target", "group"];

    public static Table Read(Golden golden, string file, string? target = null)
    {
        string[][] lines = [.. File.ReadAllLines(Path.Combine(golden.Folder, file)).Where(l => l.Length > 0).Select(l => l.Split(','))];
        return Make(lines[0], lines[1..], target);
    }

    public static Table Make(string[] names, string[][] rows, string? target = null)
    {
        List<Column> columns = [];
        for (int j = 0; j < names.Length; j++)
        {
            string[] cells = [.. rows.Select(r => r[j])];
            ColumnRole role = names[j] == target ? ColumnRole.Target : ColumnRole.Feature;
            columns.Add(Categorical.Contains(names[j]) ? Discrete(names[j], cells, role) : Numeric(names[j], cells, role));
        }

        return new Table(columns);
    }

    public static DiscreteColumn Discrete(string name, IReadOnlyList<string> cells, ColumnRole role = ColumnRole.Feature)
    {
        string[] levels = [.. cells.Where(c => c != "").Distinct().Order(StringComparer.Ordinal)];
        ColumnSchema schema = new() { Name = name, Kind = ColumnKind.Categorical, Role = role, Categories = levels };
        return new DiscreteColumn(schema, [.. cells.Select(c => Array.IndexOf(levels, c))]);
    }

    public static NumericColumn Numeric(string name, IReadOnlyList<string> cells, ColumnRole role = ColumnRole.Feature) =>
        Numeric(name, [.. cells.Select(c => c == "" ? double.NaN : double.Parse(c, CultureInfo.InvariantCulture))], role);

    public static NumericColumn Numeric(string name, double[] values, ColumnRole role = ColumnRole.Feature) =>
        new(new ColumnSchema { Name = name, Kind = ColumnKind.Continuous, Role = role, Decimals = 6 }, values);

    public static double[] Values(this Table table, string column) => ((NumericColumn)table[column]).Values.ToArray();

    public static int[] Codes(this Table table, string column) => ((DiscreteColumn)table[column]).Codes.ToArray();

    public static int[] Labels(this Table table, string column) => [.. table.Values(column).Select(v => (int)v)];
}

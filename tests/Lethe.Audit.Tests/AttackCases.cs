using System.Globalization;
using System.Text.Json;
using Lethe.Audit.Points;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Audit.Tests;

/// <summary>The golden files of attacks: cases of a kind, numeric tables as points, mixed tables as tables.</summary>
internal static class AttackCases
{
    public static IEnumerable<JsonElement> Of(string file, string kind, out string folder)
    {
        Golden golden = Golden.Load($"attacks/{file}");
        folder = golden.Folder;
        JsonElement[] cases = [.. golden.Cases.Where(c => c.GetProperty("kind").GetString() == kind)];
        Assert.NotEmpty(cases);
        return cases;
    }

    public static PointSet Points(string folder, JsonElement inputs, string name)
    {
        double[][] rows = [.. Rows(folder, inputs, name).Skip(1).Select(r => r.Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray())];
        return new PointSet([.. rows.SelectMany(r => r)], rows.Length, rows[0].Length);
    }

    /// <summary>Mixed tables under one schema: named columns are numbers, all others levels in order of first appearance over all tables.</summary>
    public static Table[] Tables(string folder, JsonElement inputs, string[] numeric, params string[] names)
    {
        string[][][] files = [.. names.Select(n => Rows(folder, inputs, n))];
        string[] header = files[0][0];
        ColumnSchema[] schema =
        [
            .. header.Select((name, j) => numeric.Contains(name)
                ? new ColumnSchema { Name = name, Kind = ColumnKind.Continuous, Decimals = 6 }
                : new ColumnSchema { Name = name, Kind = ColumnKind.Categorical, Categories = [.. files.SelectMany(f => f.Skip(1)).Select(r => r[j]).Where(v => v.Length > 0).Distinct()] }),
        ];
        return
        [
            .. files.Select(f => new Table(schema.Select<ColumnSchema, Column>((c, j) => c.IsNumeric
                ? new NumericColumn(c, [.. f.Skip(1).Select(r => r[j].Length == 0 ? double.NaN : double.Parse(r[j], CultureInfo.InvariantCulture))])
                : new DiscreteColumn(c, [.. f.Skip(1).Select(r => c.Categories.ToList().IndexOf(r[j]))])))),
        ];
    }

    private static string[][] Rows(string folder, JsonElement inputs, string name) =>
        [.. File.ReadAllLines(Path.Combine(folder, inputs.GetProperty(name).GetString()!)).Where(l => l.Length > 0).Select(l => l.Split(','))];
}

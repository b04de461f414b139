using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Tests.Splits;

/// <summary>Small made-up tables.</summary>
internal static class TestTables
{
    /// <summary>Distinct ages and an outcome that three in ten have; no patient key.</summary>
    public static Table Clinic(int rows) => new(
    [
        new NumericColumn(new ColumnSchema { Name = "age", Kind = ColumnKind.Continuous, Decimals = 1 }, [.. Enumerable.Range(0, rows).Select(i => 30 + (0.1 * i))]),
        new DiscreteColumn(
            new ColumnSchema { Name = "outcome", Kind = ColumnKind.Boolean, Role = ColumnRole.Target, Categories = ["no", "yes"] },
            [.. Enumerable.Range(0, rows).Select(i => i % 10 < 3 ? 1 : 0)]),
    ]);

    /// <summary>A patient key and an age.</summary>
    public static Table Keyed(string?[] keys, double[] ages) => new(
    [
        new TextColumn(new ColumnSchema { Name = "patient_id", Kind = ColumnKind.Text, Role = ColumnRole.PatientKey }, keys),
        new NumericColumn(new ColumnSchema { Name = "age", Kind = ColumnKind.Integer }, ages),
    ]);
}

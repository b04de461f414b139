using Lethe.Data.Tables;

namespace Lethe.Data.Tests;

/// <summary>Comparison of tables cell by cell.</summary>
public static class TableAssert
{
    /// <summary>Same names, kinds and rows; numbers equal bit for bit, missing where missing.</summary>
    public static void Equal(Table expected, Table actual)
    {
        Assert.Equal(expected.Schema.Columns.Select(c => (c.Name, c.Kind)), actual.Schema.Columns.Select(c => (c.Name, c.Kind)));
        Assert.Equal(expected.RowCount, actual.RowCount);
        for (int i = 0; i < expected.Columns.Count; i++)
        {
            for (int row = 0; row < expected.RowCount; row++)
                Assert.Equal((expected.Columns[i].Name, row, Cell(expected.Columns[i], row)), (actual.Columns[i].Name, row, Cell(actual.Columns[i], row)));
        }
    }

    private static object? Cell(Column column, int row) => column.IsMissing(row) ? null : column switch
    {
        NumericColumn n => n[row],
        DiscreteColumn d => d.Levels[d[row]],
        _ => column.Format(row),
    };
}

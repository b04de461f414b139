using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Tables;

/// <summary>
/// The real training table and one table that is compared with it (synthetic, or the real holdout), aligned. Derived forms that
/// several metrics need are made once.
/// </summary>
public sealed class TablePair
{
    private readonly Lazy<LabelledColumn[]> _labels;

    /// <summary>A pair of aligned tables (see <see cref="TableAlignment"/>).</summary>
    /// <param name="real">Real training rows.</param>
    /// <param name="other">Rows of the other table, same schema.</param>
    /// <param name="seed">Decides subsamples and folds.</param>
    public TablePair(Table real, Table other, Seed seed)
    {
        Real = real;
        Other = other;
        Seed = seed;
        _labels = new(() => [.. real.Columns.Select((c, j) => LabelledColumn.Of(c, other.Columns[j], mergeRare: true))]);
    }

    /// <summary>Real training rows.</summary>
    public Table Real { get; }

    /// <summary>Rows of the table compared with it.</summary>
    public Table Other { get; }

    /// <summary>Decides every random draw of a comparison.</summary>
    public Seed Seed { get; }

    /// <summary>All columns as labels, rare levels of categories with many levels merged; see <see cref="LabelledColumn"/>.</summary>
    public IReadOnlyList<LabelledColumn> Labels => _labels.Value;

    /// <summary>This pair, each table cut to at most <paramref name="rows"/> rows drawn by the seed.</summary>
    public TablePair Limit(int rows) => Real.RowCount <= rows && Other.RowCount <= rows
        ? this
        : new TablePair(Cut(Real, rows, Seed.Derive("real-rows")), Cut(Other, rows, Seed.Derive("other-rows")), Seed);

    /// <summary>The table cut to at most <paramref name="rows"/> rows, drawn without replacement and kept in order.</summary>
    public static Table Cut(Table table, int rows, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.RowCount <= rows)
            return table;
        int[] drawn = seed.Stream("rows").Permutation(table.RowCount)[..rows];
        Array.Sort(drawn);
        return table.Take(drawn);
    }

    /// <summary>Aligns two tables and pairs them.</summary>
    public static TablePair Of(Table real, Table other, Seed seed)
    {
        Table[] aligned = TableAlignment.Align(real, other);
        return new TablePair(aligned[0], aligned[1], seed);
    }
}

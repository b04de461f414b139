using Lethe.Data.Tables;
using Lethe.Learning.Trees;

namespace Lethe.Synthesis.Tabular.SequentialCart;

/// <summary>
/// How one column appears to the trees of later columns: levels (with missing as one more) as a factor; a number as
/// itself, its holes filled with the median, beside a factor that says whether it was there.
/// </summary>
internal sealed class FeatureLayout
{
    private FeatureLayout(int[] levels, double median) => (Levels, Median) = (levels, median);

    /// <summary>Levels of each feature of the column; 0 for the ordered one.</summary>
    public int[] Levels { get; }

    /// <summary>What stands for a missing number.</summary>
    public double Median { get; }

    public static FeatureLayout Of(Column column, double median) => column is DiscreteColumn d
        ? new FeatureLayout([d.Levels.Count + 1], 0)
        : column.MissingCount > 0 ? new FeatureLayout([0, 2], median) : new FeatureLayout([0], median);

    public static FeatureLayout FromLevels(int[] levels, double median) => new(levels, median);

    /// <summary>The features of a training column.</summary>
    public IEnumerable<TreeColumn> Features(Column column)
    {
        float[][] values = [.. Levels.Select(_ => new float[column.Count])];
        Span<float> row = stackalloc float[Levels.Length];
        for (int i = 0; i < column.Count; i++)
        {
            if (column is NumericColumn n)
                Write(row, n[i]);
            else
                Write(row, ((DiscreteColumn)column)[i]);
            for (int f = 0; f < row.Length; f++)
                values[f][i] = row[f];
        }

        return [.. values.Select((v, f) => Levels[f] == 0 ? TreeColumn.Ordered(v) : TreeColumn.Factor(Array.ConvertAll(v, x => (int)x), Levels[f]))];
    }

    /// <summary>The features of a number (NaN when missing).</summary>
    public void Write(Span<float> to, double value)
    {
        to[0] = (float)(double.IsNaN(value) ? Median : value);
        if (to.Length > 1)
            to[1] = double.IsNaN(value) ? 1 : 0;
    }

    /// <summary>The feature of a code (−1 when missing).</summary>
    public void Write(Span<float> to, int code) => to[0] = code < 0 ? Levels[0] - 1 : code;
}

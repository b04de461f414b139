using Lethe.Data.Tables;

namespace Lethe.Evaluation.Compatibility;

/// <summary>
/// Gower's distance with pooled ranges: mean over columns of |x − y|/max(1, range of both tables) for numbers and of mismatch for
/// categories, as a second evaluation library computes it. A column with a range below 1 hardly counts, and the ruler changes with every
/// compared table; the product's own is <see cref="Data.Distances.MixedDistance"/>. Missing cells are not defined there.
/// </summary>
public sealed class GowerCompatibility
{
    private readonly Table _real;
    private readonly Table _other;
    private readonly double[] _scale;

    /// <summary>Takes the ranges from both aligned tables.</summary>
    public GowerCompatibility(Table real, Table other)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        (_real, _other) = (real, other);
        _scale = [.. real.Columns.Select((c, j) => c is NumericColumn n ? 1 / Math.Max(1, Range(n, (NumericColumn)other.Columns[j])) : 1)];
    }

    /// <summary>Distance between a row of the other table and a real row.</summary>
    public double Between(int otherRow, int realRow)
    {
        double sum = 0;
        for (int j = 0; j < _scale.Length; j++)
        {
            sum += _real.Columns[j] is NumericColumn x
                ? Math.Abs(x[realRow] - ((NumericColumn)_other.Columns[j])[otherRow]) * _scale[j]
                : ((DiscreteColumn)_real.Columns[j])[realRow] == ((DiscreteColumn)_other.Columns[j])[otherRow] ? 0 : 1;
        }

        return sum / _scale.Length;
    }

    private static double Range(NumericColumn a, NumericColumn b)
    {
        double[] all = [.. a.Values.ToArray().Concat(b.Values.ToArray()).Where(v => !double.IsNaN(v))];
        return all.Length == 0 ? 0 : all.Max() - all.Min();
    }
}

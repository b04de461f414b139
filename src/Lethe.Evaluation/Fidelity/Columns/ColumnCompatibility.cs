namespace Lethe.Evaluation.Fidelity.Columns;

/// <summary>
/// Column figures as a widely used synthetic-data library computes them, faults included, so that numbers can be compared with published
/// ones. The product's own definitions are in <see cref="NumericMetrics"/> and <see cref="DiscreteMetrics"/>.
/// </summary>
public static class ColumnCompatibility
{
    /// <summary>
    /// Total variation complement with a pseudo-count of 1e−6 real cases for every level that only the other table has (missing cells
    /// dropped).
    /// </summary>
    public static double TotalVariationComplement(ReadOnlySpan<int> real, ReadOnlySpan<int> other, int levels)
    {
        double[] r = DiscreteMetrics.Counts(real, levels), s = DiscreteMetrics.Counts(other, levels);
        for (int k = 0; k < levels; k++)
        {
            if (r[k] == 0 && s[k] > 0)
                r[k] = 1e-6;
        }

        double realTotal = r.Sum(), otherTotal = s.Sum(), sum = 0;
        for (int k = 0; k < levels; k++)
            sum += Math.Abs((r[k] / realTotal) - (s[k] / otherTotal));
        return 1 - (sum / 2);
    }

    /// <summary>
    /// Boundary adherence that divides by all synthetic rows, missing ones included, when the real column has no missing value.
    /// </summary>
    public static double BoundaryAdherence(ReadOnlySpan<double> real, ReadOnlySpan<double> other)
    {
        double[] r = NumericMetrics.Present(real), s = NumericMetrics.Present(other);
        if (r.Length == 0 || other.IsEmpty)
            return double.NaN;
        int divisor = r.Length == real.Length ? other.Length : s.Length;
        return (double)s.Count(v => v >= r[0] && v <= r[^1]) / divisor;
    }
}

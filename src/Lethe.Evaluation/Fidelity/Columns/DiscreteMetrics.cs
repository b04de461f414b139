namespace Lethe.Evaluation.Fidelity.Columns;

/// <summary>
/// One discrete column, real against other, as codes into one common level list with −1 for missing. Missing cells are dropped
/// unless a figure says otherwise; NaN when either side has no value left.
/// </summary>
public static class DiscreteMetrics
{
    /// <summary>Counts per level; missing cells are counted in an extra last entry when <paramref name="withMissing"/> is set, else dropped.</summary>
    public static double[] Counts(ReadOnlySpan<int> codes, int levels, bool withMissing = false)
    {
        double[] counts = new double[levels + (withMissing ? 1 : 0)];
        foreach (int c in codes)
        {
            if (c >= 0)
                counts[c]++;
            else if (withMissing)
                counts[levels]++;
        }

        return counts;
    }

    /// <summary>Shares per level; see <see cref="Counts"/>.</summary>
    public static double[] Shares(ReadOnlySpan<int> codes, int levels, bool withMissing = false)
    {
        double[] shares = Counts(codes, levels, withMissing);
        double total = shares.Sum();
        for (int k = 0; k < shares.Length; k++)
            shares[k] /= total;
        return shares;
    }

    /// <summary>1 − ½ Σ|p − q| over the union of levels, 1 is best.</summary>
    public static double TotalVariationComplement(ReadOnlySpan<int> real, ReadOnlySpan<int> other, int levels) =>
        1 - HistogramDivergence.TotalVariation(Shares(real, levels), Shares(other, levels));

    /// <summary>Share of the real levels that occur in the other table, 1 is best.</summary>
    public static double CategoryCoverage(ReadOnlySpan<int> real, ReadOnlySpan<int> other, int levels)
    {
        double[] r = Counts(real, levels), s = Counts(other, levels);
        int occurring = r.Count(c => c > 0);
        return occurring == 0 || other.IsEmpty ? double.NaN : (double)r.Where((c, k) => c > 0 && s[k] > 0).Count() / occurring;
    }

    /// <summary>Share of the other cells whose value occurs in the real column, a missing cell counting as a value, 1 is best.</summary>
    public static double CategoryAdherence(ReadOnlySpan<int> real, ReadOnlySpan<int> other, int levels)
    {
        double[] r = Counts(real, levels, withMissing: true), s = Counts(other, levels, withMissing: true);
        return real.IsEmpty || other.IsEmpty ? double.NaN : s.Where((_, k) => r[k] > 0).Sum() / other.Length;
    }
}

using Lethe.Evaluation.Statistics;

namespace Lethe.Evaluation.Importance;

/// <summary>How alike two vectors of feature importances are. Where ranks are needed, ties go by column order.</summary>
public static class ImportanceAgreement
{
    /// <summary>Features by importance, largest first.</summary>
    public static int[] Order(ReadOnlySpan<double> importances)
    {
        double[] values = importances.ToArray();
        return [.. Enumerable.Range(0, values.Length).OrderByDescending(i => values[i])];
    }

    /// <summary>|top k of both|/k.</summary>
    public static double TopOverlap(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int k) =>
        (double)Order(a).Take(k).Intersect(Order(b).Take(k)).Count() / k;

    /// <summary>Jaccard index of the top k of both.</summary>
    public static double TopJaccard(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int k)
    {
        int shared = Order(a).Take(k).Intersect(Order(b).Take(k)).Count(), all = Order(a).Take(k).Union(Order(b).Take(k)).Count();
        return (double)shared / all;
    }

    /// <summary>
    /// Rank-biased overlap (Webber et al. 2010) in its finite normalised form (1 − p) Σ_d p^{d−1} overlap_d/d /(1 − p^k), 0–1.
    /// </summary>
    public static double RankBiasedOverlap(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double p = 0.9)
    {
        StatisticsThrow.UnlessSameLength(a.Length, b.Length);
        int[] x = Order(a), y = Order(b);
        double sum = 0;
        for (int d = 1; d <= x.Length; d++)
            sum += Math.Pow(p, d - 1) * x.Take(d).Intersect(y.Take(d)).Count() / d;
        return (1 - p) * sum / (1 - Math.Pow(p, x.Length));
    }

    /// <summary>½ Σ|a/Σ|a| − b/Σ|b||, 0–1, 0 is best; NaN when either is all zero.</summary>
    public static double NormalisedDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        StatisticsThrow.UnlessSameLength(a.Length, b.Length);
        double sumA = 0, sumB = 0, distance = 0;
        for (int i = 0; i < a.Length; i++)
            (sumA, sumB) = (sumA + Math.Abs(a[i]), sumB + Math.Abs(b[i]));
        for (int i = 0; i < a.Length; i++)
            distance += Math.Abs((a[i] / sumA) - (b[i] / sumB));
        return distance / 2;
    }

    /// <summary>⟨a, b⟩/(‖a‖‖b‖).</summary>
    public static double Cosine(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        StatisticsThrow.UnlessSameLength(a.Length, b.Length);
        double ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
            (ab, aa, bb) = (ab + (a[i] * b[i]), aa + (a[i] * a[i]), bb + (b[i] * b[i]));
        return ab / Math.Sqrt(aa * bb);
    }
}

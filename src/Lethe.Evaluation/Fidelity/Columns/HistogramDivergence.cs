namespace Lethe.Evaluation.Fidelity.Columns;

/// <summary>Divergences between two vectors of shares over the same bins or levels, each summing to 1.</summary>
public static class HistogramDivergence
{
    /// <summary>Total variation distance ½ Σ|p − q|, 0–1.</summary>
    public static double TotalVariation(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
            sum += Math.Abs(p[i] - q[i]);
        return sum / 2;
    }

    /// <summary>Jensen–Shannon divergence ½KL(p‖m) + ½KL(q‖m), m = (p + q)/2, base 2, 0–1 (Lin 1991).</summary>
    public static double JensenShannon(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            double m = (p[i] + q[i]) / 2;
            if (p[i] > 0)
                sum += p[i] * Math.Log2(p[i] / m) / 2;
            if (q[i] > 0)
                sum += q[i] * Math.Log2(q[i] / m) / 2;
        }

        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>√ of the Jensen–Shannon divergence: a metric, 0–1.</summary>
    public static double JensenShannonDistance(ReadOnlySpan<double> p, ReadOnlySpan<double> q) => Math.Sqrt(JensenShannon(p, q));

    /// <summary>Hellinger distance √(½ Σ(√p − √q)²), 0–1.</summary>
    public static double Hellinger(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            double d = Math.Sqrt(p[i]) - Math.Sqrt(q[i]);
            sum += d * d;
        }

        return Math.Sqrt(sum / 2);
    }

    /// <summary>1/(1 + Σ[p ln(p/q) − p + q]) with zero shares replaced by 1e−11, 0–1, 1 when equal.</summary>
    public static double InverseKullbackLeibler(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            double a = p[i] == 0 ? 1e-11 : p[i], b = q[i] == 0 ? 1e-11 : q[i];
            sum += (a * Math.Log(a / b)) - a + b;
        }

        return 1 / (1 + sum);
    }
}

namespace Lethe.Evaluation.Statistics;

/// <summary>
/// Inference from m synthetic tables: estimates q_i with variances u_i, mean Q̄, within Ū, between B. Reiter 2003 (partially
/// synthetic), Raab, Nowok and Dibben 2016 (one fitted model, large samples), Raghunathan, Reiter and Rubin 2003 (fully synthetic).
/// </summary>
public sealed record CombiningRules
{
    private CombiningRules(int tables, double mean, double within, double between)
    {
        Tables = tables;
        Mean = mean;
        Within = within;
        Between = between;
    }

    /// <summary>m.</summary>
    public int Tables { get; }

    /// <summary>Q̄, the combined estimate.</summary>
    public double Mean { get; }

    /// <summary>Ū, mean variance within tables.</summary>
    public double Within { get; }

    /// <summary>B, variance of the estimates between tables.</summary>
    public double Between { get; }

    /// <summary>T = Ū + B/m: all columns synthesised from properly refitted models.</summary>
    public double PartiallySynthetic => Within + (Between / Tables);

    /// <summary>T = Ū + (1 + 1/m)B, Rubin's rule for multiple imputation.</summary>
    public double Rubin => Within + ((1 + (1.0 / Tables)) * Between);

    /// <summary>T = (1 + 1/m)B − Ū: fully synthetic; may be negative, then it is not usable.</summary>
    public double FullySynthetic => ((1 + (1.0 / Tables)) * Between) - Within;

    /// <summary>Degrees of freedom of <see cref="PartiallySynthetic"/>: (m − 1)(1 + Ū/(B/m))².</summary>
    public double ReiterDegreesOfFreedom => (Tables - 1) * Math.Pow(1 + (Within / (Between / Tables)), 2);

    /// <summary>T = Ū(k + 1/m) with k = n_synthetic/n_real: synthesis from one fitted model.</summary>
    public double Raab(double sizeRatio = 1) => Within * (sizeRatio + (1.0 / Tables));

    /// <summary>Combines estimates and variances of m ≥ 2 synthetic tables.</summary>
    /// <exception cref="ArgumentException">Lengths differ or fewer than two tables.</exception>
    public static CombiningRules Of(ReadOnlySpan<double> estimates, ReadOnlySpan<double> variances)
    {
        StatisticsThrow.UnlessSameLength(estimates.Length, variances.Length);
        if (estimates.Length < 2)
            throw new ArgumentException("Combining rules need at least two synthetic tables.", nameof(estimates));
        return new CombiningRules(estimates.Length, Moments.Mean(estimates), Moments.Mean(variances), Moments.SampleVariance(estimates));
    }
}

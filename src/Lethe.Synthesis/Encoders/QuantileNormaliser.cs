using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Encoders;

/// <summary>
/// Maps a numeric column to a standard normal by its quantiles and back: u = ½[F⁻(x) + F⁺(x)] from linear interpolation
/// between reference quantiles, so that ties sit in the middle of their range, then z = Φ⁻¹(u). Immutable.
/// </summary>
public sealed class QuantileNormaliser
{
    // Beyond ±5.2 the score would only say "first" or "last"; the published transform stops here too.
    private const double Edge = 1e-7;
    private static readonly double Clip = -StandardNormal.Inverse(Edge - Math.Pow(2, -52));

    private readonly double[] _quantiles; // Q_j at p_j = j / (q − 1)

    private QuantileNormaliser(double[] quantiles) => _quantiles = quantiles;

    /// <summary>Reference quantiles, ascending.</summary>
    public ReadOnlySpan<double> Quantiles => _quantiles;

    /// <summary>Fits reference quantiles (type 7) to the observed values.</summary>
    /// <param name="values">Values; NaN is left out. At least one must be observed.</param>
    /// <param name="quantiles">q ≥ 2; null: max(min(n / 30, 1000), 10).</param>
    public static QuantileNormaliser Fit(ReadOnlySpan<double> values, int? quantiles = null)
    {
        double[] sorted = SortedValues.Of(values);
        if (sorted.Length == 0)
            throw new ArgumentException("A column without any observed value has no quantiles.", nameof(values));
        int q = quantiles ?? Math.Max(Math.Min(sorted.Length / 30, 1000), 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(q, 2, nameof(quantiles));
        double[] reference = new double[q];
        for (int j = 0; j < q; j++)
            reference[j] = SortedValues.Quantile(sorted, j / (q - 1.0));
        for (int j = 1; j < q; j++)
            reference[j] = Math.Max(reference[j], reference[j - 1]); // interpolation may dip by one rounding
        return new QuantileNormaliser(reference);
    }

    /// <summary>The normal score of <paramref name="x"/>, within ±5.2.</summary>
    public double Forward(double x)
    {
        double lowest = _quantiles[0], highest = _quantiles[^1];
        double u = x - Edge < lowest ? 0 : x + Edge > highest ? 1 : 0.5 * (FromLeft(x) + FromRight(x));
        return Math.Clamp(StandardNormal.Inverse(u), -Clip, Clip);
    }

    /// <summary>The value at normal score <paramref name="z"/>, between the extreme quantiles.</summary>
    public double Inverse(double z)
    {
        double u = StandardNormal.Cdf(z);
        u = u - Edge < 0 ? 0 : u + Edge > 1 ? 1 : u;
        return SortedValues.Quantile(_quantiles, u);
    }

    /// <summary>Writes the quantiles under a name that starts with <paramref name="prefix"/>.</summary>
    public void Save(ModelWriter writer, string prefix)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Add(prefix + ".quantiles", _quantiles);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It does not validate.</exception>
    public static QuantileNormaliser Load(ModelReader reader, string prefix)
    {
        ArgumentNullException.ThrowIfNull(reader);
        double[] quantiles = reader.FiniteDoubles(prefix + ".quantiles", -1);
        ModelReader.Require(quantiles.Length >= 2, prefix, "has fewer than two quantiles");
        for (int j = 1; j < quantiles.Length; j++)
            ModelReader.Require(quantiles[j - 1] <= quantiles[j], prefix, "has quantiles that fall");
        return new QuantileNormaliser(quantiles);
    }

    /// <summary>Interpolated share where a tie counts at the upper end of its range.</summary>
    private double FromLeft(double x)
    {
        int j = SortedValues.UpperBound(_quantiles, x) - 1;
        return Share(j < 0 ? 0 : j, x);
    }

    /// <summary>Interpolated share where a tie counts at the lower end of its range.</summary>
    private double FromRight(double x)
    {
        int j = SortedValues.LowerBound(_quantiles, x);
        if (j < _quantiles.Length && _quantiles[j] == x)
            return j / (_quantiles.Length - 1.0);
        return Share(j - 1, x);
    }

    private double Share(int j, double x)
    {
        int last = _quantiles.Length - 1;
        if (j >= last)
            return 1;
        double width = _quantiles[j + 1] - _quantiles[j];
        return (j + (width > 0 ? (x - _quantiles[j]) / width : 0)) / last;
    }
}

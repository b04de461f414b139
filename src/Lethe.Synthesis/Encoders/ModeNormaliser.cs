using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Encoders;

/// <summary>
/// Mode-specific normalisation (Xu et al. 2019, §4.2): a value becomes the mixture component it was drawn from and its
/// place within it, α = (x − m_c) / 4 s_c clipped to ±0.99. The component is drawn from the responsibilities, not the most
/// likely one. Immutable.
/// </summary>
public sealed class ModeNormaliser
{
    private const int MostModes = 10;
    private const double LeastWeight = 0.005;
    private const double Spread = 4;
    private const double Edge = 0.99;
    private const double Smoothing = 1e-6;

    // Responsibilities need only the terms that differ between components: ln ρ_k up to a constant per value.
    private readonly double[] _logWeight;
    private readonly double[] _means;
    private readonly double[] _sds;

    private ModeNormaliser(double[] logWeight, double[] means, double[] sds) => (_logWeight, _means, _sds) = (logWeight, means, sds);

    /// <summary>Number of modes kept, ≥ 1.</summary>
    public int Modes => _means.Length;

    /// <summary>Mode means m_c.</summary>
    public ReadOnlySpan<double> Means => _means;

    /// <summary>Mode standard deviations s_c.</summary>
    public ReadOnlySpan<double> StandardDeviations => _sds;

    /// <summary>Fits the mixture to the observed values, from quantile bins refined by k-means as initial labels.</summary>
    /// <param name="values">Values; NaN is left out. At least one must be observed.</param>
    /// <param name="cancellation">Checked per iteration.</param>
    public static ModeNormaliser Fit(ReadOnlySpan<double> values, CancellationToken cancellation = default)
    {
        double[] x = SortedValues.Of(values);
        if (x.Length == 0)
            throw new ArgumentException("A column without any observed value has no modes.", nameof(values));
        if (x[0] == x[^1])
            return new ModeNormaliser([0], [x[0]], [1]);
        int components = Math.Min(MostModes, Math.Max(1, x.Length / MostModes));
        return Of(BayesianMixture.Fit(x, KMeans.SortedLabels(x, components), components, cancellation: cancellation));
    }

    /// <summary>Keeps the components of a mixture whose weight exceeds 0.005.</summary>
    public static ModeNormaliser Of(BayesianMixture mixture)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        double[] weights = mixture.Weights, sds = mixture.StandardDeviations, log = mixture.LogConstants();
        int[] kept = [.. Enumerable.Range(0, weights.Length).Where(c => weights[c] > LeastWeight)];
        return new ModeNormaliser(
            [.. kept.Select(c => log[c])],
            [.. kept.Select(c => mixture.Means[c])],
            [.. kept.Select(c => sds[c])]);
    }

    /// <summary>Encodes observed values, drawing each component with a uniform from <paramref name="random"/>.</summary>
    /// <param name="values">Values without NaN.</param>
    /// <param name="random">One draw a value.</param>
    /// <param name="modes">Receives the components.</param>
    /// <param name="alphas">Receives the places within them, in [−0.99, 0.99].</param>
    public void Encode(ReadOnlySpan<double> values, RandomStream random, Span<int> modes, Span<float> alphas)
    {
        Span<double> cumulative = stackalloc double[Modes];
        for (int i = 0; i < values.Length; i++)
        {
            modes[i] = Draw(values[i], random.NextDouble(), cumulative);
            alphas[i] = (float)Place(values[i], modes[i]);
        }
    }

    /// <summary>The component of <paramref name="x"/> at the uniform <paramref name="u"/>.</summary>
    /// <param name="x">An observed value.</param>
    /// <param name="u">In [0, 1).</param>
    /// <param name="scratch">As long as there are modes.</param>
    internal int Draw(double x, double u, Span<double> scratch)
    {
        double largest = double.NegativeInfinity, sum = 0;
        for (int c = 0; c < _means.Length; c++)
        {
            double z = (x - _means[c]) / _sds[c];
            scratch[c] = _logWeight[c] - (0.5 * z * z);
            largest = Math.Max(largest, scratch[c]);
        }

        for (int c = 0; c < _means.Length; c++)
            sum += scratch[c] = Math.Exp(scratch[c] - largest);
        double target = u * (1 + (_means.Length * Smoothing)), run = 0;
        for (int c = 0; c < _means.Length - 1; c++)
        {
            run += (scratch[c] / sum) + Smoothing;
            if (target < run)
                return c;
        }

        return _means.Length - 1;
    }

    /// <summary>α of a value in a mode.</summary>
    internal double Place(double x, int mode) => Math.Clamp((x - _means[mode]) / (Spread * _sds[mode]), -Edge, Edge);

    /// <summary>The value at place <paramref name="alpha"/> (cut to ±1) of a mode.</summary>
    public double Decode(int mode, double alpha) => (Math.Clamp(alpha, -1, 1) * Spread * _sds[mode]) + _means[mode];

    /// <summary>Writes the modes under names that start with <paramref name="prefix"/>.</summary>
    public void Save(ModelWriter writer, string prefix)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Add(prefix + ".mode_mean", _means);
        writer.Add(prefix + ".mode_sd", _sds);
        writer.Add(prefix + ".mode_log", _logWeight);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It does not validate.</exception>
    public static ModeNormaliser Load(ModelReader reader, string prefix)
    {
        ArgumentNullException.ThrowIfNull(reader);
        double[] means = reader.FiniteDoubles(prefix + ".mode_mean", -1);
        ModelReader.Require(means.Length > 0, prefix, "has no mode");
        double[] sds = reader.FiniteDoubles(prefix + ".mode_sd", means.Length);
        ModelReader.Require(Array.TrueForAll(sds, s => s > 0), prefix, "has a mode without spread");
        return new ModeNormaliser(reader.FiniteDoubles(prefix + ".mode_log", means.Length), means, sds);
    }
}

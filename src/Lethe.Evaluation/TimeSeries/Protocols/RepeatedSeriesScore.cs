using Lethe.Evaluation.Statistics;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries.Protocols;

/// <summary>
/// A score over repeats with different seeds: mean and Student interval (mean ± t·s/√J), as the papers print it. The spread is that of the
/// evaluator on the same two sets, not that of the generator.
/// </summary>
/// <param name="Score">Which score.</param>
/// <param name="Values">One value a repeat.</param>
public sealed record RepeatedSeriesScore(Descriptor Score, IReadOnlyList<double> Values)
{
    /// <summary>Mean over the repeats.</summary>
    public double Mean => Moments.Mean([.. Values]);

    /// <summary>Standard deviation over the repeats, divisor J − 1; NaN for one repeat.</summary>
    public double Deviation => Moments.SampleDeviation([.. Values]);

    /// <summary>95 % interval of the mean; null with fewer than two repeats.</summary>
    public Interval? Interval => Values.Count < 2 ? null : RepeatedScores.StudentInterval([.. Values]);

    /// <summary>The score of a synthetic set.</summary>
    /// <param name="score">Which score.</param>
    /// <param name="real">Real sequences.</param>
    /// <param name="synthetic">Synthetic ones.</param>
    /// <param name="seed">Repeat k uses its k-th child.</param>
    /// <param name="repeats">How often; null for the protocol's number.</param>
    /// <param name="progress">Told the share done after each repeat; may be null.</param>
    /// <param name="cancellation">Checked between training steps.</param>
    public static RepeatedSeriesScore Of(
        ISeriesScore score, SeriesSet real, SeriesSet synthetic, Seed seed, int? repeats = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(score);
        double[] values = new double[repeats ?? score.Repeats];
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = score.Evaluate(real, synthetic, seed.Derive(score.Descriptor.Name, k), cancellation);
            progress?.Report((k + 1.0) / values.Length);
        }

        return new RepeatedSeriesScore(score.Descriptor, values);
    }

    /// <summary>
    /// The floor: the same score of real against real, on two random halves of one set, drawn anew in every repeat. What a generator that
    /// knows the distribution would reach on sets of half the size.
    /// </summary>
    public static RepeatedSeriesScore Floor(
        ISeriesScore score, SeriesSet real, Seed seed, int? repeats = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(real);
        double[] values = new double[repeats ?? score.Repeats];
        for (int k = 0; k < values.Length; k++)
        {
            Seed own = seed.Derive(score.Descriptor.Name + "-floor", k);
            int[] order = own.Stream("halves").Permutation(real.Count);
            int half = order.Length / 2;
            values[k] = score.Evaluate(real.Take(order.AsSpan(0, half)), real.Take(order.AsSpan(half, half)), own, cancellation);
            progress?.Report((k + 1.0) / values.Length);
        }

        return new RepeatedSeriesScore(score.Descriptor, values);
    }
}

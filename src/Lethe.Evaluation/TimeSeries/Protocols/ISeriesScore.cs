using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries.Protocols;

/// <summary>A figure of the time-series benchmarks that compares two sets of sequences. Smaller is better for all of them.</summary>
public interface ISeriesScore
{
    /// <summary>How the score announces itself; the title names the variant, for each exists in several incompatible ones.</summary>
    Descriptor Descriptor { get; }

    /// <summary>How often the protocol repeats the whole procedure.</summary>
    int Repeats { get; }

    /// <summary>One run of the procedure.</summary>
    /// <param name="real">Real sequences on the common scale.</param>
    /// <param name="synthetic">Sequences to judge, of the same shape and scale.</param>
    /// <param name="seed">Decides every draw; the result does not depend on the number of threads.</param>
    /// <param name="cancellation">Checked between training steps.</param>
    double Evaluate(SeriesSet real, SeriesSet synthetic, Seed seed, CancellationToken cancellation = default);
}

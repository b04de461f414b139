using System.Diagnostics.CodeAnalysis;

namespace Lethe.Evaluation.TimeSeries;

/// <summary>What can be wrong with sets of sequences that are to be compared.</summary>
internal static class TimeSeriesThrow
{
    public static void UnlessComparable(SeriesSet real, SeriesSet other, int least = 2)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        if (real.Steps != other.Steps || real.Features != other.Features)
            Shapes(real, other);
        if (real.Count < least || other.Count < least)
            TooFew(real, other, least);
    }

    public static void UnlessFull(SeriesSet real, SeriesSet other)
    {
        if (!real.IsFull || !other.IsFull)
            Ragged();
    }

    [DoesNotReturn]
    private static void Ragged() => throw new ArgumentException(
        "This figure is defined for sequences that all have every step; some end earlier. Cut windows of one length, or use the clinical figures, which know gaps and lengths.");

    [DoesNotReturn]
    private static void Shapes(SeriesSet real, SeriesSet other) => throw new ArgumentException(
        $"The sets differ in shape: {real.Steps} steps × {real.Features} features and {other.Steps} × {other.Features}. Lay both on the same grid.", nameof(other));

    [DoesNotReturn]
    private static void TooFew(SeriesSet real, SeriesSet other, int least) => throw new ArgumentException(
        $"The comparison needs at least {least} sequences a side; there are {real.Count} and {other.Count}.", nameof(other));
}

using Lethe.Synthesis.Series.Encoding;

namespace Lethe.Synthesis.Series.Rcgan;

/// <summary>Stays kept out of training to choose the best step.</summary>
/// <param name="Data">Encoded.</param>
/// <param name="Conditions">Their encoded statics, stays × width, row-major.</param>
/// <param name="Discrepancy">Compares generated stays with them.</param>
internal sealed record HeldOut(SeriesData Data, float[] Conditions, HeldOutDiscrepancy Discrepancy)
{
    // More would make a look at them slower than the training between two looks.
    private const int Most = 512;

    // Fewer stays than this all train.
    private const int FewestStays = 200;

    /// <summary>Divides the stays; the second part is null when all train.</summary>
    /// <param name="data">All encoded stays.</param>
    /// <param name="conditions">Their encoded statics.</param>
    /// <param name="share">Share to keep apart.</param>
    /// <param name="order">The stays in random order.</param>
    public static (SeriesData Data, float[] Conditions, HeldOut? HeldOut) Divide(SeriesData data, float[] conditions, double share, int[] order)
    {
        int apart = Math.Min(Most, (int)(share * data.Count)), width = conditions.Length / data.Count;
        if (data.Count < FewestStays || apart < 2)
            return (data, conditions, null);
        SeriesData held = data.Take(order.AsSpan(0, apart));
        float[] signed = new float[held.Cells.Length];
        for (int i = 0; i < held.Count; i++)
            FittedRcgan.Signed(held[i][..(held.Lengths[i] * held.Width)], signed.AsSpan(i * held.Steps * held.Width)); // zero beyond the end
        return (data.Take(order.AsSpan(apart)), Rows(order.AsSpan(apart)), new HeldOut(held, Rows(order.AsSpan(0, apart)), new HeldOutDiscrepancy(signed, apart)));

        float[] Rows(ReadOnlySpan<int> stays)
        {
            float[] rows = new float[stays.Length * width];
            for (int i = 0; i < stays.Length; i++)
                conditions.AsSpan(stays[i] * width, width).CopyTo(rows.AsSpan(i * width));
            return rows;
        }
    }
}

using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Evaluation.TimeSeries.Networks;

/// <summary>Brings sequences onto a tape.</summary>
internal static class SequenceBatch
{
    /// <summary>Steps <paramref name="from"/> … <paramref name="to"/> − 1 and the first <paramref name="features"/> features, starting at <paramref name="firstFeature"/>, of some sequences.</summary>
    public static Tensor Of(Tape tape, SeriesSet set, ReadOnlySpan<int> rows, int from, int to, int firstFeature, int features)
    {
        Tensor batch = tape.Input(new Shape(rows.Length, to - from, features));
        Span<float> target = batch.Values;
        int at = 0;
        foreach (int row in rows)
        {
            for (int t = from; t < to; t++, at += features)
                set.Values.Slice(set.At(row, t, firstFeature), features).CopyTo(target[at..]);
        }

        return batch;
    }

    /// <summary>Whole sequences.</summary>
    public static Tensor Of(Tape tape, SeriesSet set, ReadOnlySpan<int> rows) => Of(tape, set, rows, 0, set.Steps, 0, set.Features);

    /// <summary>The first entries of a fresh partial shuffle: a draw of <paramref name="count"/> without replacement.</summary>
    /// <param name="order">Positions 0 … n − 1 in any order; stays a permutation.</param>
    /// <param name="count">How many; fewer are given when there are fewer.</param>
    /// <param name="stream">Source of the draw.</param>
    public static ReadOnlySpan<int> Draw(int[] order, int count, RandomStream stream)
    {
        count = Math.Min(count, order.Length);
        for (int i = 0; i < count; i++)
        {
            int j = i + stream.NextInt(order.Length - i);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order.AsSpan(0, count);
    }
}

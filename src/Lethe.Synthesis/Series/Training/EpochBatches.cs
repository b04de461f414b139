using Lethe.Numerics.Randomness;

namespace Lethe.Synthesis.Series.Training;

/// <summary>
/// Shuffled passes over the training stays in batches of one size; what is left of a pass joins no batch. Which stays a step sees
/// follows from its number alone, so a resumed training needs no state. Fewer stays than a batch are drawn again within it.
/// </summary>
internal sealed class EpochBatches
{
    private readonly Seed _seed;
    private readonly int _stays;
    private int[] _order = [];
    private long _epoch = -1;

    /// <summary>Batches of a training set.</summary>
    /// <param name="stays">Training stays, above 0.</param>
    /// <param name="size">Stays per batch, above 0.</param>
    /// <param name="seed">Of the shuffling.</param>
    public EpochBatches(int stays, int size, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stays);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        (_stays, Size, _seed) = (stays, size, seed);
    }

    /// <summary>Stays per batch.</summary>
    public int Size { get; }

    /// <summary>Batches of a pass.</summary>
    public int PerEpoch => Math.Max(1, _stays / Size);

    /// <summary>Positions of the stays of a step.</summary>
    public void Fill(long step, Span<int> batch)
    {
        long epoch = step / PerEpoch;
        if (epoch != _epoch)
            (_epoch, _order) = (epoch, _seed.Derive("epoch", epoch).Stream("order").Permutation(_stays));
        int first = (int)(step % PerEpoch) * Size;
        for (int i = 0; i < Size; i++)
            batch[i] = _order[(first + i) % _stays];
    }
}

namespace Lethe.Synthesis.Series.DiffusionTs;

/// <summary>Cells that a guided draw must keep.</summary>
/// <param name="Values">In [−1, 1]; 0 where not known. Stays × T × F.</param>
/// <param name="Known">1 where known, else 0; same layout.</param>
internal sealed record KnownCells(ReadOnlyMemory<float> Values, ReadOnlyMemory<float> Known)
{
    /// <summary>The cells of some stays.</summary>
    public KnownCells Slice(int start, int length) => new(Values.Slice(start, length), Known.Slice(start, length));
}

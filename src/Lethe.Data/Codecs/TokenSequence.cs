namespace Lethe.Data.Codecs;

/// <summary>
/// Stays as visits of tokens: a visit is one time bin with at least one reading, its tokens say which channel fell into
/// which value bin. Visits of stay i are StayOffsets[i] … StayOffsets[i + 1] − 1; tokens of visit v are
/// VisitOffsets[v] … VisitOffsets[v + 1] − 1, ascending.
/// </summary>
public sealed class TokenSequence
{
    internal TokenSequence(int[] stayOffsets, int[] visitOffsets, int[] tokens, int[] gapSteps)
    {
        StayOffsets = stayOffsets;
        VisitOffsets = visitOffsets;
        Tokens = tokens;
        GapSteps = gapSteps;
    }

    /// <summary>First visit of each stay; one entry more than stays.</summary>
    public int[] StayOffsets { get; }

    /// <summary>First token of each visit; one entry more than visits.</summary>
    public int[] VisitOffsets { get; }

    /// <summary>Token identifiers, 0 … <see cref="TokenCodec.TokenCount"/> − 1.</summary>
    public int[] Tokens { get; }

    /// <summary>Bins since the stay's previous visit; for the first visit, bins since the anchor's. Positive except for the first.</summary>
    public int[] GapSteps { get; }
}

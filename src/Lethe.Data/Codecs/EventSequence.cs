namespace Lethe.Data.Codecs;

/// <summary>
/// Stays as sequences of rows at the times when anything was observed: time gap, value and mask per channel, ragged
/// (rows of stay i are Offsets[i] … Offsets[i + 1] − 1).
/// </summary>
public sealed class EventSequence
{
    internal EventSequence(int channels, int[] offsets, float[] gapHours, float[] values, byte[] mask)
    {
        Channels = channels;
        Offsets = offsets;
        GapHours = gapHours;
        Values = values;
        Mask = mask;
    }

    /// <summary>Number of channels F.</summary>
    public int Channels { get; }

    /// <summary>First row of each stay; one entry more than stays.</summary>
    public int[] Offsets { get; }

    /// <summary>Hours since the stay's previous row; for the first row, hours since the anchor. Positive except for the first.</summary>
    public float[] GapHours { get; }

    /// <summary>Readings [row, F]; 0 where the mask is 0.</summary>
    public float[] Values { get; }

    /// <summary>1 where a reading was observed [row, F].</summary>
    public byte[] Mask { get; }

    /// <summary>Number of rows of a stay.</summary>
    public int Length(int stay) => Offsets[stay + 1] - Offsets[stay];
}

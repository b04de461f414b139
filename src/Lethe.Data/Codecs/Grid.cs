namespace Lethe.Data.Codecs;

/// <summary>
/// A cohort on a regular grid: value, mask and time gap per stay, step and channel, row-major [stay, step, channel].
/// A view for models that want one; <see cref="GridCodec"/> keeps the way back.
/// </summary>
public sealed class Grid
{
    /// <summary>Makes a grid from its parts (not copied), each of length stays × steps × channels.</summary>
    /// <exception cref="ArgumentException">A part has another length.</exception>
    public Grid(int stays, int steps, int channels, float[] values, byte[] mask, float[] gapHours, int[] lengths)
    {
        long cells = (long)stays * steps * channels;
        if (values.LongLength != cells || mask.LongLength != cells || gapHours.LongLength != cells || lengths.Length != stays)
            throw new ArgumentException($"A grid of {stays} × {steps} × {channels} has {cells} cells and {stays} lengths; the parts have {values.LongLength}, {mask.LongLength}, {gapHours.LongLength} and {lengths.Length}.");
        Stays = stays;
        Steps = steps;
        Channels = channels;
        Values = values;
        Mask = mask;
        GapHours = gapHours;
        Lengths = lengths;
    }

    /// <summary>Number of stays N.</summary>
    public int Stays { get; }

    /// <summary>Number of steps T.</summary>
    public int Steps { get; }

    /// <summary>Number of channels F.</summary>
    public int Channels { get; }

    /// <summary>Readings [N, T, F] in the channels' units; imputed where the mask is 0, NaN beyond the stay's length or without imputation.</summary>
    public float[] Values { get; }

    /// <summary>1 where a reading was observed, else 0 [N, T, F].</summary>
    public byte[] Mask { get; }

    /// <summary>
    /// Hours δ from the bin of the channel's previous observation (or from the grid's start) to this bin [N, T, F]:
    /// δ₀ = 0, δ_t = width when step t − 1 was observed, else δ_{t−1} + width (Che et al. 2018).
    /// </summary>
    public float[] GapHours { get; }

    /// <summary>Steps that belong to each stay, 0 … T; later steps are padding.</summary>
    public int[] Lengths { get; }

    /// <summary>Position of a cell in the arrays.</summary>
    public int At(int stay, int step, int channel) => (((stay * Steps) + step) * Channels) + channel;
}

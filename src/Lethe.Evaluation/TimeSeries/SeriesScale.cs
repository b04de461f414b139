namespace Lethe.Evaluation.TimeSeries;

/// <summary>
/// Min–max scale of each feature, learnt from the observed cells of one set and applied to others:
/// (x − min)/(max − min + 1e-7), as in the code of TimeGAN (Yoon, Jarrett and van der Schaar, NeurIPS 2019). Immutable.
/// </summary>
public sealed class SeriesScale
{
    private const double Guard = 1e-7;
    private readonly double[] _minimum;
    private readonly double[] _range;

    private SeriesScale(double[] minimum, double[] range) => (_minimum, _range) = (minimum, range);

    /// <summary>Smallest observed value of each feature; 0 for a feature never observed.</summary>
    public ReadOnlySpan<double> Minimum => _minimum;

    /// <summary>Largest minus smallest observed value of each feature.</summary>
    public ReadOnlySpan<double> Range => _range;

    /// <summary>Learns the range of each feature.</summary>
    public static SeriesScale Fit(SeriesSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        int f = set.Features;
        double[] low = new double[f], high = new double[f];
        Array.Fill(low, double.PositiveInfinity);
        Array.Fill(high, double.NegativeInfinity);
        for (int i = 0; i < set.Values.Length; i++)
        {
            if (set.Mask[i] == 0)
                continue;
            low[i % f] = Math.Min(low[i % f], set.Values[i]);
            high[i % f] = Math.Max(high[i % f], set.Values[i]);
        }

        for (int c = 0; c < f; c++)
            (low[c], high[c]) = high[c] < low[c] ? (0, 0) : (low[c], high[c] - low[c]);
        return new SeriesScale(low, high);
    }

    /// <summary>The scaled set; padding beyond a sequence's length stays 0. Values outside the learnt range leave [0, 1].</summary>
    /// <exception cref="ArgumentException">The set has another number of features.</exception>
    public SeriesSet Apply(SeriesSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Features != _range.Length)
            throw new ArgumentException($"The scale was learnt for {_range.Length} features; the set has {set.Features}.", nameof(set));
        float[] scaled = new float[set.Values.Length];
        int width = set.Steps * set.Features;
        for (int i = 0; i < scaled.Length; i++)
        {
            int c = i % set.Features;
            if (i % width / set.Features < set.Lengths[i / width])
                scaled[i] = (float)((set.Values[i] - _minimum[c]) / (_range[c] + Guard));
        }

        return new SeriesSet(scaled, set.Mask.ToArray(), set.Lengths.ToArray(), set.Steps, set.Names);
    }
}

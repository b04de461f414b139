using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Series.Encoding;

/// <summary>
/// Brings what a trained network gives to the training distribution, channel by channel: values through the quantiles of a pilot
/// sample of the same network to those of the training readings, probabilities of observation by one shift of their log-odds that gives the
/// training rate. Order between stays and along time is kept. For networks whose latent prior and posterior do not quite meet. Immutable.
/// </summary>
internal sealed class PilotCalibration
{
    private const int Knots = 101;
    private const float Least = 1e-4f;

    // C × Knots each, rising; and C.
    private readonly double[] _from, _to, _shifts;
    private readonly int[] _channels;

    private PilotCalibration(int[] channels, double[] from, double[] to, double[] shifts) => (_channels, _from, _to, _shifts) = (channels, from, to, shifts);

    /// <summary>Learns the maps.</summary>
    /// <param name="encoder">Knows the columns; it has masks.</param>
    /// <param name="train">Training cells.</param>
    /// <param name="pilot">Sampled cells of the same layout; masks are probabilities.</param>
    public static PilotCalibration Fit(SeriesEncoder encoder, SeriesData train, SeriesData pilot)
    {
        int[] channels = encoder.NumericChannels;
        double[] from = new double[channels.Length * Knots], to = new double[from.Length];
        for (int c = 0; c < channels.Length; c++)
        {
            int value = encoder.ValueOf(channels[c]).First, mask = encoder.ValueWidth + channels[c];
            Quantiles(pilot, value, mask).CopyTo(from.AsSpan(c * Knots));
            Quantiles(train, value, mask).CopyTo(to.AsSpan(c * Knots));
        }

        double[] shifts = new double[encoder.MaskWidth];
        for (int c = 0; c < shifts.Length; c++)
            shifts[c] = Shift(train.Column(encoder.ValueWidth + c), pilot.Column(encoder.ValueWidth + c));
        return new PilotCalibration(channels, from, to, shifts);
    }

    /// <summary>Maps cells in place.</summary>
    public void Apply(SeriesEncoder encoder, SeriesData data)
    {
        for (int at = 0; at < data.Cells.Length; at += data.Width)
        {
            Span<float> step = data.Cells.AsSpan(at, data.Width);
            for (int c = 0; c < _channels.Length; c++)
            {
                ref float value = ref step[encoder.ValueOf(_channels[c]).First];
                value = (float)Map(_from.AsSpan(c * Knots, Knots), _to.AsSpan(c * Knots, Knots), value);
            }

            for (int c = 0; c < _shifts.Length; c++)
                step[encoder.ValueWidth + c] = (float)Shifted(step[encoder.ValueWidth + c], _shifts[c]);
        }
    }

    public void Save(ModelWriter writer)
    {
        writer.Add("pilot_from", _from);
        writer.Add("pilot_to", _to);
        writer.Add("pilot_shifts", _shifts);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It does not validate.</exception>
    public static PilotCalibration Load(ModelReader reader, SeriesEncoder encoder)
    {
        int[] channels = encoder.NumericChannels;
        return new PilotCalibration(channels, Rising("pilot_from"), Rising("pilot_to"), reader.FiniteDoubles("pilot_shifts", encoder.MaskWidth));

        double[] Rising(string name)
        {
            double[] knots = reader.FiniteDoubles(name, channels.Length * Knots);
            for (int k = 1; k < knots.Length; k++)
                ModelReader.Require(k % Knots == 0 || knots[k] >= knots[k - 1], name, "has knots that fall");
            return knots;
        }
    }

    /// <summary>Quantiles of a column's values, each weighed by its mask: 0 or 1, or the probability of being read.</summary>
    private static double[] Quantiles(SeriesData data, int value, int mask)
    {
        float[] values = data.Column(value), weights = data.Column(mask);
        Array.Sort(values, weights);
        double total = 0, below = 0;
        foreach (float w in weights)
            total += w;
        double[] quantiles = new double[Knots];
        for (int k = 0, at = 0; k < Knots; k++)
        {
            double wanted = total * k / (Knots - 1);
            while (at < values.Length - 1 && (weights[at] == 0 || below + weights[at] < wanted))
                below += weights[at++];
            quantiles[k] = values.Length == 0 ? 0 : values[at];
        }

        return quantiles;
    }

    /// <summary>Straight lines between knots; a run of equal knots stands for the middle of its images.</summary>
    private static double Map(ReadOnlySpan<double> from, ReadOnlySpan<double> to, double x)
    {
        if (x < from[0])
            return to[0];
        if (x > from[^1])
            return to[^1];
        int first = from.BinarySearch(x);
        if (first < 0)
        {
            int above = ~first;
            return to[above - 1] + ((to[above] - to[above - 1]) * (x - from[above - 1]) / (from[above] - from[above - 1]));
        }

        int last = first;
        while (first > 0 && from[first - 1] == x)
            first--;
        while (last + 1 < from.Length && from[last + 1] == x)
            last++;
        return (to[first] + to[last]) / 2;
    }

    private static double Shifted(float probability, double shift)
    {
        double p = Math.Clamp(probability, Least, 1 - Least);
        return 1 / (1 + ((1 - p) / p * Math.Exp(-shift)));
    }

    /// <summary>The shift at which the mean probability is the training rate; bisection, as the mean rises with it.</summary>
    private static double Shift(float[] observed, float[] probabilities)
    {
        double rate = observed.Length == 0 ? 0 : observed.Average(o => (double)o), low = -10, high = 10;
        for (int i = 0; i < 40 && probabilities.Length > 0; i++)
        {
            double middle = (low + high) / 2, sum = 0;
            foreach (float p in probabilities)
                sum += Shifted(p, middle);
            (low, high) = sum / probabilities.Length < rate ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}

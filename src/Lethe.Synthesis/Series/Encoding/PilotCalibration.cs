using System.Globalization;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Series.Encoding;

/// <summary>
/// Brings what a trained network gives to the training distribution, channel by channel: values through the quantiles of a pilot
/// sample of the same network to those of the training readings, probabilities of observation by one shift of their log-odds that gives the
/// training rate. Order between stays and along time is kept. For networks whose latent prior and posterior do not quite meet. Immutable.
/// </summary>
internal sealed class PilotCalibration
{
    private const float LeastProbability = 1e-4f;
    private const double LargestShift = 10;

    private readonly QuantileMap?[] _values; // by channel; null: as generated
    private readonly double[] _shifts;

    private PilotCalibration(QuantileMap?[] values, double[] shifts) => (_values, _shifts) = (values, shifts);

    /// <summary>Learns the maps.</summary>
    /// <param name="encoder">Knows the columns; it has masks.</param>
    /// <param name="train">Training cells.</param>
    /// <param name="pilot">Sampled cells of the same layout; masks are probabilities.</param>
    /// <param name="stream">Draws which pilot cells are observed.</param>
    public static PilotCalibration Fit(SeriesEncoder encoder, SeriesData train, SeriesData pilot, RandomStream stream)
    {
        double[] shifts = new double[encoder.MaskWidth];
        for (int c = 0; c < shifts.Length; c++)
            shifts[c] = ShiftTo(train.Column(encoder.ValueWidth + c), pilot.Column(encoder.ValueWidth + c));
        QuantileMap?[] values = new QuantileMap?[shifts.Length];
        foreach (int c in encoder.NumericChannels)
        {
            double[] from = Observed(encoder, pilot, c, p => stream.NextDouble() < Shifted(p, shifts[c])), to = Observed(encoder, train, c, mask => mask != 0);
            values[c] = from.Length == 0 || to.Length == 0 ? null : QuantileMap.Fit(from, to);
        }

        return new PilotCalibration(values, shifts);
    }

    /// <summary>Maps cells in place.</summary>
    public void Apply(SeriesEncoder encoder, SeriesData data)
    {
        for (int at = 0; at < data.Cells.Length; at += data.Width)
        {
            Span<float> step = data.Cells.AsSpan(at, data.Width);
            for (int c = 0; c < _shifts.Length; c++)
            {
                ref float value = ref step[encoder.ValueOf(c).First], mask = ref step[encoder.ValueWidth + c];
                value = (float)(_values[c]?.Follow(value) ?? value);
                mask = (float)Shifted(mask, _shifts[c]);
            }
        }
    }

    public void Save(ModelWriter writer)
    {
        writer.Add("pilot.shifts", _shifts);
        writer.Add("pilot.mapped", [.. _values.Select(v => v is null ? 0 : 1)], _values.Length);
        for (int c = 0; c < _values.Length; c++)
            _values[c]?.Save(writer, Name(c));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It does not validate.</exception>
    public static PilotCalibration Load(ModelReader reader, SeriesEncoder encoder)
    {
        int[] mapped = reader.IntsWithin("pilot.mapped", 0, 1, encoder.MaskWidth);
        return new PilotCalibration([.. mapped.Select((m, c) => m == 0 ? null : QuantileMap.Load(reader, Name(c)))], reader.FiniteDoubles("pilot.shifts", encoder.MaskWidth));
    }

    private static string Name(int channel) => string.Create(CultureInfo.InvariantCulture, $"pilot.map.{channel}");

    private static double[] Observed(SeriesEncoder encoder, SeriesData data, int channel, Func<float, bool> observed)
    {
        float[] values = data.Column(encoder.ValueOf(channel).First), masks = data.Column(encoder.ValueWidth + channel);
        return [.. values.Zip(masks).Where(cell => observed(cell.Second)).Select(cell => (double)cell.First)];
    }

    private static double Shifted(float probability, double shift)
    {
        double p = Math.Clamp(probability, LeastProbability, 1 - LeastProbability);
        return 1 / (1 + ((1 - p) / p * Math.Exp(-shift)));
    }

    /// <summary>The shift at which the mean probability is the training rate; by bisection, as the mean rises with it.</summary>
    private static double ShiftTo(float[] observed, float[] probabilities)
    {
        if (observed.Length == 0 || probabilities.Length == 0)
            return 0;
        double rate = observed.Average(o => (double)o), low = -LargestShift, high = LargestShift;
        for (int i = 0; i < 40; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = probabilities.Average(p => Shifted(p, middle)) < rate ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}

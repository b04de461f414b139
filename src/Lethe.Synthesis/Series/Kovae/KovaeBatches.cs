using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.Kovae;

/// <summary>
/// Lays encoded stays out as <see cref="KovaeBatch"/>. Where cells are missing, observed values of a channel count one over its rate of
/// observation, so that the squared error estimates that of complete series, to which w_kl belongs: else a laboratory value of every
/// twelfth hour would not be worth its latent numbers beside a vital sign of every hour.
/// </summary>
internal sealed class KovaeBatches
{
    // A channel that is hardly ever observed would otherwise rule the loss of the few batches that have it.
    private const double LeastRate = 0.05;

    private readonly SeriesData _data;
    private readonly float[] _statics;
    private readonly int _staticWidth, _values, _masks;
    private readonly int[] _channelOfColumn;
    private readonly float[] _rootWeights;

    /// <param name="encoder">Knows the columns.</param>
    /// <param name="data">Encoded stays.</param>
    /// <param name="statics">Their encoded statics, stays × width, row-major.</param>
    /// <param name="staticWidth">Numbers of a stay, 0 for none.</param>
    public KovaeBatches(SeriesEncoder encoder, SeriesData data, float[] statics, int staticWidth)
    {
        (_data, _statics, _staticWidth, _values, _masks) = (data, statics, staticWidth, encoder.ValueWidth, encoder.MaskWidth);
        _channelOfColumn = new int[_values];
        for (int c = 0; c < encoder.Shape.Channels.Count; c++)
        {
            (int first, int count) = encoder.ValueOf(c);
            _channelOfColumn.AsSpan(first, count).Fill(c);
        }

        _rootWeights = Array.ConvertAll(RatesOf(data, _values, _masks), rate => (float)(1 / Math.Sqrt(Math.Max(rate, LeastRate))));
    }

    /// <summary>The stays at these positions.</summary>
    public KovaeBatch On(Tape tape, ReadOnlySpan<int> stays)
    {
        int steps = _data.Steps, width = _data.Width, inputs = width + _staticWidth;
        int[] lengths = new int[stays.Length];
        for (int i = 0; i < stays.Length; i++)
            lengths[i] = _data.Lengths[stays[i]];
        StepRows rows = new(stays.Length, steps, lengths);
        Tensor x = tape.Constant(new Shape(stays.Length, steps, inputs), 0), values = tape.Input(new Shape(rows.Count, _values));
        Tensor? statics = _staticWidth > 0 ? tape.Input(new Shape(stays.Length, _staticWidth)) : null;
        Tensor? masks = _masks > 0 ? tape.Input(new Shape(rows.Count, _masks)) : null, observed = _masks > 0 ? tape.Input(values.Shape) : null;
        for (int i = 0, row = 0; i < stays.Length; i++)
        {
            ReadOnlySpan<float> stay = _data[stays[i]], given = _statics.AsSpan(stays[i] * _staticWidth, _staticWidth);
            if (statics is not null)
                given.CopyTo(statics.Values[(i * _staticWidth)..]);
            for (int t = 0; t < lengths[i]; t++, row++)
            {
                ReadOnlySpan<float> step = stay.Slice(t * width, width);
                Span<float> input = x.Values.Slice(((i * steps) + t) * inputs, inputs);
                step.CopyTo(input);
                given.CopyTo(input[width..]);
                step[.._values].CopyTo(values.Values[(row * _values)..]);
                if (masks is null)
                    continue;
                step[_values..].CopyTo(masks.Values[(row * _masks)..]);
                for (int v = 0; v < _values; v++)
                    observed!.Values[(row * _values) + v] = step[_values + _channelOfColumn[v]] * _rootWeights[_channelOfColumn[v]];
            }
        }

        return new KovaeBatch(x, statics, rows, values, observed, masks);
    }

    /// <summary>Share of the valid steps at which each channel was observed.</summary>
    private static double[] RatesOf(SeriesData data, int values, int masks)
    {
        double[] rates = new double[masks];
        long steps = 0;
        for (int i = 0; i < data.Count; i++)
        {
            steps += data.Lengths[i];
            for (int t = 0; t < data.Lengths[i]; t++)
            {
                ReadOnlySpan<float> mask = data[i].Slice((t * data.Width) + values, masks);
                for (int c = 0; c < masks; c++)
                    rates[c] += mask[c];
            }
        }

        return Array.ConvertAll(rates, sum => sum / steps);
    }
}

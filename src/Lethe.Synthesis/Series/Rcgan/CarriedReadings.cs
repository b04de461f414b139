using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.Encoding;

namespace Lethe.Synthesis.Series.Rcgan;

/// <summary>
/// Lays generated stays out exactly as encoded ones: masks are drawn (Bernoulli, gradient straight through), and a value that is not
/// observed is the channel's last observed one, before the first the training mean. Without it real series are told
/// from generated ones by their exact masks and their exactly constant runs, and the two networks learn little else. Immutable.
/// </summary>
internal sealed class CarriedReadings
{
    private readonly int[] _channel; // by value column
    private readonly float[] _start; // by value column, in [−1, 1]
    private readonly int _channels;

    private CarriedReadings(SeriesEncoder encoder, float[] start)
    {
        (_channels, _start) = (encoder.MaskWidth, start);
        _channel = new int[encoder.ValueWidth];
        for (int c = 0; c < _channels; c++)
            _channel.AsSpan(encoder.ValueOf(c).First, encoder.ValueOf(c).Count).Fill(c);
    }

    /// <summary>Learns what cells hold before a channel's first reading; null when nothing is missing.</summary>
    public static CarriedReadings? Of(SeriesEncoder encoder, SeriesData data)
    {
        if (!encoder.HasMask)
            return null;
        CarriedReadings carried = new(encoder, new float[encoder.ValueWidth]);
        for (int v = 0; v < carried._start.Length; v++)
            carried._start[v] = StartOf(data, v, encoder.ValueWidth + carried._channel[v]);
        return carried;
    }

    /// <summary>Networks' outputs in [−1, 1], [B, T, values and masks] → the same layout with drawn masks (−1 or 1) and carried values.</summary>
    public Tensor Forward(Tensor raw, RandomStream bits)
    {
        Tape tape = raw.Tape!;
        int batch = raw.Shape[0], steps = raw.Shape[1], values = _channel.Length;
        Tensor masks = ((raw.SliceColumns(values, _channels) + 1) * 0.5f).HardBernoulli(bits);
        Tensor start = tape.Constant(new Shape(batch, steps, values), 0);
        int[] from = new int[batch * steps * values]; // the cell that each value is carried from
        ReadOnlySpan<float> observed = masks.Values;
        for (int i = 0; i < batch; i++)
        {
            for (int t = 0; t < steps; t++)
            {
                for (int v = 0; v < values; v++)
                {
                    int step = (i * steps) + t, at = (step * values) + v;
                    from[at] = observed[(step * _channels) + _channel[v]] != 0 ? at : t == 0 ? -1 : from[at - values];
                    if (from[at] < 0)
                        start.Values[at] = _start[v];
                }
            }
        }

        Tensor cells = raw.SliceColumns(0, values).Reshape(new Shape(from.Length, 1));
        Tensor carried = tape.Embedding(cells, from, new Shape(from.Length)).Reshape(start.Shape) + start;
        return carried.ConcatColumns((masks * 2) - 1);
    }

    private static float StartOf(SeriesData data, int value, int mask)
    {
        for (int i = 0; i < data.Count; i++)
        {
            if (data[i][mask] == 0)
                return (2 * data[i][value]) - 1;
        }

        return 0; // observed at the first step of every stay
    }
}

using System.Numerics.Tensors;
using Lethe.Numerics.Randomness;

namespace Lethe.Synthesis.Series.Halo;

/// <summary>
/// The code level for sampling: draws the groups of a row one after the other. A drawn code changes M₁u by one column, so the
/// pre-activations are kept and updated: a row costs one product with M₁'s history columns, a column a group, and M₂ once. Thread-safe.
/// </summary>
internal sealed class CodeLevel
{
    private readonly int _width, _hidden;
    private readonly CodeGroup[] _groups;
    private readonly float[] _m1, _b1, _m2, _b2, _u, _first;
    private readonly float[] _columns; // M₁'s code columns as rows: [V, d + V]
    private readonly float[][] _transitions;
    private readonly int[] _readings; // first reading of each group; its width where it has none or is static
    private readonly int _staticWidth;
    private readonly int[] _panelOf, _panelRow, _panelWidth;

    public CodeLevel(HaloNetwork network, HaloCodec codec)
    {
        (_width, _hidden, _groups) = (network.Width, network.Hidden, codec.Groups);
        (_m1, _b1, _m2, _b2) = (network.M1.Values.ToArray(), network.B1.Values.ToArray(), network.M2.Values.ToArray(), network.B2.Values.ToArray());
        (_u, _first, _staticWidth) = (network.U.Values.ToArray(), network.First.Values.ToArray(), network.StaticWidth);
        _readings = [.. codec.Groups.Select((group, g) => g <= codec.GapGroup ? group.Width : codec.FirstReading(g))];
        _transitions = [.. network.Transitions.Select(t => t.Values.ToArray())];
        _panelRow = [.. network.TransitionRows];
        _panelWidth = [.. network.Transitions.Select(t => t.Shape[0])];
        _panelOf = [.. codec.Groups.Select(g => Array.FindLastIndex(_panelRow, row => row <= g.First))];
        _columns = new float[codec.Width * _hidden];
        for (int j = 0; j < _hidden; j++)
        {
            for (int k = 0; k < codec.Width; k++)
                _columns[(k * _hidden) + j] = _m1[(j * _hidden) + _width + k];
        }
    }

    /// <summary>Draws a row.</summary>
    /// <param name="history">h_{t−1}, d numbers.</param>
    /// <param name="known">The patient's statics and the last reading of every channel, V numbers.</param>
    /// <param name="visit">False for the first row: statics and end. True: gap, channels and end.</param>
    /// <param name="firstVisitGroup">The group that visits begin with.</param>
    /// <param name="codes">Gets the position of the drawn code within each group, −1 where the group is no part of the row.</param>
    /// <param name="stream">Of this stay.</param>
    public void Draw(ReadOnlySpan<float> history, ReadOnlySpan<float> known, bool visit, int firstVisitGroup, Span<int> codes, RandomStream stream)
    {
        float[] before = new float[_hidden], active = new float[_hidden]; // M₁u + b₁, ReLU of it
        float[] logits = new float[_groups.Max(g => g.Width)];
        double[] weights = new double[logits.Length];
        for (int j = 0; j < _hidden; j++)
            before[j] = _b1[j] + TensorPrimitives.Dot(history, _m1.AsSpan(j * _hidden, _width));
        TensorPrimitives.Max(before.AsSpan(0, _width), 0f, active.AsSpan(0, _width));
        Span<int> shown = stackalloc int[_groups.Length]; // codes of the row so far, the patient's statics among them
        int count = 0;
        for (int g = 0; g < _groups.Length; g++)
        {
            CodeGroup group = _groups[g];
            int at = _width + group.First;
            bool part = g == _groups.Length - 1 || (g >= firstVisitGroup) == visit;
            codes[g] = part ? DrawCode(g, active.AsSpan(0, at), known.Slice(group.First, group.Width), shown[..count], logits.AsSpan(0, group.Width), weights.AsSpan(0, group.Width), stream) : -1;
            int code = part ? codes[g] : g < firstVisitGroup ? known.Slice(group.First, group.Width).IndexOf(1f) : -1;
            if (code >= 0)
            {
                shown[count++] = group.First + code;
                TensorPrimitives.Add(before.AsSpan(at), _columns.AsSpan(((group.First + code) * _hidden) + at, _hidden - at), before.AsSpan(at));
            }

            TensorPrimitives.Max(before.AsSpan(at, group.Width), 0f, active.AsSpan(at, group.Width));
        }
    }

    private int DrawCode(int g, ReadOnlySpan<float> active, ReadOnlySpan<float> known, ReadOnlySpan<int> shown, Span<float> logits, Span<double> weights, RandomStream stream)
    {
        CodeGroup group = _groups[g];
        int panel = _panelOf[g], origin = group.First - _panelRow[panel], last = known.IndexOf(1f);
        for (int k = 0; k < group.Width; k++)
        {
            logits[k] = _b2[group.First + k] + TensorPrimitives.Dot(active, _m2.AsSpan((group.First + k) * _hidden, active.Length));
            if (last >= 0)
                logits[k] += _transitions[panel][((origin + k) * _panelWidth[panel]) + origin + last];
        }

        foreach (int code in shown)
        {
            for (int k = 0; k < group.Width; k++)
                logits[k] += _u[((group.First + k) * (_hidden - _width)) + code];
            for (int k = last < 0 && code < _staticWidth ? _readings[g] : group.Width; k < group.Width; k++)
                logits[k] += _first[((group.First + k) * _staticWidth) + code];
        }

        float largest = TensorPrimitives.Max(logits);
        for (int k = 0; k < group.Width; k++)
            weights[k] = Math.Exp(logits[k] - largest);
        return stream.NextIndex(weights);
    }
}

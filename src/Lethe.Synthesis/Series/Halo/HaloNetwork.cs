using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Series.Halo;

/// <summary>
/// The two levels of HALO. Visit level: h = LN(blocks(E v + K c + position + time)), causal over rows. Code level:
/// u = [h_{t−1}, v_t], o = M₂ ReLU(M₁ u + b₁) + b₂ + U v_t + T c_{t−1} + F s with M₁, M₂ and U lower triangular in blocks of groups, so
/// that the logits of a group depend on the history and on earlier groups of the row only. c holds the patient's statics and the
/// last reading of every channel; T joins a channel's last reading to its next one, F the statics s to
/// its first one. Rows of visits hold the statics too. The paper has none of c, U and F, and statics in the first row alone: its
/// history must find all of them by attention.
/// </summary>
internal sealed class HaloNetwork : Module
{
    // GPT-2's, which HALO's blocks are.
    private const double InitialSpread = 0.02;

    private const int Panels = 4;

    private readonly HaloCodec _codec;
    private readonly Linear _rows, _known;
    private readonly PositionEmbedding _positions;
    private readonly Embedding _times;
    private readonly TransformerEncoderLayer[] _blocks;
    private readonly LayerNorm _norm;
    private readonly Dropout _dropout;
    private readonly float[] _hiddenMask, _logitMask, _directMask;
    private readonly Panel[] _hiddenPanels, _logitPanels, _directPanels;
    private readonly float[][] _sameGroup;

    public HaloNetwork(HaloCodec codec, int width, int blocks, int heads, double dropout, Seed seed)
    {
        (_codec, Width) = (codec, width);
        _rows = Register("rows", new Linear(codec.Width, width, seed.Derive("rows"), bias: false));
        _known = Register("known", new Linear(codec.Width, width, seed.Derive("known"), bias: false));
        _positions = Register("positions", new PositionEmbedding(codec.MostRows, width, seed.Derive("positions"), gaussian: true));
        _times = Register("times", new Embedding(codec.Steps + 1, width, seed.Derive("times")));
        TransformerOptions options = new() { Heads = heads, FeedForward = 4 * width, Dropout = dropout, Causal = true };
        _blocks = [.. Enumerable.Range(0, blocks).Select(b => Register($"block{b}", new TransformerEncoderLayer(width, seed.Derive("block", b), options)))];
        _norm = Register("norm", new LayerNorm(width));
        _dropout = Register("dropout", new Dropout(dropout, seed.Derive("dropout")));
        Hidden = width + codec.Width;
        M1 = Register(new Parameter("m1", new Shape(Hidden, Hidden)));
        B1 = Register(new Parameter("b1", new Shape(Hidden)));
        M2 = Register(new Parameter("m2", new Shape(codec.Width, Hidden)));
        B2 = Register(new Parameter("b2", new Shape(codec.Width)));
        U = Register(new Parameter("u", new Shape(codec.Width, codec.Width)));
        First = Register(new Parameter("first", new Shape(codec.Width, StaticWidth)));
        (_hiddenMask, _logitMask, _directMask) = Masks();
        CodeGroup[][] parts = Parts(codec.Groups);
        _hiddenPanels = [new Panel(0, width, width), .. parts.Select(p => new Panel(width + p[0].First, WidthOf(p), width + p[0].First + WidthOf(p)))];
        _logitPanels = [.. parts.Select(p => new Panel(p[0].First, WidthOf(p), width + p[^1].First))];
        _directPanels = [.. parts.Select(p => new Panel(p[0].First, WidthOf(p), p[^1].First))];
        Transitions = [.. _logitPanels.Select((p, i) => Register(new Parameter($"transitions{i}", new Shape(p.Count, p.Count))))];
        _sameGroup = [.. parts.Select(SameGroup)];
        RandomStream stream = seed.Stream("initial");
        foreach (Parameter matrix in Parameters.Where(p => p.Shape.Rank == 2))
            Fill(matrix, InitialSpread, stream);
        foreach (Parameter transition in Transitions)
            transition.Values.Clear();
        U.Values.Clear();
        First.Values.Clear();
        Fill(M1, 1 / Math.Sqrt(3.0 * width), stream);
        Fill(M2, 1 / Math.Sqrt(3.0 * Hidden), stream);
        Mask(M1, _hiddenMask);
        Mask(M2, _logitMask);
    }

    /// <summary>d.</summary>
    public int Width { get; }

    /// <summary>Codes of statics; they come first.</summary>
    public int StaticWidth => _codec.Groups[_codec.GapGroup].First;

    /// <summary>d + V.</summary>
    public int Hidden { get; }

    /// <summary>M₁ [d + V, d + V], zero where the mask is.</summary>
    public Parameter M1 { get; }

    /// <summary>b₁ [d + V].</summary>
    public Parameter B1 { get; }

    /// <summary>M₂ [V, d + V], zero where the mask is.</summary>
    public Parameter M2 { get; }

    /// <summary>b₂ [V].</summary>
    public Parameter B2 { get; }

    /// <summary>U [V, V], zero where the mask is.</summary>
    public Parameter U { get; }

    /// <summary>F [V, codes of statics]: counts for readings of channels that have none yet.</summary>
    public Parameter First { get; }

    /// <summary>T, one matrix for each run of groups: [codes, codes], zero between groups.</summary>
    public Parameter[] Transitions { get; }

    /// <summary>First code of each of the <see cref="Transitions"/>.</summary>
    public IEnumerable<int> TransitionRows => _logitPanels.Select(p => p.Row);

    /// <summary>Logits of every row given the rows before it and the row's own earlier groups: [stays, rows, V].</summary>
    /// <param name="v">The rows themselves, [stays, rows, V], zero beyond a stay's rows.</param>
    /// <param name="times">Time of each row, stays × rows.</param>
    public Tensor Forward(Tensor v, ReadOnlySpan<int> times)
    {
        int stays = v.Shape[0], rows = v.Shape[1];
        Tape tape = v.Tape!;
        Tensor before = tape.Constant(v.Shape, 0), known = tape.Constant(v.Shape, 0); // [n, r, V]: row r − 1 and what was known after it
        int[] timesBefore = new int[stays * rows];
        for (int i = 0; i < stays; i++)
        {
            timesBefore[i * rows] = -1;
            for (int r = 1; r < rows; r++)
            {
                int at = ((i * rows) + r) * _codec.Width;
                ReadOnlySpan<float> row = v.Values.Slice(at - _codec.Width, _codec.Width);
                row.CopyTo(before.Values[at..]);
                known.Values.Slice(at - _codec.Width, _codec.Width).CopyTo(known.Values[at..]);
                Remember(row, known.Values.Slice(at, _codec.Width));
                timesBefore[(i * rows) + r] = times[(i * rows) + r - 1];
            }
        }

        Tensor h = _positions.Forward(_rows.Forward(before) + _known.Forward(known) + _times.Forward(tape, timesBefore, new Shape(stays, rows)));
        h = _dropout.Forward(h);
        foreach (TransformerEncoderLayer block in _blocks)
            h = block.Forward(h);
        Tensor filled = WithStatics(v, known), u = _norm.Forward(h).ConcatColumns(filled); // [n, r, d + V]
        Tensor hidden = _dropout.Forward(Triangular(u, M1, _hiddenMask, B1, _hiddenPanels, Activation.Relu)); // [n, r, d + V]
        return Triangular(hidden, M2, _logitMask, B2, _logitPanels, Activation.None)
            + Triangular(filled, U, _directMask, null, _directPanels, Activation.None) + FromKnown(known) + FromStatics(filled, known); // [n, r, V]
    }

    // F s for readings of channels that have none yet.
    private Tensor FromStatics(Tensor filled, Tensor known)
    {
        Tape tape = known.Tape!;
        if (StaticWidth == 0)
            return tape.Constant(known.Shape, 0);
        Tensor first = tape.Constant(known.Shape, 0);
        for (int row = 0; row < known.Shape.Rows; row++)
        {
            for (int g = _codec.GapGroup + 1; g < _codec.EndGroup; g++)
            {
                int at = (row * _codec.Width) + _codec.Groups[g].First, reading = _codec.FirstReading(g), count = _codec.Groups[g].Width - reading;
                if (known.Values.Slice(at + reading, count).IndexOf(1f) < 0)
                    first.Values.Slice(at + reading, count).Fill(1);
            }
        }

        return filled.SliceColumns(0, StaticWidth).Linear(tape.Use(First)) * first;
    }

    /// <summary>Rows with the patient's statics where they have none.</summary>
    private Tensor WithStatics(Tensor v, Tensor known)
    {
        Tensor filled = v.Tape!.Input(v.Values, v.Shape);
        for (int row = 0; row < v.Shape.Rows; row++)
        {
            for (int g = 0; g < _codec.GapGroup; g++)
            {
                Span<float> codes = filled.Values.Slice((row * _codec.Width) + _codec.Groups[g].First, _codec.Groups[g].Width);
                if (codes.IndexOf(1f) < 0)
                    known.Values.Slice((row * _codec.Width) + _codec.Groups[g].First, codes.Length).CopyTo(codes);
            }
        }

        return filled;
    }

    /// <summary>Puts the statics and readings of a row in the place of what was known of their channels.</summary>
    public void Remember(ReadOnlySpan<float> row, Span<float> known)
    {
        for (int g = 0; g < _codec.Groups.Length; g++)
        {
            int first = _codec.FirstReading(g), at = _codec.Groups[g].First + first, count = _codec.Groups[g].Width - first;
            if (count > 0 && row.Slice(at, count).IndexOf(1f) >= 0)
                row.Slice(at, count).CopyTo(known.Slice(at, count));
        }
    }

    /// <summary>History after one more row, of sequences that grow together: [stays, d].</summary>
    /// <param name="row">The latest row, [stays, V]; zeros at the start.</param>
    /// <param name="known">The last reading of every channel, that row's among them, [stays, V].</param>
    /// <param name="times">Its time; −1 at the start.</param>
    /// <param name="past">One cache a block.</param>
    public Tensor Step(Tensor row, Tensor known, ReadOnlySpan<int> times, KeyValueCache[] past)
    {
        int stays = row.Shape[0];
        Tape tape = row.Tape!;
        int[] position = new int[stays];
        Array.Fill(position, past[0].Steps);
        Tensor h = _rows.Forward(row) + _known.Forward(known) + _times.Forward(tape, times, new Shape(stays)) + tape.Embedding(_positions.Weight, position, new Shape(stays));
        h = h.Reshape(new Shape(stays, 1, Width));
        for (int b = 0; b < _blocks.Length; b++)
            h = _blocks[b].Step(h, past[b]);
        return _norm.Forward(h).Reshape(new Shape(stays, Width));
    }

    /// <summary>Empty caches for <see cref="Step"/>.</summary>
    public KeyValueCache[] NewCaches(int stays) => [.. _blocks.Select(_ => new KeyValueCache(stays, _codec.MostRows, Width))];

    /// <summary>Brings weights that a file holds where the mask is zero to zero: they take no part.</summary>
    public void ApplyMasks()
    {
        Mask(M1, _hiddenMask);
        Mask(M2, _logitMask);
        Mask(U, _directMask);
        for (int p = 0; p < Transitions.Length; p++)
            Mask(Transitions[p], _sameGroup[p]);
    }

    // T c, panel by panel: a channel's last reading speaks to its own logits only.
    private Tensor FromKnown(Tensor known)
    {
        Tensor? y = null;
        for (int p = 0; p < Transitions.Length; p++)
        {
            Tensor t = known.Tape!.Use(Transitions[p]) * known.Tape.Input(_sameGroup[p], Transitions[p].Shape);
            Tensor part = known.SliceColumns(_logitPanels[p].Row, _logitPanels[p].Count).Linear(t);
            y = y?.ConcatColumns(part) ?? part;
        }

        return y!;
    }

    private static float[] SameGroup(CodeGroup[] groups)
    {
        int width = WidthOf(groups), origin = groups[0].First;
        float[] mask = new float[width * width];
        foreach (CodeGroup group in groups)
        {
            for (int k = group.First - origin; k < group.First - origin + group.Width; k++)
                mask.AsSpan((k * width) + group.First - origin, group.Width).Fill(1);
        }

        return mask;
    }

    /// <summary>Hidden units of group g see the history and groups up to g; its logits see hidden units of earlier groups and of the history.</summary>
    private (float[] Hidden, float[] Logits, float[] Direct) Masks()
    {
        float[] hidden = new float[Hidden * Hidden], logits = new float[_codec.Width * Hidden], direct = new float[_codec.Width * _codec.Width];
        for (int j = 0; j < Width; j++)
            hidden.AsSpan(j * Hidden, Width).Fill(1);
        foreach (CodeGroup group in _codec.Groups)
        {
            for (int k = group.First; k < group.First + group.Width; k++)
            {
                hidden.AsSpan((Width + k) * Hidden, Width + group.First + group.Width).Fill(1);
                logits.AsSpan(k * Hidden, Width + group.First).Fill(1);
                direct.AsSpan(k * _codec.Width, group.First).Fill(1);
            }
        }

        return (hidden, logits, direct);
    }

    /// <summary>act(x (W∘mask)ᵀ + b), computed panel by panel without the columns that are zero for all of a panel's rows.</summary>
    private static Tensor Triangular(Tensor x, Parameter weight, float[] mask, Parameter? bias, Panel[] panels, Activation activation)
    {
        Tape tape = x.Tape!;
        Tensor w = tape.Use(weight) * tape.Input(mask, weight.Shape);
        Tensor? b = bias is null ? null : tape.Use(bias);
        Tensor? y = null;
        foreach (Panel panel in panels)
        {
            Tensor part = panel.Reach == 0
                ? tape.Constant(new Shape(x.Shape[0], x.Shape[1], panel.Count), 0)
                : x.SliceColumns(0, panel.Reach).Linear(w.SliceRows(panel.Row, panel.Count).SliceColumns(0, panel.Reach), b?.SliceRows(panel.Row, panel.Count), activation);
            y = y?.ConcatColumns(part) ?? part;
        }

        return y!;
    }

    /// <summary>Groups in a few runs of about equal width: half the arithmetic of a triangle is saved with infinitely many, 3/8 with four.</summary>
    private static CodeGroup[][] Parts(CodeGroup[] groups)
    {
        int total = groups.Sum(g => g.Width);
        return [.. groups.GroupBy(g => (int)((long)g.First * Panels / total)).OrderBy(p => p.Key).Select(p => p.ToArray())];
    }

    private static int WidthOf(CodeGroup[] groups) => groups.Sum(g => g.Width);

    private static void Fill(Parameter matrix, double spread, RandomStream stream)
    {
        foreach (ref float w in matrix.Values)
            w = (float)(spread * stream.NextGaussian());
    }

    private static void Mask(Parameter matrix, float[] mask) => System.Numerics.Tensors.TensorPrimitives.Multiply(matrix.Values, mask, matrix.Values);

    /// <summary>Rows of a triangular matrix that are multiplied together.</summary>
    /// <param name="Row">First row.</param>
    /// <param name="Count">Number of rows.</param>
    /// <param name="Reach">Columns that the last of them sees.</param>
    private readonly record struct Panel(int Row, int Count, int Reach);
}

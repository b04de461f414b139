using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>
/// DoppelGANger's generator: statics A = MLP(z), additional attributes from [z′, A], the series from an LSTM that reads
/// [A, z_k] at every step and gives S rows of it, nothing of its output fed back. What a stage reads of an earlier one is
/// discretised and passes no gradient. Extended by gaps, masks (straight-through Bernoulli) and "never observed" bits.
/// </summary>
internal sealed class GhostsGenerator : Module
{
    private readonly GhostsLayout _layout;
    private readonly OutputBlock[] _staticBlocks, _featureBlocks;
    private readonly AttributeNetwork? _statics, _additional;
    private readonly Lstm _lstm;
    private readonly Linear _heads;
    private readonly int _noise;
    private readonly float[] _medians, _runningSum, _levelOfColumn;
    private readonly double _gapLargest, _gapTau, _window;

    /// <summary>Fresh networks.</summary>
    /// <param name="encoder">Layout, static blocks, medians and gap scale.</param>
    /// <param name="noise">Width of the noise.</param>
    /// <param name="attributeHidden">Width of the attribute networks.</param>
    /// <param name="lstmHidden">Width of the LSTM.</param>
    /// <param name="seed">Source of the weights.</param>
    public GhostsGenerator(GhostsEncoder encoder, int noise, int attributeHidden, int lstmHidden, Seed seed)
    {
        _layout = encoder.Layout;
        _noise = noise;
        _staticBlocks = encoder.Statics is null ? [] : Tabular.Adversarial.OutputLayout.Of(encoder.Statics);
        _featureBlocks = _layout.FeatureBlocks();
        _medians = encoder.Medians.ToArray();
        (_gapLargest, _gapTau, _window) = (encoder.Gaps.Largest, encoder.Gaps.Tau, encoder.Gaps.Window);
        if (_layout.Statics > 0)
            _statics = Register("statics", new AttributeNetwork(noise, attributeHidden, _layout.Statics, seed.Derive("statics")));
        if (_layout.Additional > 0)
            _additional = Register("additional", new AttributeNetwork(noise + _layout.Statics, attributeHidden, _layout.Additional, seed.Derive("additional")));
        // Glorot weights and a forget bias of 1, as TensorFlow 1 has them.
        _lstm = Register("lstm", new Lstm(_layout.Attributes + noise, lstmHidden, seed.Derive("lstm"), new RecurrentOptions { Initialisation = Initialisation.Glorot }, forgetBias: 1, stateBias: false));
        _heads = Register("heads", new Linear(lstmHidden, _layout.Block * _layout.Outputs, seed.Derive("heads")));
        _runningSum = new float[_layout.Steps * _layout.Steps];
        for (int l = 0; l < _layout.Steps; l++)
            _runningSum.AsSpan(l * _layout.Steps, l + 1).Fill(1);
        _levelOfColumn = LevelOfColumn(_layout);
    }

    /// <summary>Encoded statics of a batch, [B, statics]; null when there are none.</summary>
    public Tensor? Statics(Tape tape, int batch, RandomStream noise) =>
        _statics?.Forward(tape.Gaussian(new Shape(batch, _noise), noise)).ActivateBlocks(_staticBlocks);

    /// <summary>Whole stays.</summary>
    /// <param name="tape">Where to record.</param>
    /// <param name="batch">Number of stays B.</param>
    /// <param name="statics">From <see cref="Statics"/>, [B, statics].</param>
    /// <param name="noise">Source of z and of the LSTM's first state.</param>
    /// <param name="bits">Source of masks and bits.</param>
    public GhostsBatch Forward(Tape tape, int batch, Tensor? statics, RandomStream noise, RandomStream bits)
    {
        Tensor? known = statics is null ? null : Discretise(statics); // [B, statics]
        Tensor? additional = Additional(tape, batch, known, noise, bits, out Tensor? seen);
        Tensor? given = Join(known, additional?.Detach());
        int lstmSteps = _layout.Steps / _layout.Block, hidden = _lstm.Hidden;
        Tensor input = tape.Gaussian(new Shape(batch, lstmSteps, _noise), noise);
        if (given is not null)
            input = Repeat(tape, given, lstmSteps).ConcatColumns(input); // [B, T/S, A + noise]
        RecurrentState first = new(tape.Gaussian(new Shape(batch, hidden), noise), tape.Gaussian(new Shape(batch, hidden), noise));
        Tensor raw = _heads.Forward(_lstm.Forward(input, default, [first]).Sequence).ActivateBlocks(_featureBlocks);
        return Assemble(tape, raw.Reshape(new Shape(batch, _layout.Steps, _layout.Outputs)), statics, additional, seen, bits);
    }

    /// <summary>Centre, half-range and "never observed" bits; a channel never observed has the population's median and no range.</summary>
    private Tensor? Additional(Tape tape, int batch, Tensor? known, RandomStream noise, RandomStream bits, out Tensor? seen)
    {
        seen = null;
        if (_additional is null)
            return null;
        Tensor z = tape.Gaussian(new Shape(batch, _noise), noise);
        Tensor all = _additional.Forward(known is null ? z : z.ConcatColumns(known)).Sigmoid();
        if (!_layout.HasMask)
            return all;
        int c = _layout.Numbers;
        Tensor never = all.SliceColumns(2 * c, _layout.Channels).HardBernoulli(bits); // [B, F]
        seen = 1 - never;
        if (c == 0)
            return never;
        Tensor here = seen.SliceColumns(0, c);
        Tensor centre = (all.SliceColumns(0, c) * here) + (never.SliceColumns(0, c) * tape.Input(_medians, new Shape(1, c)));
        return centre.ConcatColumns(all.SliceColumns(c, c) * here).ConcatColumns(never);
    }

    /// <summary>Cuts series at their ends, hides what is not observed, adds cumulative time and lays everything out for the critic.</summary>
    private GhostsBatch Assemble(Tape tape, Tensor raw, Tensor? statics, Tensor? additional, Tensor? seen, RandomStream bits)
    {
        int batch = raw.Shape[0], steps = _layout.Steps, c = _layout.Numbers;
        (int[] lengths, Tensor alive, Tensor inBlock) = Ends(tape, raw);
        Tensor gaps = raw.SliceColumns(0, 1) * alive; // [B, T, 1]
        Tensor hours = ((gaps * (float)_gapLargest).Exp() - 1) * (float)(_gapTau / _window);
        Tensor time = hours.MapSteps(tape.Input(_runningSum, new Shape(steps, steps))) * alive;
        Tensor values = raw.SliceColumns(1, _layout.FirstMask - 1), flags = raw.SliceColumns(_layout.FirstFlag, 2) * inBlock;
        Tensor? masks = null;
        if (_layout.HasMask)
        {
            masks = raw.SliceColumns(_layout.FirstMask, _layout.Masks).HardBernoulli(bits) * (seen!.Detach().Reshape(new Shape(batch, 1, _layout.Channels)) * alive);
            values = values * ToValues(tape, masks);
        }
        else
        {
            values = values * alive;
        }

        Tensor step = gaps.ConcatColumns(values);
        if (masks is not null)
            step = step.ConcatColumns(masks);
        step = step.ConcatColumns(flags).ConcatColumns(time); // [B, T, W]
        int[] before = c == 0 ? [] : GhostsBatch.ReadingsBefore(masks, lengths, steps, c);
        if (c > 0)
            step = step.ConcatColumns(Moves(values.SliceColumns(0, c), before));
        Tensor? attributes = Join(statics, additional);
        Tensor row = step.Reshape(new Shape(batch, steps * _layout.StepWidth));
        Tensor? readings = c == 0 ? null : Readings(raw.SliceColumns(1, c), additional!, batch);
        return new GhostsBatch(attributes is null ? row : row.ConcatColumns(attributes), attributes, gaps, readings, masks, lengths, before);
    }

    /// <summary>How far each observed value lies from the channel's observed one before, stretched, [B, T, C]; 0 at the first.</summary>
    private static Tensor Moves(Tensor values, int[] before)
    {
        Tape tape = values.Tape!;
        Tensor stretch = tape.Constant(values.Shape, 0);
        for (int at = 0; at < before.Length; at++)
            stretch.Values[at] = before[at] < 0 ? 0 : GhostsEncoder.MoveScale;
        Tensor earlier = tape.Embedding(values.Reshape(new Shape(values.Length, 1)), before, new Shape(values.Length)).Reshape(values.Shape);
        return (values - earlier) * stretch;
    }

    /// <summary>centre + half-range·(2u − 1), [B, T, C].</summary>
    private Tensor Readings(Tensor u, Tensor additional, int batch)
    {
        Shape perStay = new(batch, 1, _layout.Numbers);
        Tensor centre = additional.SliceColumns(0, _layout.Numbers).Reshape(perStay), half = additional.SliceColumns(_layout.Numbers, _layout.Numbers).Reshape(perStay);
        return (((u * 2) - 1) * half) + centre;
    }

    /// <summary>Realised lengths; 1 at valid steps; 1 in blocks that hold a valid step.</summary>
    private (int[] Lengths, Tensor Alive, Tensor InBlock) Ends(Tape tape, Tensor raw)
    {
        int batch = raw.Shape[0], steps = _layout.Steps, width = _layout.Outputs;
        Tensor alive = tape.Constant(new Shape(batch, steps, 1), 0), inBlock = tape.Constant(new Shape(batch, steps, 1), 0);
        int[] lengths = new int[batch];
        float[] goes = new float[steps], ends = new float[steps];
        for (int i = 0; i < batch; i++)
        {
            for (int t = 0; t < steps; t++)
            {
                int at = (((i * steps) + t) * width) + _layout.FirstFlag;
                (goes[t], ends[t]) = (raw.Values[at], raw.Values[at + 1]);
            }

            lengths[i] = GenerationFlags.Length(goes, ends);
            alive.Values.Slice(i * steps, lengths[i]).Fill(1);
            inBlock.Values.Slice(i * steps, GenerationFlags.PaddingFrom(lengths[i], _layout.Block)).Fill(1);
        }

        return (lengths, alive, inBlock);
    }

    /// <summary>Masks by channel → masks by value column.</summary>
    private Tensor ToValues(Tape tape, Tensor masks)
    {
        if (_layout.LevelWidth == 0)
            return masks;
        Tensor levels = masks.SliceColumns(_layout.Numbers, _layout.Levels.Length).Linear(tape.Input(_levelOfColumn, new Shape(_layout.LevelWidth, _layout.Levels.Length)));
        return _layout.Numbers == 0 ? levels : masks.SliceColumns(0, _layout.Numbers).ConcatColumns(levels);
    }

    /// <summary>One-hot of the largest number of each level block, numbers as they are; passes no gradient.</summary>
    private Tensor Discretise(Tensor statics)
    {
        Tensor known = statics.Tape!.Input(statics.Values, statics.Shape);
        for (int i = 0; i < known.Shape.Rows; i++)
        {
            Span<float> row = known.Values.Slice(i * known.Shape.Columns, known.Shape.Columns);
            foreach (OutputBlock block in _staticBlocks)
            {
                if (block.Activation != BlockActivation.Softmax)
                    continue;
                Span<float> levels = row.Slice(block.Start, block.Width);
                int best = System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(levels);
                levels.Clear();
                levels[best] = 1;
            }
        }

        return known;
    }

    private static Tensor Repeat(Tape tape, Tensor given, int steps)
    {
        int batch = given.Shape[0], width = given.Shape[1];
        Tensor repeated = tape.Input(new Shape(batch, steps, width));
        for (int i = 0; i < batch * steps; i++)
            given.Values.Slice(i / steps * width, width).CopyTo(repeated.Values[(i * width)..]);
        return repeated;
    }

    private static Tensor? Join(Tensor? a, Tensor? b) => a is null ? b : b is null ? a : a.ConcatColumns(b);

    private static float[] LevelOfColumn(GhostsLayout layout)
    {
        float[] map = new float[layout.LevelWidth * layout.Levels.Length];
        int column = 0;
        for (int k = 0; k < layout.Levels.Length; k++)
        {
            for (int l = 0; l < layout.Levels[k]; l++)
                map[(column++ * layout.Levels.Length) + k] = 1;
        }

        return map;
    }

    /// <summary>Two blocks Linear → ReLU → batch normalisation, then a linear layer.</summary>
    private sealed class AttributeNetwork : Layer
    {
        private readonly Sequential _layers;

        public AttributeNetwork(int inputs, int hidden, int outputs, Seed seed) => _layers = Register("layers", new Sequential(
            new Linear(inputs, hidden, seed.Derive("layer", 0), Activation.Relu),
            new BatchNorm(hidden),
            new Linear(hidden, hidden, seed.Derive("layer", 1), Activation.Relu),
            new BatchNorm(hidden),
            new Linear(hidden, outputs, seed.Derive("layer", 2))));

        public override Tensor Forward(Tensor x) => _layers.Forward(x);
    }
}

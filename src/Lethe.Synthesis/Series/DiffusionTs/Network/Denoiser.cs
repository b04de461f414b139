using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Series.DiffusionTs.Network;

/// <summary>
/// The network of Diffusion-TS (Yuan and Qiao 2024, §3.2 and figure 2): from a noisy series it predicts the series itself, x̂₀, as a trend plus a
/// season. An encoder of the whole window, a decoder whose blocks each add a polynomial, a few frequencies and a level.
/// </summary>
internal sealed class Denoiser : Module
{
    private readonly StepCondition _condition;
    private readonly Conv1d _embedding, _residual, _season;
    private readonly Dropout _embeddingDropout, _encoderDropout, _decoderDropout, _residualDropout;
    private readonly PositionEmbedding _encoderPositions, _decoderPositions;
    private readonly EncoderBlock[] _encoder;
    private readonly DecoderBlock[] _decoder;
    private readonly Linear _levels;
    private readonly Parameter _mean;

    public Denoiser(DenoiserShape shape, Seed seed)
    {
        Shape = shape;
        int steps = shape.Steps, features = shape.Features, d = shape.Width;
        _mean = new Parameter("mean", new Shape(1, steps), trainable: false);
        _mean.Values.Fill(1f / steps);
        DominantFrequencies frequencies = new(steps);
        ConvOptions same = new() { Padding = 1 };
        _condition = Register("condition", new StepCondition(shape, seed.Derive("condition")));
        _embedding = Register("embedding", new Conv1d(features, d, 3, seed.Derive("embedding"), same));
        _embeddingDropout = Register("embedding_dropout", new Dropout(shape.Dropout, seed.Derive("embedding dropout")));
        _encoderPositions = Register("encoder_positions", new PositionEmbedding(steps, d, seed.Derive("encoder positions")));
        _encoderDropout = Register("encoder_dropout", new Dropout(shape.Dropout, seed.Derive("encoder dropout")));
        _encoder = [.. Enumerable.Range(0, shape.EncoderLayers).Select(i => Register($"encoder_{i}", new EncoderBlock(shape, seed.Derive("encoder", i))))];
        _decoderPositions = Register("decoder_positions", new PositionEmbedding(steps, d, seed.Derive("decoder positions")));
        _decoderDropout = Register("decoder_dropout", new Dropout(shape.Dropout, seed.Derive("decoder dropout")));
        _decoder = [.. Enumerable.Range(0, shape.DecoderLayers).Select(i => Register($"decoder_{i}", new DecoderBlock(shape, frequencies, _mean, seed.Derive("decoder", i))))];
        _residual = Register("residual", new Conv1d(d, features, 3, seed.Derive("residual"), same));
        _residualDropout = Register("residual_dropout", new Dropout(shape.Dropout, seed.Derive("residual dropout")));
        bool narrow = features < 32 && steps < 64;
        _season = Register("season", new Conv1d(d, features, narrow ? 1 : 5, seed.Derive("season"), new ConvOptions { Padding = narrow ? 0 : 2, Circular = true }, bias: false));
        _levels = Register("levels", new Linear(shape.DecoderLayers, 1, seed.Derive("levels"), bias: false));
    }

    /// <summary>Its sizes.</summary>
    public DenoiserShape Shape { get; }

    /// <summary>x̂₀ in its two parts.</summary>
    /// <param name="x">x_t, [examples, T, F].</param>
    /// <param name="steps">t of each example.</param>
    /// <param name="statics">[examples, statics]; null without statics.</param>
    public Decomposition Forward(Tensor x, ReadOnlySpan<double> steps, Tensor? statics)
    {
        Tape tape = x.Tape!;
        Tensor condition = _condition.Forward(tape, steps, statics);
        Tensor embedded = _embeddingDropout.Forward(_embedding.Forward(x)); // [e, T, d]
        Tensor context = _encoderDropout.Forward(_encoderPositions.Forward(embedded));
        foreach (EncoderBlock block in _encoder)
            context = block.Forward(context, condition);

        Tensor state = _decoderDropout.Forward(_decoderPositions.Forward(embedded));
        Tensor? levels = null, trend = null, season = null;
        foreach (DecoderBlock block in _decoder)
        {
            DecoderBlock.Result part = block.Forward(state, context, condition);
            state = part.State;
            levels = levels is null ? part.Level : levels.Concat(part.Level, 1); // [e, blocks, F]
            trend = trend is null ? part.Trend : trend + part.Trend; // [e, T, F]
            season = season is null ? part.Season : season + part.Season; // [e, d, T]
        }

        Tensor residual = _residualDropout.Forward(_residual.Forward(state)); // [e, T, F]
        Tensor residualMean = residual.MapSteps(_mean); // [e, 1, F]
        Tensor level = _levels.Forward(levels!.TransposeInner()).TransposeInner(); // [e, 1, F]
        return new Decomposition(
            trend! + (level + residualMean),
            _season.Forward(season!.TransposeInner()) + (residual - residualMean));
    }
}

/// <summary>A predicted series: x̂₀ = trend + season.</summary>
/// <param name="Trend">Polynomials and levels, [examples, T, F].</param>
/// <param name="Season">Frequencies and what remains, without its mean, [examples, T, F].</param>
internal readonly record struct Decomposition(Tensor Trend, Tensor Season)
{
    /// <summary>x̂₀.</summary>
    public Tensor Series => Trend + Season;
}

using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Series.DiffusionTs.Network;

/// <summary>
/// x += SelfAttention(AdaLN(x, c)); x += CrossAttention(AdaLN(x, c), encoder); from x, mixed over time, a polynomial trend and the
/// dominant frequencies; x += MLP(LN(x)); the mean over time leaves x and becomes a level of the features (paper, fig. 2).
/// </summary>
internal sealed class DecoderBlock : Module
{
    private readonly AdaptiveNorm _selfNorm, _crossNorm;
    private readonly MultiHeadAttention _self, _cross;
    private readonly Dropout _selfDropout, _crossDropout;
    private readonly Linear _toTrend, _toSeason, _level;
    private readonly TrendBlock _trend;
    private readonly FeedForward _forward;
    private readonly DominantFrequencies _frequencies;
    private readonly Parameter _mean;

    public DecoderBlock(DenoiserShape shape, DominantFrequencies frequencies, Parameter mean, Seed seed)
    {
        int d = shape.Width, steps = shape.Steps;
        (_frequencies, _mean) = (frequencies, mean);
        _selfNorm = Register("self_norm", new AdaptiveNorm(d, seed.Derive("self norm")));
        _self = Register("self", new MultiHeadAttention(d, shape.Heads, seed.Derive("self"), dropout: shape.Dropout));
        _selfDropout = Register("self_dropout", new Dropout(shape.Dropout, seed.Derive("self dropout")));
        _crossNorm = Register("cross_norm", new AdaptiveNorm(d, seed.Derive("cross norm")));
        _cross = Register("cross", new MultiHeadAttention(d, shape.Heads, seed.Derive("cross"), context: d, dropout: shape.Dropout));
        _crossDropout = Register("cross_dropout", new Dropout(shape.Dropout, seed.Derive("cross dropout")));

        // The two halves of a convolution with steps as channels and one tap, T → 2T.
        _toTrend = Register("to_trend", new Linear(steps, steps, seed.Derive("to trend")));
        _toSeason = Register("to_season", new Linear(steps, steps, seed.Derive("to season")));
        _trend = Register("trend", new TrendBlock(shape, seed.Derive("trend")));
        _forward = Register("forward", new FeedForward(shape, seed.Derive("forward")));
        _level = Register("level", new Linear(d, shape.Features, seed.Derive("level")));
    }

    /// <summary>The state without its mean, [examples, T, d], and what this block says of the series.</summary>
    /// <param name="x">[examples, T, d].</param>
    /// <param name="context">The encoder's result, [examples, T, d].</param>
    /// <param name="condition">[examples, d].</param>
    public Result Forward(Tensor x, Tensor context, Tensor condition)
    {
        x += _selfDropout.Forward(_self.Forward(_selfNorm.Forward(x, condition)));
        x += _crossDropout.Forward(_cross.Forward(_crossNorm.Forward(x, condition), context));
        Tensor overTime = x.TransposeInner(); // [e, d, T]
        Tensor trend = _trend.Forward(_toTrend.Forward(overTime)); // [e, T, F]
        Tensor season = _frequencies.Forward(_toSeason.Forward(overTime)); // [e, d, T]
        x += _forward.Forward(x);
        Tensor mean = x.MapSteps(_mean); // [e, 1, d]
        return new Result(x - mean, _level.Forward(mean), trend, season);
    }

    /// <summary>What a block gives.</summary>
    /// <param name="State">[examples, T, d].</param>
    /// <param name="Level">[examples, 1, F].</param>
    /// <param name="Trend">[examples, T, F].</param>
    /// <param name="Season">Hidden, with steps as columns, [examples, d, T].</param>
    public readonly record struct Result(Tensor State, Tensor Level, Tensor Trend, Tensor Season);
}

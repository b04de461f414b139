using Lethe.Numerics.Layers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Series.DiffusionTs.Network;

/// <summary>x += Attention(AdaLN(x, c)); x += MLP(LN(x)).</summary>
internal sealed class EncoderBlock : Module
{
    private readonly AdaptiveNorm _norm;
    private readonly MultiHeadAttention _attention;
    private readonly Dropout _dropout;
    private readonly FeedForward _forward;

    public EncoderBlock(DenoiserShape shape, Seed seed)
    {
        _norm = Register("norm", new AdaptiveNorm(shape.Width, seed.Derive("norm")));
        _attention = Register("attention", new MultiHeadAttention(shape.Width, shape.Heads, seed.Derive("attention"), dropout: shape.Dropout));
        _dropout = Register("dropout", new Dropout(shape.Dropout, seed.Derive("dropout")));
        _forward = Register("forward", new FeedForward(shape, seed.Derive("forward")));
    }

    /// <summary>[examples, T, d].</summary>
    public Tensor Forward(Tensor x, Tensor condition)
    {
        x += _dropout.Forward(_attention.Forward(_norm.Forward(x, condition)));
        return x + _forward.Forward(x);
    }
}

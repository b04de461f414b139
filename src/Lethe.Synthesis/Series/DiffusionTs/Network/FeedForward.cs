using Lethe.Numerics.Layers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Series.DiffusionTs.Network;

/// <summary>Dropout(Linear(GELU(Linear(LN(x))))), d → r·d → d.</summary>
internal sealed class FeedForward : Layer
{
    private readonly LayerNorm _norm;
    private readonly Linear _first, _second;
    private readonly Dropout _dropout;

    public FeedForward(DenoiserShape shape, Seed seed)
    {
        _norm = Register("norm", new LayerNorm(shape.Width));
        _first = Register("first", new Linear(shape.Width, shape.MlpRatio * shape.Width, seed.Derive("first"), Activation.Gelu));
        _second = Register("second", new Linear(shape.MlpRatio * shape.Width, shape.Width, seed.Derive("second")));
        _dropout = Register("dropout", new Dropout(shape.Dropout, seed.Derive("dropout")));
    }

    public override Tensor Forward(Tensor x) => _dropout.Forward(_second.Forward(_first.Forward(_norm.Forward(x))));
}

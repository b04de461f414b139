using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Series.DiffusionTs.Network;

/// <summary>AdaLN(x, c) = LN(x)·(1 + a) + b with [a, b] = Linear(c); the norm has no weights of its own.</summary>
internal sealed class AdaptiveNorm : Module
{
    private readonly Linear _modulation;

    public AdaptiveNorm(int width, Seed seed) => _modulation = Register("modulation", new Linear(width, 2 * width, seed));

    /// <summary>[examples, T, d].</summary>
    /// <param name="x">[examples, T, d].</param>
    /// <param name="condition">[examples, d].</param>
    public Tensor Forward(Tensor x, Tensor condition) => x.AdaptiveLayerNorm(_modulation.Forward(condition));
}

using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>Normalises each row and rescales it (Ba et al. 2016). Parameters: <c>weight</c> (1 at first) and <c>bias</c> (0), [width].</summary>
public sealed class LayerNorm : Layer
{
    private readonly Real _epsilon;

    /// <summary>For rows of this width.</summary>
    public LayerNorm(int width, double epsilon = 1e-5)
    {
        _epsilon = (Real)epsilon;
        Weight = Register(new Parameter("weight", new Shape(width)));
        Bias = Register(new Parameter("bias", new Shape(width)));
        Weight.Values.Fill(1);
    }

    /// <summary>γ, [width].</summary>
    public Parameter Weight { get; }

    /// <summary>β, [width].</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.LayerNorm(Weight, Bias, _epsilon);
}

using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>Divides each row by its root mean square and rescales it (Zhang and Sennrich 2019). Parameter: <c>weight</c> (1 at first), [width].</summary>
public sealed class RmsNorm : Layer
{
    private readonly Real _epsilon;

    /// <summary>For rows of this width.</summary>
    public RmsNorm(int width, double epsilon = 1e-6)
    {
        _epsilon = (Real)epsilon;
        Weight = Register(new Parameter("weight", new Shape(width)));
        Weight.Values.Fill(1);
    }

    /// <summary>γ, [width].</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.RmsNorm(Weight, _epsilon);
}

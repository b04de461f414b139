using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>
/// Normalises groups of channels of an example over its positions, channels last (Wu and He 2018). Parameters: <c>weight</c> (1 at
/// first) and <c>bias</c> (0), [channels].
/// </summary>
public sealed class GroupNorm : Layer
{
    private readonly int _groups;
    private readonly Real _epsilon;

    /// <summary>For this many channels in this many groups; one channel per group is instance normalisation.</summary>
    public GroupNorm(int groups, int channels, double epsilon = 1e-5)
    {
        (_groups, _epsilon) = (groups, (Real)epsilon);
        Weight = Register(new Parameter("weight", new Shape(channels)));
        Bias = Register(new Parameter("bias", new Shape(channels)));
        Weight.Values.Fill(1);
    }

    /// <summary>γ, [channels].</summary>
    public Parameter Weight { get; }

    /// <summary>β, [channels].</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.GroupNorm(_groups, Weight, Bias, _epsilon);
}

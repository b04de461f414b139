using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>act(x Wᵀ + b). Parameters: <c>weight</c> [outputs, inputs], <c>bias</c> [outputs].</summary>
public sealed class Linear : Layer
{
    private readonly Activation _activation;

    /// <summary>A layer with fresh weights.</summary>
    /// <param name="inputs">Width of a row of x.</param>
    /// <param name="outputs">Width of a row of the result.</param>
    /// <param name="seed">Source of the initial weights.</param>
    /// <param name="activation">What follows the map, computed in the same pass.</param>
    /// <param name="bias">Whether to add a bias.</param>
    /// <param name="initialisation">How weights start.</param>
    public Linear(int inputs, int outputs, Seed seed, Activation activation = Activation.None, bool bias = true, Initialisation initialisation = Initialisation.FanIn)
    {
        _activation = activation;
        Weight = Register(new Parameter("weight", new Shape(outputs, inputs)));
        Bias = bias ? Register(new Parameter("bias", new Shape(outputs))) : null;
        Initialiser.Fill(Weight, Bias, inputs, outputs, initialisation, seed.Stream("linear"));
    }

    /// <summary>W, [outputs, inputs].</summary>
    public Parameter Weight { get; }

    /// <summary>b, [outputs], if there is one.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Linear(Weight, Bias, _activation);

    /// <summary>The same for columns of several matrices side by side, one-hot ones last, without joining them; see <see cref="JoinedLinearOps"/>.</summary>
    public Tensor Forward(ReadOnlySpan<Tensor> parts, OneHotRows? last = null) => JoinedLinearOps.Linear(parts, last, Weight, Bias).Activate(_activation);
}

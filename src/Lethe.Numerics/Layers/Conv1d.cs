using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>
/// A convolution over steps; see <see cref="ConvolutionOps.Conv1d"/>. Parameters: <c>weight</c> [outputs, inputs/groups, kernel], <c>bias</c>
/// [outputs], U(±1/√(fan-in)) at first as in PyTorch.
/// </summary>
public sealed class Conv1d : Layer
{
    private readonly ConvOptions _options;

    /// <summary>A layer with fresh weights.</summary>
    /// <param name="inputs">Channels of x.</param>
    /// <param name="outputs">Channels of the result.</param>
    /// <param name="kernel">Taps.</param>
    /// <param name="seed">Source of the initial weights.</param>
    /// <param name="options">Stride, padding and so on; null for the defaults.</param>
    /// <param name="bias">Whether to add a bias.</param>
    public Conv1d(int inputs, int outputs, int kernel, Seed seed, ConvOptions? options = null, bool bias = true)
    {
        _options = options ?? new ConvOptions();
        int groups = _options.Groups;
        if (groups < 1 || inputs % groups != 0 || outputs % groups != 0)
            throw new ArgumentException($"Conv1d: {groups} groups do not divide {inputs} input and {outputs} output channels.", nameof(options));
        Weight = Register(new Parameter("weight", new Shape(outputs, inputs / groups, kernel)));
        Bias = bias ? Register(new Parameter("bias", new Shape(outputs))) : null;
        int fanIn = Weight.Length / Weight.Shape[0];
        Initialiser.Fill(Weight, Bias, fanIn, outputs, Initialisation.FanIn, seed.Stream("convolution"));
    }

    /// <summary>W, [outputs, inputs/groups, kernel].</summary>
    public Parameter Weight { get; }

    /// <summary>b, [outputs], if there is one.</summary>
    public Parameter? Bias { get; }

    /// <summary>[examples, steps, inputs] → [examples, positions, outputs].</summary>
    public override Tensor Forward(Tensor x) => x.Conv1d(Weight, Bias, _options);
}

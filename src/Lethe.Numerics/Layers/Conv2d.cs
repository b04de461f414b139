using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>
/// A convolution over an image; see <see cref="ConvolutionOps.Conv2d"/>. Parameters: <c>weight</c> [outputs, inputs/groups, kernel, kernel], <c>bias</c>
/// [outputs], U(±1/√(fan-in)) at first as in PyTorch.
/// </summary>
public sealed class Conv2d : Layer
{
    private readonly ConvOptions _options;

    /// <summary>A layer with fresh weights.</summary>
    /// <param name="inputs">Channels of x.</param>
    /// <param name="outputs">Channels of the result.</param>
    /// <param name="kernel">Taps along each axis.</param>
    /// <param name="seed">Source of the initial weights.</param>
    /// <param name="options">Stride, padding and so on; null for the defaults.</param>
    /// <param name="bias">Whether to add a bias.</param>
    public Conv2d(int inputs, int outputs, int kernel, Seed seed, ConvOptions? options = null, bool bias = true)
    {
        _options = options ?? new ConvOptions();
        int groups = _options.Groups;
        if (groups < 1 || inputs % groups != 0 || outputs % groups != 0)
            throw new ArgumentException($"Conv2d: {groups} groups do not divide {inputs} input and {outputs} output channels.", nameof(options));
        Weight = Register(new Parameter("weight", new Shape(outputs, inputs / groups, kernel, kernel)));
        Bias = bias ? Register(new Parameter("bias", new Shape(outputs))) : null;
        int fanIn = Weight.Length / Weight.Shape[0];
        Initialiser.Fill(Weight, Bias, fanIn, outputs, Initialisation.FanIn, seed.Stream("convolution"));
    }

    /// <summary>W, [outputs, inputs/groups, kernel, kernel].</summary>
    public Parameter Weight { get; }

    /// <summary>b, [outputs], if there is one.</summary>
    public Parameter? Bias { get; }

    /// <summary>[examples, height, width, inputs] → [examples, rows, columns, outputs].</summary>
    public override Tensor Forward(Tensor x) => x.Conv2d(Weight, Bias, _options);
}

using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>
/// A transposed convolution over an image; see <see cref="ConvolutionOps.ConvTranspose2d"/>. Parameters: <c>weight</c> [inputs, outputs/groups, kernel, kernel], <c>bias</c>
/// [outputs], U(±1/√(fan-in)) at first as in PyTorch.
/// </summary>
public sealed class ConvTranspose2d : Layer
{
    private readonly ConvOptions _options;

    /// <summary>A layer with fresh weights.</summary>
    /// <param name="inputs">Channels of x.</param>
    /// <param name="outputs">Channels of the result.</param>
    /// <param name="kernel">Taps along each axis.</param>
    /// <param name="seed">Source of the initial weights.</param>
    /// <param name="options">Stride, padding and so on; null for the defaults.</param>
    /// <param name="bias">Whether to add a bias.</param>
    public ConvTranspose2d(int inputs, int outputs, int kernel, Seed seed, ConvOptions? options = null, bool bias = true)
    {
        _options = options ?? new ConvOptions();
        int groups = _options.Groups;
        if (groups < 1 || inputs % groups != 0 || outputs % groups != 0)
            throw new ArgumentException($"ConvTranspose2d: {groups} groups do not divide {inputs} input and {outputs} output channels.", nameof(options));
        Weight = Register(new Parameter("weight", new Shape(inputs, outputs / groups, kernel, kernel)));
        Bias = bias ? Register(new Parameter("bias", new Shape(outputs))) : null;
        int fanIn = Weight.Length / Weight.Shape[0];
        Initialiser.Fill(Weight, Bias, fanIn, outputs, Initialisation.FanIn, seed.Stream("convolution"));
    }

    /// <summary>W, [inputs, outputs/groups, kernel, kernel].</summary>
    public Parameter Weight { get; }

    /// <summary>b, [outputs], if there is one.</summary>
    public Parameter? Bias { get; }

    /// <summary>[examples, height, width, inputs] → [examples, rows, columns, outputs].</summary>
    public override Tensor Forward(Tensor x) => x.ConvTranspose2d(Weight, Bias, _options);
}

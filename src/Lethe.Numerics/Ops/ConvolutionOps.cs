using Lethe.Numerics.Ops.Convolution;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>
/// Convolutions (cross-correlations) of sequences [examples, steps, channels] and small images [examples, height, width, channels]:
/// channels last, weights in PyTorch's order.
/// </summary>
public static class ConvolutionOps
{
    private static readonly ConvOptions Defaults = new();

    /// <summary>y[t, o] = b[o] + Σ_c,j W[o, c, j]·x[t·stride + j·dilation − padding, c].</summary>
    /// <param name="x">[examples, steps, channels].</param>
    /// <param name="weight">[outputs, channels/groups, kernel].</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="options">Stride, padding and so on; null for the defaults.</param>
    /// <returns>[examples, positions, outputs].</returns>
    public static Tensor Conv1d(this Tensor x, Tensor weight, Tensor? bias = null, ConvOptions? options = null)
    {
        options ??= Defaults;
        Check("Conv1d", 3, x, weight, bias, options, transposed: false);
        ConvAxis axis = ConvAxis.Of("Conv1d", x.Shape[1], weight.Shape[2], options);
        ConvColumns columns = new(x.Shape[0], x.Shape[2], ConvAxis.Single, axis);
        return ConvNode.Apply(x, weight, bias, new Shape(x.Shape[0], axis.Output, weight.Shape[0]), columns, options.Groups);
    }

    /// <summary>The same over both axes of an image.</summary>
    /// <param name="x">[examples, height, width, channels].</param>
    /// <param name="weight">[outputs, channels/groups, kernel height, kernel width].</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="options">Stride, padding and so on; null for the defaults.</param>
    /// <returns>[examples, rows, columns, outputs].</returns>
    public static Tensor Conv2d(this Tensor x, Tensor weight, Tensor? bias = null, ConvOptions? options = null)
    {
        options ??= Defaults;
        Check("Conv2d", 4, x, weight, bias, options, transposed: false);
        ConvAxis vertical = ConvAxis.Of("Conv2d", x.Shape[1], weight.Shape[2], options), horizontal = ConvAxis.Of("Conv2d", x.Shape[2], weight.Shape[3], options);
        ConvColumns columns = new(x.Shape[0], x.Shape[3], vertical, horizontal);
        return ConvNode.Apply(x, weight, bias, new Shape(x.Shape[0], vertical.Output, horizontal.Output, weight.Shape[0]), columns, options.Groups);
    }

    /// <summary>The adjoint of <see cref="Conv1d"/>: each step adds its kernel to the result, which is about stride times as long.</summary>
    /// <param name="x">[examples, steps, channels].</param>
    /// <param name="weight">[channels, outputs/groups, kernel].</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="options">Stride, padding and so on; null for the defaults.</param>
    /// <returns>[examples, (steps − 1)·stride − padding + dilation·(kernel − 1) + 1 + output padding, outputs].</returns>
    public static Tensor ConvTranspose1d(this Tensor x, Tensor weight, Tensor? bias = null, ConvOptions? options = null)
    {
        options ??= Defaults;
        Check("ConvTranspose1d", 3, x, weight, bias, options, transposed: true);
        int outputs = weight.Shape[1] * options.Groups;
        ConvAxis axis = ConvAxis.Transposed("ConvTranspose1d", x.Shape[1], weight.Shape[2], options);
        ConvColumns columns = new(x.Shape[0], outputs, ConvAxis.Single, axis);
        return ConvTransposeNode.Apply(x, weight, bias, new Shape(x.Shape[0], axis.Input, outputs), columns, options.Groups);
    }

    /// <summary>The adjoint of <see cref="Conv2d"/>.</summary>
    /// <param name="x">[examples, height, width, channels].</param>
    /// <param name="weight">[channels, outputs/groups, kernel height, kernel width].</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="options">Stride, padding and so on; null for the defaults.</param>
    public static Tensor ConvTranspose2d(this Tensor x, Tensor weight, Tensor? bias = null, ConvOptions? options = null)
    {
        options ??= Defaults;
        Check("ConvTranspose2d", 4, x, weight, bias, options, transposed: true);
        int outputs = weight.Shape[1] * options.Groups;
        ConvAxis vertical = ConvAxis.Transposed("ConvTranspose2d", x.Shape[1], weight.Shape[2], options), horizontal = ConvAxis.Transposed("ConvTranspose2d", x.Shape[2], weight.Shape[3], options);
        ConvColumns columns = new(x.Shape[0], outputs, vertical, horizontal);
        return ConvTransposeNode.Apply(x, weight, bias, new Shape(x.Shape[0], vertical.Input, horizontal.Input, outputs), columns, options.Groups);
    }

    private static void Check(string operation, int rank, Tensor x, Tensor weight, Tensor? bias, ConvOptions options, bool transposed)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        int groups = options.Groups;
        bool fits = groups > 0 && x.Shape.Rank == rank && weight.Shape.Rank == rank && x.Shape.Columns % groups == 0;
        int outputs = !fits ? 0 : transposed ? weight.Shape[1] * groups : weight.Shape[0];
        fits = fits && (transposed ? weight.Shape[0] == x.Shape.Columns : weight.Shape[1] * groups == x.Shape.Columns && outputs % groups == 0);
        if (!fits || (bias is not null && bias.Length != outputs))
            throw new ArgumentException($"{operation}: x {x.Shape} (channels last), weight {weight.Shape}, bias {bias?.Shape.ToString() ?? "none"}, {groups} groups: expected weight {(transposed ? "[channels, outputs/groups, kernel..]" : "[outputs, channels/groups, kernel..]")} and as many biases as outputs.");
    }
}

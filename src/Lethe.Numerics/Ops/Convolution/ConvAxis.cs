namespace Lethe.Numerics.Ops.Convolution;

/// <summary>A kernel along one axis: which input position tap i of output position o reads.</summary>
internal readonly record struct ConvAxis(int Input, int Kernel, int Stride, int Before, int After, int Dilation, bool Circular)
{
    /// <summary>An axis of extent 1 with a kernel of 1, for sequences seen as images.</summary>
    public static ConvAxis Single => new(1, 1, 1, 0, 0, 1, false);

    /// <summary>Output positions: ⌊(input + padding − dilation·(kernel − 1) − 1)/stride⌋ + 1.</summary>
    public int Output => Span < 0 ? 0 : (Span / Stride) + 1;

    private int Span => Input + Before + After - (Dilation * (Kernel - 1)) - 1;

    public static ConvAxis Of(string operation, int input, int kernel, ConvOptions options)
    {
        int after = options.PaddingAfter ?? options.Padding;
        if (options.Stride < 1 || options.Dilation < 1 || options.Padding < 0 || after < 0 || kernel < 1)
            throw new ArgumentException($"{operation}: kernel {kernel}, stride {options.Stride}, dilation {options.Dilation} must be at least 1 and padding {options.Padding}, {after} at least 0.");
        ConvAxis axis = new(input, kernel, options.Stride, options.Padding, after, options.Dilation, options.Circular);
        return axis.Output > 0
            ? axis
            : throw new ArgumentException($"{operation}: a kernel of {kernel} with dilation {options.Dilation} does not fit into {input} positions with padding {options.Padding} and {after}.");
    }

    /// <summary>The axis whose convolution has <paramref name="positions"/> results: the result's axis of a transposed convolution.</summary>
    public static ConvAxis Transposed(string operation, int positions, int kernel, ConvOptions options)
    {
        int after = options.PaddingAfter ?? options.Padding;
        int result = ((positions - 1) * options.Stride) - options.Padding - after + (options.Dilation * (kernel - 1)) + 1 + options.OutputPadding;
        if (options.OutputPadding < 0 || options.OutputPadding >= options.Stride || options.Circular)
            throw new ArgumentException($"{operation}: the padding of the result ({options.OutputPadding}) lies in 0 … stride − 1 ({options.Stride - 1}), and circular padding has no transposed form.");
        ConvAxis axis = Of(operation, result, kernel, options);
        return axis.Output == positions ? axis : throw new ArgumentException($"{operation}: {positions} positions do not transpose to {result} with these settings.");
    }

    /// <summary>Input position, or −1 in the padding.</summary>
    public int Source(int output, int tap)
    {
        int at = (output * Stride) + (tap * Dilation) - Before;
        if (Circular)
            return ((at % Input) + Input) % Input;
        return (uint)at < (uint)Input ? at : -1;
    }
}

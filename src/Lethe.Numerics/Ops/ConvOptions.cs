namespace Lethe.Numerics.Ops;

/// <summary>How a kernel moves over a sequence or an image; for images the same along both axes.</summary>
public sealed record ConvOptions
{
    /// <summary>Distance between positions of the kernel.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Positions added before the first one, and after the last one unless <see cref="PaddingAfter"/> says otherwise.</summary>
    public int Padding { get; init; }

    /// <summary>Positions added after the last one; null: as many as before.</summary>
    public int? PaddingAfter { get; init; }

    /// <summary>Distance between the taps of the kernel.</summary>
    public int Dilation { get; init; } = 1;

    /// <summary>Channels are cut into so many groups that do not see each other; as many as input channels is a depthwise convolution.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Padding repeats the other end in place of zeros.</summary>
    public bool Circular { get; init; }

    /// <summary>For transposed convolutions: positions added at the end of the result, 0 … stride − 1.</summary>
    public int OutputPadding { get; init; }

    /// <summary>
    /// TensorFlow's "same": ⌈length/stride⌉ results, total padding max((⌈length/stride⌉ − 1)·stride + kernel − length, 0), the smaller half first.
    /// </summary>
    public static ConvOptions Same(int length, int kernel, int stride = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stride);
        int total = Math.Max(((((length + stride - 1) / stride) - 1) * stride) + kernel - length, 0);
        return new ConvOptions { Stride = stride, Padding = total / 2, PaddingAfter = total - (total / 2) };
    }

    /// <summary>TensorFlow's "same" for transposed convolutions: a result of length·stride.</summary>
    public static ConvOptions SameTransposed(int kernel, int stride)
    {
        int total = Math.Max(kernel - stride, 0);
        return new ConvOptions { Stride = stride, Padding = total / 2, PaddingAfter = total - (total / 2), OutputPadding = Math.Max(stride - kernel, 0) };
    }
}

using Lethe.Numerics.Kernels;
using Lethe.Numerics.Threading;

namespace Lethe.Numerics.Ops.Convolution;

/// <summary>
/// Between an image [examples, height, width, channels] and its columns [examples × output positions, channels × taps], a row
/// per position of the kernel, taps of a channel together: the order of PyTorch's weights. A convolution is then a product.
/// </summary>
internal unsafe struct ConvColumns(int examples, int channels, ConvAxis vertical, ConvAxis horizontal)
{
    private readonly int _examples = examples, _channels = channels;
    private readonly ConvAxis _vertical = vertical, _horizontal = horizontal;
    private Real* _image, _columns;

    public readonly int Taps => _vertical.Kernel * _horizontal.Kernel;

    /// <summary>Width of a row of columns.</summary>
    public readonly int Width => _channels * Taps;

    /// <summary>Rows of columns.</summary>
    public readonly int Rows => _examples * Positions;

    /// <summary>Whether columns are the image itself.</summary>
    public readonly bool IsIdentity => Taps == 1 && _vertical.Stride == 1 && _horizontal.Stride == 1 && Positions == Pixels
        && _vertical.Source(0, 0) == 0 && _horizontal.Source(0, 0) == 0;

    private readonly int Positions => _vertical.Output * _horizontal.Output;

    private readonly int Pixels => _vertical.Input * _horizontal.Input;

    /// <summary>columns ← image, zeros in the padding.</summary>
    public void Unfold(Real* image, Real* columns)
    {
        _image = image;
        _columns = columns;
        Run(&UnfoldOne);
    }

    /// <summary>image ← sum of what its elements are in columns.</summary>
    public void Fold(Real* columns, Real* image)
    {
        _image = image;
        _columns = columns;
        Run(&FoldOne);
    }

    private void Run(delegate*<void*, int, void> body)
    {
        fixed (ConvColumns* self = &this)
            ComputeThreads.Run(_examples, ComputeThreads.For(4.0 * Rows * Width), self, body);
    }

    private static void UnfoldOne(void* state, int example) => ((ConvColumns*)state)->UnfoldExample(example);

    private static void FoldOne(void* state, int example) => ((ConvColumns*)state)->FoldExample(example);

    private readonly void UnfoldExample(int example)
    {
        Real* image = _image + ((nint)example * Pixels * _channels), row = _columns + ((nint)example * Positions * Width);
        int taps = Taps;
        for (int y = 0; y < _vertical.Output; y++)
        {
            for (int x = 0; x < _horizontal.Output; x++, row += Width)
            {
                for (int tap = 0; tap < taps; tap++)
                {
                    int from = Pixel(y, x, tap);
                    Real* pixel = image + ((nint)from * _channels);
                    if (from >= 0)
                    {
                        for (int c = 0; c < _channels; c++)
                            row[(c * taps) + tap] = pixel[c];
                    }
                    else
                    {
                        for (int c = 0; c < _channels; c++)
                            row[(c * taps) + tap] = 0;
                    }
                }
            }
        }
    }

    private readonly void FoldExample(int example)
    {
        Real* image = _image + ((nint)example * Pixels * _channels), row = _columns + ((nint)example * Positions * Width);
        int taps = Taps;
        new Span<Real>(image, Pixels * _channels).Clear();
        for (int y = 0; y < _vertical.Output; y++)
        {
            for (int x = 0; x < _horizontal.Output; x++, row += Width)
            {
                for (int tap = 0; tap < taps; tap++)
                {
                    int to = Pixel(y, x, tap);
                    if (to < 0)
                        continue;
                    Real* pixel = image + ((nint)to * _channels);
                    for (int c = 0; c < _channels; c++)
                        pixel[c] += row[(c * taps) + tap];
                }
            }
        }
    }

    private readonly int Pixel(int y, int x, int tap)
    {
        int v = _vertical.Source(y, tap / _horizontal.Kernel), h = _horizontal.Source(x, tap % _horizontal.Kernel);
        return v < 0 || h < 0 ? -1 : (v * _horizontal.Input) + h;
    }
}

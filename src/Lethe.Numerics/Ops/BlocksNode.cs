using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>
/// Softmax of rows or of blocks of rows, with Gumbel noise where asked, and the other activations of an output head. Blocks are
/// narrow (levels of a category), so a head works on the transpose of some rows at a time: a column of it is a long vector, and the
/// maxima and sums of blocks run over rows side by side.
/// </summary>
internal sealed unsafe class BlocksNode : Node
{
    // Rows of a transpose: with 64 columns it takes 32 KB of single precision.
    private const int Together = 128;

    private Tensor _x = null!;
    private OutputBlock[]? _blocks;
    private Real _temperature;

    public override string Operation => "Softmax";

    /// <summary>Without blocks the whole row is one softmax.</summary>
    public static Tensor Apply(Tensor x, OutputBlock[]? blocks, Real temperature, RandomStream? gumbel)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        Tape tape = x.RequireTape("Softmax");
        Tensor y = tape.Allocate(x.Shape);
        if (blocks is null)
            Rows(x, y, temperature, gumbel);
        else
            Head(x, y, blocks, temperature, gumbel);
        if (tape.Record<BlocksNode>(y, x.NeedsGradient) is { } node)
            (node._x, node._blocks, node._temperature) = (x, blocks, temperature);
        return y;
    }

    public override void Backward(GradientPass pass)
    {
        if (_blocks is null)
        {
            int columns = Output.Shape.Columns;
            for (int row = 0; row < Output.Shape.Rows; row++)
            {
                Span<Real> dy = new(Output.GradientData + ((nint)row * columns), columns);
                SoftmaxOps.RowBackward(dy, new ReadOnlySpan<Real>(Output.Data + ((nint)row * columns), columns), dy, _temperature);
            }
        }
        else
        {
            HeadBackward(_blocks);
        }

        pass.PassOn(_x, Output);
    }

    public override void BackwardOnTape(Tensor outputGradient, InputGradient gradient)
    {
        if (_blocks is not null)
            base.BackwardOnTape(outputGradient, gradient);
        Tensor mean = (outputGradient * Output).SumColumns().Reshape(Output.Shape.WithColumns(1));
        gradient.Add(_x, Output * (outputGradient - mean) * (1 / _temperature));
    }

    private static void Rows(Tensor x, Tensor y, Real temperature, RandomStream? gumbel)
    {
        int columns = x.Shape.Columns;
        for (int row = 0; row < x.Shape.Rows; row++)
        {
            ReadOnlySpan<Real> from = x.Values.Slice(row * columns, columns);
            Span<Real> to = y.Values.Slice(row * columns, columns);
            if (gumbel is not null)
            {
                LogMinusLog(to, gumbel);
                TensorPrimitives.Subtract(from, to, to);
                from = to;
            }

            SoftmaxOps.Row(from, to, temperature);
        }
    }

    private static void Head(Tensor x, Tensor y, OutputBlock[] blocks, Real temperature, RandomStream? gumbel)
    {
        int rows = x.Shape.Rows, columns = x.Shape.Columns, soft = 0;
        foreach (OutputBlock block in blocks)
            soft += block.Activation == BlockActivation.Softmax ? block.Width : 0;
        int together = Math.Min(rows, Together), length = together * (columns + (2 * soft) + 1);
        Real* side = x.Tape!.Rent(length), noise = side + (together * columns), noiseSide = noise + (together * soft), scratch = noiseSide + (together * soft);
        for (int row = 0; row < rows; row += together)
        {
            int count = Math.Min(together, rows - row);
            Packing.Transpose(x.Data + ((nint)row * columns), count, columns, side);
            if (gumbel is not null)
            {
                LogMinusLog(new Span<Real>(noise, count * soft), gumbel);
                Packing.Transpose(noise, count, soft, noiseSide);
            }

            Real* next = gumbel is null ? null : noiseSide;
            foreach (OutputBlock block in blocks)
            {
                Real* part = side + (block.Start * count);
                Span<Real> values = new(part, block.Width * count);
                switch (block.Activation)
                {
                    case BlockActivation.Tanh: TensorPrimitives.Tanh(values, values); break;
                    case BlockActivation.Sigmoid: TensorPrimitives.Sigmoid(values, values); break;
                    case BlockActivation.Softmax:
                        if (next != null)
                        {
                            TensorPrimitives.Subtract(values, new ReadOnlySpan<Real>(next, values.Length), values);
                            next += values.Length;
                        }

                        SoftmaxOfColumns(part, block.Width, count, 1 / temperature, scratch);
                        break;
                }
            }

            Packing.Transpose(side, columns, count, y.Data + ((nint)row * columns));
        }

        x.Tape!.Return(side, length);
    }

    /// <summary>Softmax over columns that are rows of memory, for <paramref name="count"/> examples side by side.</summary>
    private static void SoftmaxOfColumns(Real* x, int width, int count, Real scale, Real* scratch)
    {
        Span<Real> all = new(x, width * count), over = new(scratch, count);
        Span<Real> Column(int j) => new(x + ((nint)j * count), count);
        if (width == 0)
            return;
        Column(0).CopyTo(over);
        for (int j = 1; j < width; j++)
            TensorPrimitives.Max(Column(j), over, over);
        for (int j = 0; j < width; j++)
            TensorPrimitives.Subtract(Column(j), over, Column(j));
        TensorPrimitives.Multiply(all, scale, all);
        TensorPrimitives.Exp(all, all);
        Column(0).CopyTo(over);
        for (int j = 1; j < width; j++)
            TensorPrimitives.Add(over, Column(j), over);
        TensorPrimitives.Divide(1, over, over);
        for (int j = 0; j < width; j++)
            TensorPrimitives.Multiply(Column(j), over, Column(j));
    }

    private void HeadBackward(OutputBlock[] blocks)
    {
        int rows = Output.Shape.Rows, columns = Output.Shape.Columns, together = Math.Min(rows, Together), length = together * ((2 * columns) + 1);
        Tape tape = Output.Tape!;
        Real* d = tape.Rent(length), y = d + (together * columns), along = y + (together * columns);
        for (int row = 0; row < rows; row += together)
        {
            int count = Math.Min(together, rows - row);
            Real* gradient = Output.GradientData + ((nint)row * columns);
            Packing.Transpose(gradient, count, columns, d);
            Packing.Transpose(Output.Data + ((nint)row * columns), count, columns, y);
            foreach (OutputBlock block in blocks)
            {
                nint at = (nint)block.Start * count;
                Span<Real> dy = new(d + at, block.Width * count);
                ReadOnlySpan<Real> value = new(y + at, dy.Length);
                switch (block.Activation)
                {
                    case BlockActivation.Tanh: TanhFunction.Backward(dy, value, 0, 0); break;
                    case BlockActivation.Sigmoid: SigmoidFunction.Backward(dy, value, 0, 0); break;
                    case BlockActivation.Softmax: SoftmaxBackward(d + at, y + at, block.Width, count, 1 / _temperature, along); break;
                }
            }

            Packing.Transpose(d, columns, count, gradient);
        }

        tape.Return(d, length);
    }

    // dx = y(dy − Σ y·dy)/τ, in place, columns being rows of memory
    private static void SoftmaxBackward(Real* dy, Real* y, int width, int count, Real scale, Real* along)
    {
        Span<Real> sum = new(along, count);
        sum.Clear();
        for (int j = 0; j < width; j++)
            TensorPrimitives.MultiplyAdd(new ReadOnlySpan<Real>(dy + ((nint)j * count), count), new ReadOnlySpan<Real>(y + ((nint)j * count), count), sum, sum);
        for (int j = 0; j < width; j++)
        {
            Span<Real> d = new(dy + ((nint)j * count), count);
            TensorPrimitives.Subtract(d, sum, d);
            TensorPrimitives.Multiply(d, new ReadOnlySpan<Real>(y + ((nint)j * count), count), d);
        }

        Span<Real> all = new(dy, width * count);
        TensorPrimitives.Multiply(all, scale, all);
    }

    /// <summary>ln(−ln u) for uniforms u in (0, 1): standard Gumbel noise with its sign turned.</summary>
    private static void LogMinusLog(Span<Real> noise, RandomStream gumbel)
    {
        const int Draws = 256;
        ulong* bits = stackalloc ulong[Draws];
        fixed (Real* to = noise)
        {
            for (int from = 0; from < noise.Length; from += Draws)
            {
                int count = Math.Min(Draws, noise.Length - from);
                gumbel.FillBits(new Span<ulong>(bits, count));
                RandomBits.OpenUnits(bits, count, to + from);
            }
        }

        TensorPrimitives.Log(noise, noise);
        TensorPrimitives.Negate(noise, noise);
        TensorPrimitives.Log(noise, noise);
    }
}

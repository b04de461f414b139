using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Softmax and its relatives, over the last axis or over blocks of it.</summary>
public static unsafe class SoftmaxOps
{
    // Up to here a plain loop is faster than four vector calls, each of which costs about 10 ns to enter.
    private const int Short = 12;

    /// <summary>eˣ/Σeˣ over the last axis.</summary>
    public static Tensor Softmax(this Tensor x) => BlocksNode.Apply(x, null, 1, null);

    /// <summary>
    /// softmax((x + g)/τ) over the last axis with standard Gumbel noise g = −ln(−ln u) (Jang et al. 2017; Maddison et al. 2017).
    /// The gradient is that of the soft sample.
    /// </summary>
    public static Tensor GumbelSoftmax(this Tensor x, Real temperature, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return BlocksNode.Apply(x, null, temperature, stream);
    }

    /// <summary>
    /// The output head of a table generator: each block of columns gets its activation. Softmax blocks are Gumbel-softmax
    /// when <paramref name="gumbel"/> is given.
    /// </summary>
    /// <param name="x">[.., columns].</param>
    /// <param name="blocks">Blocks that cover every column once. Kept, not copied.</param>
    /// <param name="temperature">τ of the softmax blocks.</param>
    /// <param name="gumbel">Source of Gumbel noise; null adds none.</param>
    public static Tensor ActivateBlocks(this Tensor x, OutputBlock[] blocks, Real temperature = 1, RandomStream? gumbel = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(blocks);
        CheckCover(blocks, x.Shape.Columns);
        return BlocksNode.Apply(x, blocks, temperature, gumbel);
    }

    /// <summary>x − ln Σeˣ over the last axis.</summary>
    public static Tensor LogSoftmax(this Tensor x) => LogSoftmaxNode.Apply(x);

    /// <summary>ln Σeˣ over the last axis: [.., columns] → [..].</summary>
    public static Tensor LogSumExp(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return (x.SliceColumns(0, 1) - x.LogSoftmax().SliceColumns(0, 1)).SumColumns();
    }

    /// <summary>y = softmax(x/τ) of one row; y may be x.</summary>
    internal static void Row(ReadOnlySpan<Real> x, Span<Real> y, Real temperature)
    {
        if (x.IsEmpty)
            return;
        if (x.Length <= Short)
        {
            ShortRow(x, y, temperature);
            return;
        }

        Real max = TensorPrimitives.Max(x);
        TensorPrimitives.Subtract(x, max, y);
        if (temperature != 1)
            TensorPrimitives.Divide(y, temperature, y);
        TensorPrimitives.Exp(y, y);
        TensorPrimitives.Divide(y, TensorPrimitives.Sum<Real>(y), y);
    }

    private static void ShortRow(ReadOnlySpan<Real> x, Span<Real> y, Real temperature)
    {
        Real max = x[0], sum = 0;
        for (int i = 1; i < x.Length; i++)
            max = Real.Max(max, x[i]);
        for (int i = 0; i < x.Length; i++)
            sum += y[i] = Real.Exp((x[i] - max) / temperature);
        for (int i = 0; i < y.Length; i++)
            y[i] /= sum;
    }

    /// <summary>ln Σeˣ of one row, without overflow.</summary>
    internal static Real LogSumExpRow(ReadOnlySpan<Real> x, Span<Real> scratch)
    {
        Real max = TensorPrimitives.Max(x);
        TensorPrimitives.Subtract(x, max, scratch);
        TensorPrimitives.Exp(scratch, scratch);
        return max + Real.Log(TensorPrimitives.Sum<Real>(scratch));
    }

    /// <summary>dx = y(dy − Σ y·dy)/τ of one row; dx may be dy.</summary>
    internal static void RowBackward(ReadOnlySpan<Real> dy, ReadOnlySpan<Real> y, Span<Real> dx, Real temperature)
    {
        if (dy.Length <= Short)
        {
            Real along = 0;
            for (int i = 0; i < dy.Length; i++)
                along += dy[i] * y[i];
            for (int i = 0; i < dy.Length; i++)
                dx[i] = y[i] * (dy[i] - along) / temperature;
            return;
        }

        Real mean = TensorPrimitives.Dot(dy, y);
        TensorPrimitives.Subtract(dy, mean, dx);
        TensorPrimitives.Multiply(dx, y, dx);
        if (temperature != 1)
            TensorPrimitives.Divide(dx, temperature, dx);
    }

    private static void CheckCover(OutputBlock[] blocks, int columns)
    {
        int next = 0;
        foreach (OutputBlock block in blocks)
        {
            if (block.Start != next || block.Width < 0)
                throw new ArgumentException($"ActivateBlocks: block at column {block.Start} should start at {next}: blocks cover the columns in order, without gap or overlap.");
            next += block.Width;
        }

        if (next != columns)
            throw new ArgumentException($"ActivateBlocks: the blocks cover {next} columns, x has {columns}.");
    }

    private sealed class LogSoftmaxNode : Node
    {
        private Tensor _x = null!;

        public override string Operation => "LogSoftmax";

        public static Tensor Apply(Tensor x)
        {
            ArgumentNullException.ThrowIfNull(x);
            Tape tape = x.RequireTape("LogSoftmax");
            Tensor y = tape.Allocate(x.Shape);
            int rows = x.Shape.Rows, columns = x.Shape.Columns;
            for (int row = 0; row < rows; row++)
            {
                ReadOnlySpan<Real> from = new(x.Data + ((nint)row * columns), columns);
                Span<Real> to = new(y.Data + ((nint)row * columns), columns);
                TensorPrimitives.Subtract(from, LogSumExpRow(from, to), to);
            }

            if (tape.Record<LogSoftmaxNode>(y, x.NeedsGradient) is { } node)
                node._x = x;
            return y;
        }

        // dx = dy − softmax(x)·Σ dy
        public override void Backward(GradientPass pass)
        {
            int rows = Output.Shape.Rows, columns = Output.Shape.Columns;
            Real* dx = pass.Begin(_x);
            for (int row = 0; row < rows; row++)
            {
                ReadOnlySpan<Real> dy = new(Output.GradientData + ((nint)row * columns), columns);
                Span<Real> to = new(dx + ((nint)row * columns), columns);
                TensorPrimitives.Exp(new ReadOnlySpan<Real>(Output.Data + ((nint)row * columns), columns), to);
                TensorPrimitives.Multiply(to, -TensorPrimitives.Sum(dy), to);
                TensorPrimitives.Add(to, dy, to);
            }

            pass.End(_x, dx);
        }
    }
}

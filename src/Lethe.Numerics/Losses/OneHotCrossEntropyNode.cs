using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Losses;

/// <summary>Cross-entropy against one-hot targets: for every one ln Σeˣ over its block − x there, slope softmax(x) − 1 there.</summary>
internal sealed unsafe class OneHotCrossEntropyNode : Node
{
    private Tensor _x = null!;
    private OneHotRows _target = null!;
    private OutputBlock[] _blocks = null!;

    public override string Operation => "BlockCrossEntropy";

    public static Tensor Apply(Tensor x, OneHotRows target, OutputBlock[] blocks)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(blocks);
        int rows = x.Shape.Rows, columns = x.Shape.Columns, widest = 0;
        foreach (OutputBlock block in blocks)
            widest = block.Start < 0 || block.Start + block.Width > columns ? int.MaxValue : Math.Max(widest, block.Width);
        if (x.Shape.Rank != 2 || target.Count != rows || target.Width != columns || widest > columns)
            throw new ArgumentException($"BlockCrossEntropy: logits {x.Shape} must have two axes and hold every block; there are {target.Count} one-hot rows of {target.Width} columns.");
        target.RequireInside("BlockCrossEntropy");
        Tape tape = x.RequireTape("BlockCrossEntropy");
        Tensor y = tape.Allocate(new Shape(rows));
        Real* scratch = tape.Rent(widest);
        for (int row = 0; row < rows; row++)
        {
            Real sum = 0;
            Real* logits = x.Data + ((nint)row * columns);
            foreach (int one in target.Positions(row))
            {
                if (Holding(blocks, one) is { Width: > 0 } block)
                    sum += SoftmaxOps.LogSumExpRow(new ReadOnlySpan<Real>(logits + block.Start, block.Width), new Span<Real>(scratch, block.Width)) - logits[one];
            }

            y.Data[row] = sum;
        }

        tape.Return(scratch, widest);
        if (tape.Record<OneHotCrossEntropyNode>(y, x.NeedsGradient) is { } node)
            (node._x, node._target, node._blocks) = (x, target, blocks);
        return y;
    }

    public override void Backward(GradientPass pass)
    {
        int rows = _x.Shape.Rows, columns = _x.Shape.Columns;
        if (!pass.OpenForProduct(_x))
            new Span<Real>(_x.GradientData, _x.Length).Clear();
        Tape tape = _x.Tape!;
        Real* softmax = tape.Rent(columns);
        for (int row = 0; row < rows; row++)
        {
            nint first = (nint)row * columns;
            Real upstream = Output.GradientData[row];
            foreach (int one in _target.Positions(row))
            {
                if (Holding(_blocks, one) is not { Width: > 0 } block)
                    continue;
                Real* dx = _x.GradientData + first + block.Start;
                SoftmaxOps.Row(new ReadOnlySpan<Real>(_x.Data + first + block.Start, block.Width), new Span<Real>(softmax, block.Width), 1);
                softmax[one - block.Start]--;
                for (int i = 0; i < block.Width; i++)
                    dx[i] += upstream * softmax[i];
            }
        }

        tape.Return(softmax, columns);
    }

    /// <summary>The softmax block that holds a column; of width 0 where there is none.</summary>
    private static OutputBlock Holding(OutputBlock[] blocks, int column)
    {
        foreach (OutputBlock block in blocks)
        {
            if (column >= block.Start && column < block.Start + block.Width && block.Activation == BlockActivation.Softmax)
                return block;
        }

        return default;
    }
}

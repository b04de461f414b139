using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Losses;

/// <summary>Cross-entropy against target rows, block by block: (Σt) ln Σeˣ − Σ t x, slope (Σt) softmax(x) − t.</summary>
internal sealed unsafe class BlockCrossEntropyNode : Node
{
    private Tensor _x = null!, _target = null!;
    private OutputBlock[] _blocks = null!;

    public override string Operation => "BlockCrossEntropy";

    public static Tensor Apply(Tensor x, Tensor target, OutputBlock[] blocks)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(blocks);
        LossShapes.RequireEqual("BlockCrossEntropy", x, target);
        int rows = x.Shape.Rows, columns = x.Shape.Columns;
        if (x.Shape.Rank != 2 || blocks.Any(block => block.Start < 0 || block.Start + block.Width > columns))
            throw new ArgumentException($"BlockCrossEntropy: logits {x.Shape} must have two axes and hold every block.");
        Tape tape = x.RequireTape("BlockCrossEntropy");
        Tensor y = tape.Allocate(new Shape(rows));
        Real* scratch = tape.Rent(columns);
        for (int row = 0; row < rows; row++)
        {
            Real sum = 0;
            foreach (OutputBlock block in blocks)
            {
                if (block.Activation != BlockActivation.Softmax)
                    continue;
                ReadOnlySpan<Real> logits = new(x.Data + ((nint)row * columns) + block.Start, block.Width), t = new(target.Data + ((nint)row * columns) + block.Start, block.Width);
                Real total = TensorPrimitives.Sum(t);
                if (total != 0)
                    sum += (total * SoftmaxOps.LogSumExpRow(logits, new Span<Real>(scratch, block.Width))) - TensorPrimitives.Dot(t, logits);
            }

            y.Data[row] = sum;
        }

        tape.Return(scratch, columns);
        if (tape.Record<BlockCrossEntropyNode>(y, x.NeedsGradient) is { } node)
            (node._x, node._target, node._blocks) = (x, target, blocks);
        return y;
    }

    public override void Backward(GradientPass pass)
    {
        int rows = _x.Shape.Rows, columns = _x.Shape.Columns;
        Real* dx = pass.Begin(_x);
        new Span<Real>(dx, _x.Length).Clear();
        for (int row = 0; row < rows; row++)
        {
            foreach (OutputBlock block in _blocks)
            {
                if (block.Activation != BlockActivation.Softmax)
                    continue;
                nint at = ((nint)row * columns) + block.Start;
                ReadOnlySpan<Real> t = new(_target.Data + at, block.Width);
                Span<Real> to = new(dx + at, block.Width);
                Real total = TensorPrimitives.Sum(t);
                if (total == 0)
                    continue;
                SoftmaxOps.Row(new ReadOnlySpan<Real>(_x.Data + at, block.Width), to, 1);
                TensorPrimitives.Multiply(to, total, to);
                TensorPrimitives.Subtract(to, t, to);
                TensorPrimitives.Multiply(to, Output.GradientData[row], to);
            }
        }

        pass.End(_x, dx);
    }
}

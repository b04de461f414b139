using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Exchange of the two inner axes.</summary>
public static unsafe class TransposeOps
{
    // A square of this many numbers is read and written within few cache lines.
    private const int Block = 16;

    /// <summary>[examples, a, b] → [examples, b, a]: steps become columns, so that maps over time are products of rows.</summary>
    public static Tensor TransposeInner(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Shape.Rank == 3
            ? TransposeNode.Apply(x)
            : throw new ArgumentException($"TransposeInner: {x.Shape} should have three axes.", nameof(x));
    }

    private static void Run(Real* from, Real* to, int examples, int rows, int columns)
    {
        for (int e = 0; e < examples; e++, from += (nint)rows * columns, to += (nint)rows * columns)
        {
            for (int i0 = 0; i0 < rows; i0 += Block)
            {
                int i1 = Math.Min(rows, i0 + Block);
                for (int j = 0; j < columns; j++)
                {
                    Real* source = from + ((nint)i0 * columns) + j, target = to + ((nint)j * rows);
                    for (int i = i0; i < i1; i++, source += columns)
                        target[i] = *source;
                }
            }
        }
    }

    private sealed class TransposeNode : Node
    {
        private Tensor _x = null!;

        public override string Operation => "TransposeInner";

        public static Tensor Apply(Tensor x)
        {
            Tape tape = x.RequireTape("TransposeInner");
            Tensor y = tape.Allocate(new Shape(x.Shape[0], x.Shape[2], x.Shape[1]));
            Run(x.Data, y.Data, x.Shape[0], x.Shape[1], x.Shape[2]);
            if (tape.Record<TransposeNode>(y, x.NeedsGradient) is { } node)
                node._x = x;
            return y;
        }

        public override void Backward(GradientPass pass)
        {
            Real* dx = pass.Begin(_x);
            Run(Output.GradientData, dx, Output.Shape[0], Output.Shape[1], Output.Shape[2]);
            pass.End(_x, dx);
        }

        public override void BackwardOnTape(Tensor outputGradient, InputGradient gradient)
        {
            if (InputGradient.Leads(_x))
                gradient.Add(_x, outputGradient.TransposeInner());
        }
    }
}

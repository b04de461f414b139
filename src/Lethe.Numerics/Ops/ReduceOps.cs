using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Sums, means and norms.</summary>
public static unsafe class ReduceOps
{
    /// <summary>The sum of all elements, one number. Summed in double over blocks.</summary>
    public static Tensor Sum(this Tensor x) => TotalNode.Apply(x, 1);

    /// <summary>The mean of all elements, one number; 0 for an empty tensor.</summary>
    public static Tensor Mean(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return TotalNode.Apply(x, x.Length == 0 ? 0 : 1 / (Real)x.Length);
    }

    /// <summary>Sums over the last axis: [.., columns] → [..] (a vector becomes one number).</summary>
    public static Tensor SumColumns(this Tensor x) => RowTotalNode.Apply(x, 1);

    /// <summary>Means over the last axis: [.., columns] → [..].</summary>
    public static Tensor MeanColumns(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return RowTotalNode.Apply(x, 1 / (Real)Math.Max(x.Shape.Columns, 1));
    }

    /// <summary>Sums over all axes but the first: one number per example, [examples].</summary>
    public static Tensor SumPerExample(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Reshape(new Shape(x.Shape[0], x.Shape[0] == 0 ? 0 : x.Length / x.Shape[0])).SumColumns();
    }

    /// <summary>Means over all axes but the first: one number per example, [examples].</summary>
    public static Tensor MeanPerExample(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Reshape(new Shape(x.Shape[0], x.Shape[0] == 0 ? 0 : x.Length / x.Shape[0])).MeanColumns();
    }

    /// <summary>
    /// Euclidean norm of each row of the last axis: √(Σ x² + <paramref name="epsilon"/>). The slope at a zero row with
    /// epsilon 0 is taken as 0.
    /// </summary>
    public static Tensor RowNorm(this Tensor x, Real epsilon = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor squares = x.Square().SumColumns();
        return epsilon > 0 ? (squares + epsilon).Sqrt() : UnaryNode<NormFunction>.Apply(squares);
    }

    /// <summary>Sums over the axes that <paramref name="shape"/> repeats; the reverse of broadcasting.</summary>
    public static Tensor SumTo(this Tensor x, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape == shape)
            return x;
        if (x.Length == shape.Length)
            return x.Reshape(shape);
        Tape tape = x.RequireTape("SumTo");
        Tensor y = tape.Allocate(shape);
        SumToKernel(x.Data, x.Shape, y.Data, shape);
        if (tape.Record<SumToNode>(y, x.NeedsGradient) is { } node)
            node.X = x;
        return y;
    }

    internal static void SumToKernel(Real* source, Shape from, Real* target, Shape to)
    {
        Broadcast loop = Broadcast.Of("SumTo", from, to);
        if (loop.Result != from)
            throw new ArgumentException($"SumTo: {from} does not sum to {to}.");
        new Span<Real>(target, to.Length).Clear();
        for (int i = 0; i < loop.N0; i++)
        {
            for (int j = 0; j < loop.N1; j++)
            {
                for (int k = 0; k < loop.N2; k++, source += loop.Inner)
                {
                    Real* t = target + ((nint)i * loop.B0) + ((nint)j * loop.B1) + ((nint)k * loop.B2);
                    if (loop.BInner == 0)
                        *t += TensorPrimitives.Sum(new ReadOnlySpan<Real>(source, loop.Inner));
                    else
                        Elementwise.AddTo(t, source, loop.Inner);
                }
            }
        }
    }

    /// <summary>factor·Σ x.</summary>
    private sealed class TotalNode : Node
    {
        private Tensor _x = null!;
        private Real _factor;

        public override string Operation => "Sum";

        public static Tensor Apply(Tensor x, Real factor)
        {
            ArgumentNullException.ThrowIfNull(x);
            Tape tape = x.RequireTape("Sum");
            Tensor y = tape.Allocate(Shape.Scalar);
            y.Data[0] = (Real)(Reductions.Sum(x.Data, x.Length) * factor);
            if (tape.Record<TotalNode>(y, x.NeedsGradient) is { } node)
                (node._x, node._factor) = (x, factor);
            return y;
        }

        public override void Backward(GradientPass pass)
        {
            Real* dx = pass.Begin(_x);
            new Span<Real>(dx, _x.Length).Fill(Output.GradientData[0] * _factor);
            pass.End(_x, dx);
        }

        public override void BackwardOnTape(Tensor outputGradient, InputGradient gradient) =>
            gradient.Add(_x, (outputGradient * _factor) + Output.Tape!.Constant(_x.Shape, 0));
    }

    /// <summary>factor·Σ over the last axis.</summary>
    private sealed class RowTotalNode : Node
    {
        private Tensor _x = null!;
        private Real _factor;

        public override string Operation => "SumColumns";

        public static Tensor Apply(Tensor x, Real factor)
        {
            ArgumentNullException.ThrowIfNull(x);
            Tape tape = x.RequireTape("SumColumns");
            int rows = x.Shape.Rows, columns = x.Shape.Columns;
            Tensor y = tape.Allocate(x.Shape.Rank == 1 ? Shape.Scalar : Shape.From(x.Shape.ToArray().AsSpan(..^1)));
            for (int row = 0; row < rows; row++)
                y.Data[row] = factor * TensorPrimitives.Sum(new ReadOnlySpan<Real>(x.Data + ((nint)row * columns), columns));
            if (tape.Record<RowTotalNode>(y, x.NeedsGradient) is { } node)
                (node._x, node._factor) = (x, factor);
            return y;
        }

        public override void Backward(GradientPass pass)
        {
            Real* dx = pass.Begin(_x);
            int columns = _x.Shape.Columns;
            for (int row = 0; row < Output.Length; row++)
                new Span<Real>(dx + ((nint)row * columns), columns).Fill(Output.GradientData[row] * _factor);
            pass.End(_x, dx);
        }

        public override void BackwardOnTape(Tensor outputGradient, InputGradient gradient) =>
            gradient.Add(_x, (outputGradient * _factor).Reshape(_x.Shape.WithColumns(1)) + Output.Tape!.Constant(_x.Shape, 0));
    }

    private sealed class SumToNode : Node
    {
        public Tensor X { get; set; } = null!;

        public override string Operation => "SumTo";

        public override void Backward(GradientPass pass)
        {
            Real* dx = pass.Begin(X);
            Broadcast loop = Broadcast.Of(Operation, X.Shape, Output.Shape);
            Real* at = dx;
            for (int i = 0; i < loop.N0; i++)
            {
                for (int j = 0; j < loop.N1; j++)
                {
                    for (int k = 0; k < loop.N2; k++, at += loop.Inner)
                    {
                        Real* t = Output.GradientData + ((nint)i * loop.B0) + ((nint)j * loop.B1) + ((nint)k * loop.B2);
                        if (loop.BInner == 0)
                            new Span<Real>(at, loop.Inner).Fill(*t);
                        else
                            new ReadOnlySpan<Real>(t, loop.Inner).CopyTo(new Span<Real>(at, loop.Inner));
                    }
                }
            }

            pass.End(X, dx);
        }

        public override void BackwardOnTape(Tensor outputGradient, InputGradient gradient) =>
            gradient.Add(X, outputGradient + Output.Tape!.Constant(X.Shape, 0));
    }
}

/// <summary>√x with slope 0 at 0: the norm of a zero vector has no direction.</summary>
internal readonly struct NormFunction : IUnary
{
    public static string Name => "RowNorm";

    public static bool SlopeFromOutput => true;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q) => TensorPrimitives.Sqrt(x, y);

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        for (int i = 0; i < dy.Length; i++)
            dy[i] = s[i] > 0 ? dy[i] / (2 * s[i]) : 0;
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => dy / (y * 2);
}

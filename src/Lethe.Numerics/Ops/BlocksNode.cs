using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>
/// Softmax of rows or of blocks of rows, with Gumbel noise where asked, and the other activations of an output head. Blocks are
/// narrow (levels of a category), so logarithms, exponentials and tanh run over whole rows and blocks only normalise.
/// </summary>
internal sealed unsafe class BlocksNode : Node
{
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
        int rows = x.Shape.Rows, columns = x.Shape.Columns;
        Real* scratch = tape.Rent(Math.Max(columns, 1));
        Span<Real> other = new(scratch, columns);
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<Real> from = new(x.Data + ((nint)row * columns), columns);
            Span<Real> to = new(y.Data + ((nint)row * columns), columns);
            if (gumbel is not null)
            {
                AddGumbel(from, to, blocks, gumbel);
                from = to;
            }

            if (blocks is null)
                SoftmaxOps.Row(from, to, temperature);
            else
                Head(blocks, new ReadOnlySpan<Real>(x.Data + ((nint)row * columns), columns), from, to, other, temperature);
        }

        tape.Return(scratch, Math.Max(columns, 1));
        if (tape.Record<BlocksNode>(y, x.NeedsGradient) is { } node)
            (node._x, node._blocks, node._temperature) = (x, blocks, temperature);
        return y;
    }

    public override void Backward(GradientPass pass)
    {
        int rows = Output.Shape.Rows, columns = Output.Shape.Columns;
        for (int row = 0; row < rows; row++)
        {
            Span<Real> dy = new(Output.GradientData + ((nint)row * columns), columns);
            ReadOnlySpan<Real> y = new(Output.Data + ((nint)row * columns), columns);
            if (_blocks is null)
            {
                SoftmaxOps.RowBackward(dy, y, dy, _temperature);
                continue;
            }

            foreach (OutputBlock block in _blocks)
            {
                Span<Real> d = dy.Slice(block.Start, block.Width);
                ReadOnlySpan<Real> v = y.Slice(block.Start, block.Width);
                switch (block.Activation)
                {
                    case BlockActivation.Tanh: TanhFunction.Backward(d, v, 0, 0); break;
                    case BlockActivation.Sigmoid: SigmoidFunction.Backward(d, v, 0, 0); break;
                    case BlockActivation.Softmax: SoftmaxOps.RowBackward(d, v, d, _temperature); break;
                }
            }
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

    /// <summary>One row of an output head; <paramref name="noisy"/> holds the logits of the softmax blocks.</summary>
    private static void Head(OutputBlock[] blocks, ReadOnlySpan<Real> x, ReadOnlySpan<Real> noisy, Span<Real> y, Span<Real> other, Real temperature)
    {
        bool tanh = false;
        foreach (OutputBlock block in blocks)
        {
            tanh |= block.Activation == BlockActivation.Tanh;
            if (block.Activation == BlockActivation.Softmax && block.Width > 0)
                ScaleToMax(noisy.Slice(block.Start, block.Width), y.Slice(block.Start, block.Width), temperature);
            else
                y.Slice(block.Start, block.Width).Clear();
        }

        TensorPrimitives.Exp(y, y);
        if (tanh)
            TensorPrimitives.Tanh(x, other);
        foreach (OutputBlock block in blocks)
        {
            Span<Real> to = y.Slice(block.Start, block.Width);
            switch (block.Activation)
            {
                case BlockActivation.Softmax: Normalise(to); break;
                case BlockActivation.Tanh: other.Slice(block.Start, block.Width).CopyTo(to); break;
                case BlockActivation.Sigmoid: TensorPrimitives.Sigmoid(x.Slice(block.Start, block.Width), to); break;
                default: x.Slice(block.Start, block.Width).CopyTo(to); break;
            }
        }
    }

    // y = (x − max x)/τ
    private static void ScaleToMax(ReadOnlySpan<Real> x, Span<Real> y, Real temperature)
    {
        Real max = x[0];
        for (int i = 1; i < x.Length; i++)
            max = Real.Max(max, x[i]);
        for (int i = 0; i < x.Length; i++)
            y[i] = (x[i] - max) / temperature;
    }

    private static void Normalise(Span<Real> y)
    {
        Real sum = 0;
        for (int i = 0; i < y.Length; i++)
            sum += y[i];
        for (int i = 0; i < y.Length; i++)
            y[i] /= sum;
    }

    // y = x − ln(−ln u) in the softmax blocks; columns of other blocks draw nothing and hold nothing of use.
    private static void AddGumbel(ReadOnlySpan<Real> x, Span<Real> y, OutputBlock[]? blocks, RandomStream gumbel)
    {
        if (blocks is null)
        {
            Draw(y, gumbel);
        }
        else
        {
            y.Fill((Real)0.5);
            foreach (OutputBlock block in blocks)
            {
                if (block.Activation == BlockActivation.Softmax)
                    Draw(y.Slice(block.Start, block.Width), gumbel);
            }
        }

        TensorPrimitives.Log(y, y);
        TensorPrimitives.Negate(y, y);
        TensorPrimitives.Log(y, y);
        TensorPrimitives.Subtract(x, y, y);
    }

    // Uniforms in (0, 1) may round to 1 in single precision, whose double logarithm is −∞: keep them below.
    private static void Draw(Span<Real> u, RandomStream gumbel)
    {
        for (int i = 0; i < u.Length; i++)
            u[i] = (Real)Math.Min(gumbel.NextOpenDouble(), 1 - 6e-8);
    }
}

using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>
/// Softmax of rows or of blocks of rows, with Gumbel noise where asked, and the other activations of an output head. Blocks are
/// narrow (levels of a category), so columns of one kind are first laid side by side for many rows: logarithms, exponentials and
/// tanh then run over long vectors, and short loops only find the maxima and sums of blocks.
/// </summary>
internal sealed unsafe class BlocksNode : Node
{
    // Numbers laid side by side at a time: 16 KB of single precision.
    private const int Chunk = 4096;

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
                    case BlockActivation.Softmax: SoftmaxBackward(d, v, 1 / _temperature); break;
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
        int rows = x.Shape.Rows, columns = x.Shape.Columns, soft = 0, tanh = 0;
        foreach (OutputBlock block in blocks)
        {
            soft += block.Activation == BlockActivation.Softmax ? block.Width : 0;
            tanh += block.Activation == BlockActivation.Tanh ? block.Width : 0;
        }

        int together = Math.Max(1, Math.Min(rows, Chunk / Math.Max(columns, 1))), length = Math.Max(together * columns, 1);
        Real* side = x.Tape!.Rent(length);
        for (int row = 0; row < rows; row += together)
        {
            int count = Math.Min(together, rows - row);
            Real* from = x.Data + ((nint)row * columns), to = y.Data + ((nint)row * columns);
            if (soft > 0)
            {
                Span<Real> softs = new(side, count * soft);
                if (gumbel is not null)
                    LogMinusLog(softs, gumbel);
                ScaleToMax(from, count, columns, blocks, side, gumbel is not null, 1 / temperature);
                TensorPrimitives.Exp(softs, softs);
                Normalise(side, count, columns, blocks, to);
            }

            if (tanh > 0)
            {
                Span<Real> tanhs = new(side, count * tanh);
                Gather(from, count, columns, blocks, side);
                TensorPrimitives.Tanh(tanhs, tanhs);
                Scatter(side, count, columns, blocks, to);
            }

            if (soft + tanh < columns)
                Others(from, count, columns, blocks, to);
        }

        x.Tape!.Return(side, length);
    }

    /// <summary>side = (x − g − max)/τ, block by block, where side held ln(−ln u) = −g if there is noise.</summary>
    private static void ScaleToMax(Real* x, int rows, int columns, OutputBlock[] blocks, Real* side, bool noisy, Real scale)
    {
        for (int row = 0; row < rows; row++, x += columns)
        {
            foreach (OutputBlock block in blocks)
            {
                if (block.Activation != BlockActivation.Softmax)
                    continue;
                Real* from = x + block.Start;
                Real max = Real.NegativeInfinity;
                for (int i = 0; i < block.Width; i++)
                {
                    Real value = noisy ? from[i] - side[i] : from[i];
                    side[i] = value;
                    max = Real.MaxNative(value, max);
                }

                for (int i = 0; i < block.Width; i++)
                    side[i] = (side[i] - max) * scale;
                side += block.Width;
            }
        }
    }

    private static void Normalise(Real* side, int rows, int columns, OutputBlock[] blocks, Real* y)
    {
        for (int row = 0; row < rows; row++, y += columns)
        {
            foreach (OutputBlock block in blocks)
            {
                if (block.Activation != BlockActivation.Softmax)
                    continue;
                Real* to = y + block.Start;
                Real sum = 0;
                for (int i = 0; i < block.Width; i++)
                    sum += side[i];
                Real factor = 1 / sum;
                for (int i = 0; i < block.Width; i++)
                    to[i] = side[i] * factor;
                side += block.Width;
            }
        }
    }

    private static void Gather(Real* x, int rows, int columns, OutputBlock[] blocks, Real* side)
    {
        for (int row = 0; row < rows; row++, x += columns)
        {
            foreach (OutputBlock block in blocks)
            {
                if (block.Activation != BlockActivation.Tanh)
                    continue;
                for (int i = 0; i < block.Width; i++)
                    *side++ = x[block.Start + i];
            }
        }
    }

    private static void Scatter(Real* side, int rows, int columns, OutputBlock[] blocks, Real* y)
    {
        for (int row = 0; row < rows; row++, y += columns)
        {
            foreach (OutputBlock block in blocks)
            {
                if (block.Activation != BlockActivation.Tanh)
                    continue;
                for (int i = 0; i < block.Width; i++)
                    y[block.Start + i] = *side++;
            }
        }
    }

    private static void Others(Real* x, int rows, int columns, OutputBlock[] blocks, Real* y)
    {
        for (int row = 0; row < rows; row++, x += columns, y += columns)
        {
            foreach (OutputBlock block in blocks)
            {
                ReadOnlySpan<Real> from = new(x + block.Start, block.Width);
                Span<Real> to = new(y + block.Start, block.Width);
                if (block.Activation == BlockActivation.Sigmoid)
                    TensorPrimitives.Sigmoid(from, to);
                else if (block.Activation == BlockActivation.None)
                    from.CopyTo(to);
            }
        }
    }

    // dx = y(dy − Σ y·dy)/τ, in place
    private static void SoftmaxBackward(Span<Real> dy, ReadOnlySpan<Real> y, Real scale)
    {
        Real along = 0;
        for (int i = 0; i < dy.Length; i++)
            along += dy[i] * y[i];
        for (int i = 0; i < dy.Length; i++)
            dy[i] = y[i] * (dy[i] - along) * scale;
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

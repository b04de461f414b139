using System.Numerics;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Batch normalisation (Ioffe and Szegedy 2015).</summary>
public static unsafe class BatchNormOps
{
    /// <summary>
    /// γ·(x − mean)/√(var + ε) + β per column over the batch, biased variance. Writes the batch's mean and unbiased variance to
    /// the last two arguments. One example changes every other one's result, so private training refuses it.
    /// </summary>
    /// <param name="x">[.., d].</param>
    /// <param name="gamma">[d].</param>
    /// <param name="beta">[d].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="batchMean">Receives the mean per column.</param>
    /// <param name="batchVariance">Receives the unbiased variance per column.</param>
    internal static Tensor BatchNorm(this Tensor x, Tensor gamma, Tensor beta, Real epsilon, Span<Real> batchMean, Span<Real> batchVariance) =>
        BatchNormNode.Apply(x, gamma, beta, epsilon, batchMean, batchVariance);

    private sealed class BatchNormNode : Node
    {
        private Tensor _x = null!, _gamma = null!, _beta = null!, _normed = null!, _scales = null!;

        public override string Operation => "BatchNorm";

        public static Tensor Apply(Tensor x, Tensor gamma, Tensor beta, Real epsilon, Span<Real> batchMean, Span<Real> batchVariance)
        {
            Tape tape = x.RequireTape("BatchNorm");
            int n = x.Shape.Rows, d = x.Shape.Columns;
            if (gamma.Length != d || beta.Length != d)
                throw new ArgumentException($"BatchNorm: x {x.Shape} needs scale and shift of length {d}; found {gamma.Shape} and {beta.Shape}.");
            if (n < 2)
                throw new ArgumentException($"BatchNorm: a batch of {n} rows has no variance. Use batches of at least two rows, or evaluation mode.");
            Tensor y = tape.Allocate(x.Shape), normed = tape.Allocate(x.Shape), scales = tape.Allocate(new Shape(d));
            Reductions.SumRows(x.Data, n, d, d, null, scales.Data, accumulate: false);
            TensorPrimitives.Divide(scales.Values, n, batchMean);
            Span<Real> variance = scales.Values;
            fixed (Real* mean = batchMean)
            {
                Reductions.SquaredDeviations(x.Data, n, d, mean, scales.Data);
                TensorPrimitives.Divide(variance, n - 1, batchVariance);
                for (int j = 0; j < d; j++)
                    variance[j] = 1 / Real.Sqrt((variance[j] / n) + epsilon);
                for (int row = 0; row < n; row++)
                    Normalise(x.Data + ((nint)row * d), mean, scales.Data, gamma.Data, beta.Data, normed.Data + ((nint)row * d), y.Data + ((nint)row * d), d);
            }

            if (tape.Record<BatchNormNode>(y, x.NeedsGradient || gamma.NeedsGradient || beta.NeedsGradient) is { } node)
                (node._x, node._gamma, node._beta, node._normed, node._scales) = (x, gamma, beta, normed, scales);
            return y;
        }

        // dx = γ/(n s)·(n δ − Σδ − x̂ Σ(δ x̂)), sums per column over the batch
        public override void Backward(GradientPass pass)
        {
            pass.RequireSeparable("BatchNorm", "LayerNorm, RmsNorm or GroupNorm");
            int n = Output.Shape.Rows, d = Output.Shape.Columns;
            Tape tape = Output.Tape!;
            Real* sums = tape.Rent(2 * d);
            Span<Real> sumDelta = new(sums, d), sumProduct = new(sums + d, d);
            Rows delta = Rows.OfGradient(Output);
            Reductions.SumAndProduct(delta.Data, _normed.Data, n, d, sums, sums + d);
            pass.RowSum(_beta, new Rows(sums, 1, d, d));
            pass.RowSum(_gamma, new Rows(sums + d, 1, d, d));
            if (pass.Wants(_x))
            {
                TensorPrimitives.Divide(sumDelta, n, sumDelta);
                TensorPrimitives.Divide(sumProduct, n, sumProduct);
                Real* factor = tape.Rent(d);
                Span<Real> f = new(factor, d);
                TensorPrimitives.Multiply(_gamma.Values, _scales.Values, f);
                Real* dx = pass.Begin(_x);
                for (int row = 0; row < n; row++)
                    Share(delta.Data + ((nint)row * d), _normed.Data + ((nint)row * d), sums, sums + d, factor, dx + ((nint)row * d), d);

                pass.End(_x, dx);
                tape.Return(factor, d);
            }

            tape.Return(sums, 2 * d);
        }

        // x̂ = (x − mean)·scale, y = γ x̂ + β
        private static void Normalise(Real* x, Real* mean, Real* scale, Real* gamma, Real* beta, Real* hat, Real* y, int d)
        {
            int v = Vector<Real>.Count, j = 0;
            for (; j + v <= d; j += v)
            {
                Vector<Real> h = (Vector.Load(x + j) - Vector.Load(mean + j)) * Vector.Load(scale + j);
                h.Store(hat + j);
                ((h * Vector.Load(gamma + j)) + Vector.Load(beta + j)).Store(y + j);
            }

            for (; j < d; j++)
            {
                hat[j] = (x[j] - mean[j]) * scale[j];
                y[j] = (hat[j] * gamma[j]) + beta[j];
            }
        }

        // dx = f·(δ − mean δ − x̂·mean(δ x̂))
        private static void Share(Real* delta, Real* hat, Real* meanDelta, Real* meanProduct, Real* factor, Real* dx, int d)
        {
            int v = Vector<Real>.Count, j = 0;
            for (; j + v <= d; j += v)
                ((Vector.Load(delta + j) - Vector.Load(meanDelta + j) - (Vector.Load(hat + j) * Vector.Load(meanProduct + j))) * Vector.Load(factor + j)).Store(dx + j);
            for (; j < d; j++)
                dx[j] = (delta[j] - meanDelta[j] - (hat[j] * meanProduct[j])) * factor[j];
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Batch normalisation (Ioffe and Szegedy 2015).</summary>
public static unsafe class BatchNormOps
{
    /// <summary>
    /// γ·(x − mean)/√(var + ε) + β per column over the batch, biased variance; below zero 0 where rectified. Writes the batch's mean
    /// and unbiased variance to the last two arguments. One example changes every other one's result, so private training refuses it.
    /// </summary>
    /// <param name="x">[.., d].</param>
    /// <param name="gamma">[d].</param>
    /// <param name="beta">[d].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="rectify">Whether ReLU follows, in the same pass.</param>
    /// <param name="batchMean">Receives the mean per column.</param>
    /// <param name="batchVariance">Receives the unbiased variance per column.</param>
    internal static Tensor BatchNorm(this Tensor x, Tensor gamma, Tensor beta, Real epsilon, bool rectify, Span<Real> batchMean, Span<Real> batchVariance) =>
        BatchNormNode.Apply(x, gamma, beta, epsilon, rectify, batchMean, batchVariance);

    private sealed class BatchNormNode : Node
    {
        // Columns are walked in strips, so that what one pass over the rows has read is still in the second-level cache for the
        // next: 500 rows × 64 columns × 4 bytes are 128 KB. Two vectors of a row at a time: a whole cache line.
        private const int Strip = 64;

        private Tensor _x = null!, _gamma = null!, _beta = null!, _mean = null!, _scale = null!;
        private bool _rectify;

        public override string Operation => "BatchNorm";

        public static Tensor Apply(Tensor x, Tensor gamma, Tensor beta, Real epsilon, bool rectify, Span<Real> batchMean, Span<Real> batchVariance)
        {
            Tape tape = x.RequireTape("BatchNorm");
            int n = x.Shape.Rows, d = x.Shape.Columns;
            if (gamma.Length != d || beta.Length != d)
                throw new ArgumentException($"BatchNorm: x {x.Shape} needs scale and shift of length {d}; found {gamma.Shape} and {beta.Shape}.");
            if (n < 2)
                throw new ArgumentException($"BatchNorm: a batch of {n} rows has no variance. Use batches of at least two rows, or evaluation mode.");
            Tensor y = tape.Allocate(x.Shape), mean = tape.Allocate(new Shape(d)), scale = tape.Allocate(new Shape(d));
            for (int j = 0; j < d; j += Strip)
            {
                int width = Math.Min(Strip, d - j);
                Span<Real> means = mean.Values.Slice(j, width), scales = scale.Values.Slice(j, width);
                Reductions.SumRows(x.Data + j, n, width, d, null, mean.Data + j, accumulate: false);
                TensorPrimitives.Divide(means, n, means);
                Reductions.SquaredDeviations(x.Data + j, n, width, d, mean.Data + j, scale.Data + j);
                TensorPrimitives.Divide(scales, n - 1, batchVariance.Slice(j, width));
                for (int i = 0; i < width; i++)
                    scales[i] = 1 / Real.Sqrt((scales[i] / n) + epsilon);
                Normalise(x.Data + j, n, width, d, mean.Data + j, scale.Data + j, gamma.Data + j, beta.Data + j, y.Data + j, rectify);
            }

            mean.Values.CopyTo(batchMean);
            if (tape.Record<BatchNormNode>(y, x.NeedsGradient || gamma.NeedsGradient || beta.NeedsGradient) is { } node)
                (node._x, node._gamma, node._beta, node._mean, node._scale, node._rectify) = (x, gamma, beta, mean, scale, rectify);
            return y;
        }

        // dx = γ/(n s)·(n δ − Σδ − x̂ Σ(δ x̂)), sums per column over the batch; takes the place of the output's gradient
        public override void Backward(GradientPass pass)
        {
            pass.RequireSeparable("BatchNorm", "LayerNorm, RmsNorm or GroupNorm");
            int n = Output.Shape.Rows, d = Output.Shape.Columns;
            Tape tape = Output.Tape!;
            Real* sums = tape.Rent(3 * d), products = sums + d, factor = sums + (2 * d), delta = Output.GradientData;
            TensorPrimitives.Multiply(_gamma.Values, _scale.Values, new Span<Real>(factor, d));
            bool wanted = pass.Wants(_x);
            for (int j = 0; j < d; j += Strip)
            {
                int width = Math.Min(Strip, d - j);
                Real* gamma = _rectify ? _gamma.Data + j : null, beta = _beta.Data + j;
                Sums(delta + j, _x.Data + j, n, width, d, _mean.Data + j, _scale.Data + j, gamma, beta, sums + j, products + j);
                if (wanted)
                    Share(delta + j, _x.Data + j, n, width, d, _mean.Data + j, _scale.Data + j, gamma, beta, sums + j, products + j, factor + j);
            }

            pass.RowSum(_beta, new Rows(sums, 1, d, d));
            pass.RowSum(_gamma, new Rows(products, 1, d, d));
            if (wanted)
                pass.PassOn(_x, Output);
            tape.Return(sums, 3 * d);
        }

        // y = γ (x − mean)·scale + β, not below 0 where rectified; NaN stays NaN
        private static void Normalise(Real* x, int rows, int width, nint stride, Real* mean, Real* scale, Real* gamma, Real* beta, Real* y, bool rectify)
        {
            int v = Vector<Real>.Count, j = 0;
            for (; j + (2 * v) <= width; j += 2 * v)
            {
                Vector<Real> m0 = Vector.Load(mean + j), s0 = Vector.Load(scale + j), g0 = Vector.Load(gamma + j), b0 = Vector.Load(beta + j);
                Vector<Real> m1 = Vector.Load(mean + j + v), s1 = Vector.Load(scale + j + v), g1 = Vector.Load(gamma + j + v), b1 = Vector.Load(beta + j + v);
                nint at = j;
                for (int r = 0; r < rows; r++, at += stride)
                {
                    Vector<Real> z0 = ((Vector.Load(x + at) - m0) * s0 * g0) + b0, z1 = ((Vector.Load(x + at + v) - m1) * s1 * g1) + b1;
                    (rectify ? Vector.ConditionalSelect(Vector.LessThan(z0, Vector<Real>.Zero), Vector<Real>.Zero, z0) : z0).Store(y + at);
                    (rectify ? Vector.ConditionalSelect(Vector.LessThan(z1, Vector<Real>.Zero), Vector<Real>.Zero, z1) : z1).Store(y + at + v);
                }
            }

            for (; j < width; j++)
            {
                nint at = j;
                for (int r = 0; r < rows; r++, at += stride)
                {
                    Real z = ((x[at] - mean[j]) * scale[j] * gamma[j]) + beta[j];
                    y[at] = rectify && z < 0 ? 0 : z;
                }
            }
        }

        /// <summary>
        /// Σδ and Σδx̂ per column, where δ has gone through the rectifier unless <paramref name="gamma"/> is null. Its slope is found again from x:
        /// that is less to read than the output.
        /// </summary>
        private static void Sums(Real* delta, Real* x, int rows, int width, nint stride, Real* mean, Real* scale, Real* gamma, Real* beta, Real* sums, Real* products)
        {
            int v = Vector<Real>.Count, j = 0;
            for (; j + (2 * v) <= width; j += 2 * v)
            {
                Column left = new(mean + j, scale + j, gamma == null ? null : gamma + j, beta + j), right = new(mean + j + v, scale + j + v, gamma == null ? null : gamma + j + v, beta + j + v);
                Vector<Real> sum0 = default, product0 = default, sum1 = default, product1 = default;
                nint at = j;
                for (int r = 0; r < rows; r++, at += stride)
                {
                    Vector<Real> hat0 = left.Hat(Vector.Load(x + at)), hat1 = right.Hat(Vector.Load(x + at + v));
                    Vector<Real> e0 = Vector.Load(delta + at), e1 = Vector.Load(delta + at + v);
                    if (gamma != null)
                    {
                        e0 = left.Rectified(e0, hat0);
                        e1 = right.Rectified(e1, hat1);
                    }

                    sum0 += e0;
                    sum1 += e1;
                    product0 += e0 * hat0;
                    product1 += e1 * hat1;
                }

                sum0.Store(sums + j);
                sum1.Store(sums + j + v);
                product0.Store(products + j);
                product1.Store(products + j + v);
            }

            for (; j < width; j++)
            {
                Real sum = 0, product = 0;
                nint at = j;
                for (int r = 0; r < rows; r++, at += stride)
                {
                    Real hat = (x[at] - mean[j]) * scale[j], e = gamma == null || (hat * gamma[j]) + beta[j] > 0 ? delta[at] : 0;
                    sum += e;
                    product += e * hat;
                }

                (sums[j], products[j]) = (sum, product);
            }
        }

        // δ ← f·(δ − mean δ − x̂·mean(δ x̂)), δ through the rectifier as in Sums
        private static void Share(Real* delta, Real* x, int rows, int width, nint stride, Real* mean, Real* scale, Real* gamma, Real* beta, Real* sum, Real* product, Real* factor)
        {
            int v = Vector<Real>.Count, j = 0;
            Real share = (Real)1 / rows;
            for (; j + (2 * v) <= width; j += 2 * v)
            {
                Column left = new(mean + j, scale + j, gamma == null ? null : gamma + j, beta + j), right = new(mean + j + v, scale + j + v, gamma == null ? null : gamma + j + v, beta + j + v);
                Vector<Real> d0 = Vector.Load(sum + j) * share, p0 = Vector.Load(product + j) * share, f0 = Vector.Load(factor + j);
                Vector<Real> d1 = Vector.Load(sum + j + v) * share, p1 = Vector.Load(product + j + v) * share, f1 = Vector.Load(factor + j + v);
                nint at = j;
                for (int r = 0; r < rows; r++, at += stride)
                {
                    Vector<Real> hat0 = left.Hat(Vector.Load(x + at)), hat1 = right.Hat(Vector.Load(x + at + v));
                    Vector<Real> e0 = Vector.Load(delta + at), e1 = Vector.Load(delta + at + v);
                    if (gamma != null)
                    {
                        e0 = left.Rectified(e0, hat0);
                        e1 = right.Rectified(e1, hat1);
                    }

                    ((e0 - d0 - (hat0 * p0)) * f0).Store(delta + at);
                    ((e1 - d1 - (hat1 * p1)) * f1).Store(delta + at + v);
                }
            }

            for (; j < width; j++)
            {
                nint at = j;
                for (int r = 0; r < rows; r++, at += stride)
                {
                    Real hat = (x[at] - mean[j]) * scale[j], e = gamma == null || (hat * gamma[j]) + beta[j] > 0 ? delta[at] : 0;
                    delta[at] = (e - (sum[j] * share) - (hat * (product[j] * share))) * factor[j];
                }
            }
        }

        /// <summary>What a vector of columns is normalised with.</summary>
        private readonly struct Column(Real* mean, Real* scale, Real* gamma, Real* beta)
        {
            private readonly Vector<Real> _mean = Vector.Load(mean), _scale = Vector.Load(scale);
            private readonly Vector<Real> _gamma = gamma == null ? default : Vector.Load(gamma), _beta = Vector.Load(beta);

            /// <summary>x̂.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public Vector<Real> Hat(Vector<Real> x) => (x - _mean) * _scale;

            /// <summary>δ where γx̂ + β is positive, 0 elsewhere.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public Vector<Real> Rectified(Vector<Real> delta, Vector<Real> hat) =>
                Vector.ConditionalSelect(Vector.GreaterThan((hat * _gamma) + _beta, Vector<Real>.Zero), delta, Vector<Real>.Zero);
        }
    }
}

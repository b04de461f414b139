using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>LayerNorm whose scale and shift come from a condition, one pair an example.</summary>
public static unsafe class AdaptiveNormOps
{
    /// <summary>
    /// x̂·(1 + a) + b with x̂ = (x − mean)/√(var + ε) over the last axis, without weights of its own: AdaLN of diffusion models
    /// (Peebles and Xie 2023; Yuan and Qiao 2024).
    /// </summary>
    /// <param name="x">[examples, steps, d].</param>
    /// <param name="modulation">a, then b: [examples, 2d].</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static Tensor AdaptiveLayerNorm(this Tensor x, Tensor modulation, Real epsilon = (Real)1e-5)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(modulation);
        if (x.Shape.Rank != 3 || modulation.Shape != new Shape(x.Shape[0], 2 * x.Shape[2]) || modulation.Tape is null)
            throw new ArgumentException($"AdaptiveLayerNorm: x {x.Shape} [examples, steps, d] needs a modulation [examples, 2d]; found {modulation.Shape}.");
        return AdaptiveNormNode.Apply(x, modulation, epsilon);
    }

    private sealed class AdaptiveNormNode : Node
    {
        private Tensor _x = null!, _modulation = null!, _normed = null!, _scales = null!;

        public override string Operation => "AdaptiveLayerNorm";

        public static Tensor Apply(Tensor x, Tensor modulation, Real epsilon)
        {
            Tape tape = x.RequireTape("AdaptiveLayerNorm");
            int steps = x.Shape[1], d = x.Shape[2];
            Tensor y = tape.Allocate(x.Shape), normed = tape.Allocate(x.Shape), scales = tape.Allocate(new Shape(x.Shape.Rows)); // x̂, 1/s
            for (int row = 0; row < x.Shape.Rows; row++)
            {
                ReadOnlySpan<Real> from = new(x.Data + ((nint)row * d), d);
                Span<Real> hat = new(normed.Data + ((nint)row * d), d), to = new(y.Data + ((nint)row * d), d);
                Real* a = modulation.Data + ((nint)(row / steps) * 2 * d);
                TensorPrimitives.Subtract(from, TensorPrimitives.Sum(from) / d, hat);
                Real scale = 1 / Real.Sqrt((TensorPrimitives.SumOfSquares<Real>(hat) / d) + epsilon);
                TensorPrimitives.Multiply(hat, scale, hat);
                scales.Data[row] = scale;
                TensorPrimitives.MultiplyAdd(hat, new ReadOnlySpan<Real>(a, d), hat, to);
                TensorPrimitives.Add(to, new ReadOnlySpan<Real>(a + d, d), to);
            }

            if (tape.Record<AdaptiveNormNode>(y, x.NeedsGradient || modulation.NeedsGradient) is { } node)
                (node._x, node._modulation, node._normed, node._scales) = (x, modulation, normed, scales);
            return y;
        }

        public override void Backward(GradientPass pass)
        {
            int steps = Output.Shape[1], d = Output.Shape[2];
            if (pass.Wants(_modulation))
            {
                Real* dm = pass.Begin(_modulation);
                new Span<Real>(dm, _modulation.Length).Clear();
                for (int row = 0; row < Output.Shape.Rows; row++)
                {
                    ReadOnlySpan<Real> delta = new(Output.GradientData + ((nint)row * d), d);
                    Span<Real> da = new(dm + ((nint)(row / steps) * 2 * d), d), db = new(dm + ((nint)(row / steps) * 2 * d) + d, d);
                    TensorPrimitives.MultiplyAdd(delta, new ReadOnlySpan<Real>(_normed.Data + ((nint)row * d), d), da, da);
                    TensorPrimitives.Add(db, delta, db);
                }

                pass.End(_modulation, dm);
            }

            if (!pass.Wants(_x))
                return;

            // e = δ·(1 + a); dx = (e − mean e − x̂·mean(e·x̂))/s.
            Real* dx = pass.Begin(_x);
            for (int row = 0; row < Output.Shape.Rows; row++)
            {
                ReadOnlySpan<Real> delta = new(Output.GradientData + ((nint)row * d), d), hat = new(_normed.Data + ((nint)row * d), d);
                Span<Real> e = new(dx + ((nint)row * d), d);
                TensorPrimitives.MultiplyAdd(delta, new ReadOnlySpan<Real>(_modulation.Data + ((nint)(row / steps) * 2 * d), d), delta, e);
                Real mean = TensorPrimitives.Sum<Real>(e) / d, along = TensorPrimitives.Dot(e, hat) / d;
                TensorPrimitives.Subtract(e, mean, e);
                TensorPrimitives.MultiplyAdd(hat, -along, e, e);
                TensorPrimitives.Multiply(e, _scales.Data[row], e);
            }

            pass.End(_x, dx);
        }
    }
}

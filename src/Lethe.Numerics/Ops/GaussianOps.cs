using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Diagonal Gaussians inside a graph (Kingma and Welling 2014).</summary>
public static unsafe class GaussianOps
{
    /// <summary>m + e^{v/2}·ε, with the gradient by mean and log-variance ("reparameterisation").</summary>
    /// <param name="gaussian">[.., 2k]: k means, then k log-variances.</param>
    /// <param name="noise">ε, [.., k]: standard normal draws, without gradient.</param>
    /// <returns>[.., k].</returns>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static Tensor SampleGaussian(this Tensor gaussian, Tensor noise)
    {
        ArgumentNullException.ThrowIfNull(gaussian);
        ArgumentNullException.ThrowIfNull(noise);
        int k = noise.Shape.Columns;
        if (gaussian.Shape != noise.Shape.With(noise.Shape.Rank - 1, 2 * k))
            throw new ArgumentException($"SampleGaussian: {gaussian.Shape} should hold means and log-variances for noise {noise.Shape}.");
        Tape tape = gaussian.RequireTape("SampleGaussian");
        Tensor y = tape.Allocate(noise.Shape), spread = tape.Allocate(noise.Shape);
        for (int row = 0; row < noise.Shape.Rows; row++)
        {
            nint at = (nint)row * k;
            Span<Real> scaled = new(spread.Data + at, k);
            TensorPrimitives.Multiply(new ReadOnlySpan<Real>(gaussian.Data + (2 * at) + k, k), (Real)0.5, scaled);
            TensorPrimitives.Exp(scaled, scaled);
            TensorPrimitives.Multiply(scaled, new ReadOnlySpan<Real>(noise.Data + at, k), scaled);
            TensorPrimitives.Add(new ReadOnlySpan<Real>(gaussian.Data + (2 * at), k), scaled, new Span<Real>(y.Data + at, k));
        }

        if (tape.Record<SampleNode>(y, gaussian.NeedsGradient) is { } node)
            (node.Gaussian, node.Spread) = (gaussian, spread);
        return y;
    }

    /// <summary>
    /// KL divergence of N(m_q, e^{v_q}) from N(m_p, e^{v_p}), per row: ½ Σ_k (v_p − v_q + (e^{v_q} + (m_q − m_p)²)/e^{v_p} − 1).
    /// </summary>
    /// <param name="q">[.., 2k]: k means, then k log-variances.</param>
    /// <param name="p">Same shape.</param>
    /// <returns>[..].</returns>
    public static Tensor GaussianDivergence(this Tensor q, Tensor p)
    {
        ArgumentNullException.ThrowIfNull(q);
        ArgumentNullException.ThrowIfNull(p);
        int k = q.Shape.Columns / 2;
        if (q.Shape != p.Shape || q.Shape.Columns != 2 * k)
            throw new ArgumentException($"GaussianDivergence: {q.Shape} and {p.Shape} should both hold means and log-variances.");
        Tensor logQ = q.SliceColumns(k, k), logP = p.SliceColumns(k, k), apart = q.SliceColumns(0, k) - p.SliceColumns(0, k);
        return (logP - logQ + ((logQ.Exp() + apart.Square()) * (-logP).Exp()) - 1).SumColumns() * (Real)0.5;
    }

    private sealed class SampleNode : Node
    {
        public Tensor Gaussian { get; set; } = null!;

        /// <summary>e^{v/2}·ε.</summary>
        public Tensor Spread { get; set; } = null!;

        public override string Operation => "SampleGaussian";

        public override void Backward(GradientPass pass)
        {
            int k = Output.Shape.Columns;
            Real* gradient = pass.Begin(Gaussian);
            for (int row = 0; row < Output.Shape.Rows; row++)
            {
                nint at = (nint)row * k;
                ReadOnlySpan<Real> dy = new(Output.GradientData + at, k);
                Span<Real> byLog = new(gradient + (2 * at) + k, k);
                dy.CopyTo(new Span<Real>(gradient + (2 * at), k));
                TensorPrimitives.Multiply(dy, new ReadOnlySpan<Real>(Spread.Data + at, k), byLog);
                TensorPrimitives.Multiply(byLog, (Real)0.5, byLog);
            }

            pass.End(Gaussian, gradient);
        }
    }
}

using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Normalisation inside an example: LayerNorm, RMSNorm, GroupNorm. All keep examples apart, so all are fit for privacy.</summary>
public static unsafe class NormOps
{
    /// <summary>γ·(x − mean)/√(var + ε) + β over the last axis, biased variance (Ba et al. 2016).</summary>
    /// <param name="x">[.., d].</param>
    /// <param name="gamma">[d].</param>
    /// <param name="beta">[d].</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static Tensor LayerNorm(this Tensor x, Tensor gamma, Tensor beta, Real epsilon = (Real)1e-5)
    {
        ArgumentNullException.ThrowIfNull(x);
        Check("LayerNorm", x, gamma, beta, x.Shape.Columns);
        return RowNormNode.Apply(x, gamma, beta, epsilon, centred: true);
    }

    /// <summary>γ·x/√(mean x² + ε) over the last axis (Zhang and Sennrich 2019).</summary>
    public static Tensor RmsNorm(this Tensor x, Tensor gamma, Real epsilon = (Real)1e-6)
    {
        ArgumentNullException.ThrowIfNull(x);
        Check("RmsNorm", x, gamma, null, x.Shape.Columns);
        return RowNormNode.Apply(x, gamma, null, epsilon, centred: false);
    }

    private static void Check(string operation, Tensor x, Tensor gamma, Tensor? beta, int width)
    {
        ArgumentNullException.ThrowIfNull(gamma);
        if (gamma.Length != width || (beta is not null && beta.Length != width))
            throw new ArgumentException($"{operation}: x {x.Shape} needs scale and shift of length {width}; found {gamma.Shape} and {beta?.Shape.ToString() ?? "none"}.");
    }

    /// <summary>x̂ = (x − m)/s row by row, y = γ x̂ + β; with m = 0 for RMSNorm.</summary>
    private sealed class RowNormNode : Node
    {
        private Tensor _x = null!, _gamma = null!, _normed = null!, _scales = null!;
        private Tensor? _beta;
        private Real _epsilon;
        private bool _centred;

        public override string Operation => _centred ? "LayerNorm" : "RmsNorm";

        public static Tensor Apply(Tensor x, Tensor gamma, Tensor? beta, Real epsilon, bool centred)
        {
            Tape tape = x.RequireTape(centred ? "LayerNorm" : "RmsNorm");
            int rows = x.Shape.Rows, d = x.Shape.Columns;
            Tensor y = tape.Allocate(x.Shape), normed = tape.Allocate(x.Shape), scales = tape.Allocate(new Shape(rows)); // x̂, 1/s
            for (int row = 0; row < rows; row++)
            {
                nint at = (nint)row * d;
                scales.Data[row] = RowNorm.Forward(x.Data + at, gamma.Data, beta is null ? null : beta.Data, normed.Data + at, y.Data + at, d, epsilon, centred);
            }

            if (tape.Record<RowNormNode>(y, x.NeedsGradient || gamma.NeedsGradient || beta is { NeedsGradient: true }) is { } node)
                (node._x, node._gamma, node._beta, node._normed, node._scales, node._epsilon, node._centred) = (x, gamma, beta, normed, scales, epsilon, centred);
            return y;
        }

        public override void Backward(GradientPass pass)
        {
            int rows = Output.Shape.Rows, d = Output.Shape.Columns;
            if (pass.KeepsFactors)
                KeepFactors(pass);
            else
                AddSums(pass);

            if (!pass.Wants(_x))
                return;

            // e = δ·γ; dx = (e − mean e − x̂·mean(e·x̂))/s, without the middle term for RMSNorm.
            Real* dx = pass.Begin(_x);
            for (int row = 0; row < rows; row++)
            {
                nint at = (nint)row * d;
                RowNorm.Backward(Output.GradientData + at, _gamma.Data, _normed.Data + at, _scales.Data[row], dx + at, d, _centred);
            }

            pass.End(_x, dx);
        }

        // Both sums in one walk over δ and x̂.
        private void AddSums(GradientPass pass)
        {
            int d = Output.Shape.Columns;
            Real* sums = Output.Tape!.Rent(2 * d);
            Reductions.SumAndProduct(Output.GradientData, _normed.Data, Output.Shape.Rows, d, sums, sums + d);
            if (_beta is not null)
                pass.RowSum(_beta, new Rows(sums, 1, d, d));
            pass.RowSum(_gamma, new Rows(sums + d, 1, d, d));
            Output.Tape.Return(sums, 2 * d);
        }

        private void KeepFactors(GradientPass pass)
        {
            int rows = Output.Shape.Rows, d = Output.Shape.Columns;
            if (_beta is not null)
                pass.RowSum(_beta, Rows.OfGradient(Output));
            if (!pass.Wants(_gamma))
                return;
            Real* products = Output.Tape!.Rent(Output.Length); // δ·x̂
            TensorPrimitives.Multiply(new ReadOnlySpan<Real>(Output.GradientData, Output.Length), _normed.Values, new Span<Real>(products, Output.Length));
            pass.RowSum(_gamma, new Rows(products, rows, d, d));
        }

        // x̂ and 1/s recorded again as functions of x, so that their own slopes are differentiated too.
        public override void BackwardOnTape(Tensor outputGradient, InputGradient gradient)
        {
            if (!InputGradient.Leads(_x))
                return;
            Shape column = _x.Shape.WithColumns(1);
            Tensor centred = _centred ? _x - _x.MeanColumns().Reshape(column) : _x;
            Tensor scale = 1 / (centred.Square().MeanColumns() + _epsilon).Sqrt().Reshape(column);
            Tensor hat = centred * scale, e = outputGradient * _gamma;
            Tensor along = (e * hat).MeanColumns().Reshape(column);
            Tensor share = _centred ? e - e.MeanColumns().Reshape(column) : e;
            gradient.Add(_x, (share - (hat * along)) * scale);
        }
    }
}

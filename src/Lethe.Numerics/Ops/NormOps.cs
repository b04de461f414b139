using Lethe.Numerics.Autodiff;
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
            ReadOnlySpan<Real> g = gamma.Values;
            for (int row = 0; row < rows; row++)
            {
                ReadOnlySpan<Real> from = new(x.Data + ((nint)row * d), d);
                Span<Real> hat = new(normed.Data + ((nint)row * d), d), to = new(y.Data + ((nint)row * d), d);
                Real mean = centred ? TensorPrimitives.Sum(from) / d : 0;
                TensorPrimitives.Subtract(from, mean, hat);
                Real scale = 1 / Real.Sqrt((TensorPrimitives.SumOfSquares<Real>(hat) / d) + epsilon);
                TensorPrimitives.Multiply(hat, scale, hat);
                scales.Data[row] = scale;
                if (beta is null)
                    TensorPrimitives.Multiply(hat, g, to);
                else
                    TensorPrimitives.MultiplyAdd(hat, g, beta.Values, to);
            }

            if (tape.Record<RowNormNode>(y, x.NeedsGradient || gamma.NeedsGradient || beta is { NeedsGradient: true }) is { } node)
                (node._x, node._gamma, node._beta, node._normed, node._scales, node._epsilon, node._centred) = (x, gamma, beta, normed, scales, epsilon, centred);
            return y;
        }

        public override void Backward(GradientPass pass)
        {
            int rows = Output.Shape.Rows, d = Output.Shape.Columns;
            Rows delta = Rows.OfGradient(Output);
            if (_beta is not null)
                pass.RowSum(_beta, delta);
            if (pass.Wants(_gamma))
            {
                Real* products = Output.Tape!.Rent(Output.Length); // δ·x̂
                TensorPrimitives.Multiply(new ReadOnlySpan<Real>(Output.GradientData, Output.Length), _normed.Values, new Span<Real>(products, Output.Length));
                pass.RowSum(_gamma, new Rows(products, rows, d, d));
                if (!pass.KeepsFactors)
                    Output.Tape.Return(products, Output.Length);
            }

            if (!pass.Wants(_x))
                return;

            // e = δ·γ; dx = (e − mean e − x̂·mean(e·x̂))/s, without the middle term for RMSNorm.
            Real* dx = pass.Begin(_x);
            for (int row = 0; row < rows; row++)
            {
                ReadOnlySpan<Real> hat = new(_normed.Data + ((nint)row * d), d);
                Span<Real> e = new(dx + ((nint)row * d), d);
                TensorPrimitives.Multiply(new ReadOnlySpan<Real>(Output.GradientData + ((nint)row * d), d), _gamma.Values, e);
                Real mean = _centred ? TensorPrimitives.Sum<Real>(e) / d : 0, along = TensorPrimitives.Dot(e, hat) / d;
                TensorPrimitives.Subtract(e, mean, e);
                TensorPrimitives.MultiplyAdd(hat, -along, e, e);
                TensorPrimitives.Multiply(e, _scales.Data[row], e);
            }

            pass.End(_x, dx);
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

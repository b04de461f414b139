using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Group normalisation (Wu and He 2018), channels last.</summary>
public static unsafe class GroupNormOps
{
    /// <summary>
    /// γ·(x − mean)/√(var + ε) + β, mean and biased variance over the channels of a group and all positions of the example. One
    /// group per channel is instance normalisation.
    /// </summary>
    /// <param name="x">[examples, positions.., channels].</param>
    /// <param name="groups">Number of groups; divides the channels.</param>
    /// <param name="gamma">[channels].</param>
    /// <param name="beta">[channels].</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static Tensor GroupNorm(this Tensor x, int groups, Tensor gamma, Tensor beta, Real epsilon = (Real)1e-5)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(gamma);
        ArgumentNullException.ThrowIfNull(beta);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        int channels = x.Shape.Columns;
        if (channels % groups != 0 || gamma.Length != channels || beta.Length != channels)
            throw new ArgumentException($"GroupNorm: x {x.Shape} with {groups} groups needs scale and shift of length {channels}, a multiple of the groups; found {gamma.Shape} and {beta.Shape}.");
        return GroupNormNode.Apply(x, groups, gamma, beta, epsilon);
    }

    private sealed class GroupNormNode : Node
    {
        private Tensor _x = null!, _gamma = null!, _beta = null!, _normed = null!, _scales = null!;
        private int _groups;

        public override string Operation => "GroupNorm";

        public static Tensor Apply(Tensor x, int groups, Tensor gamma, Tensor beta, Real epsilon)
        {
            Tape tape = x.RequireTape("GroupNorm");
            int examples = x.Shape[0], channels = x.Shape.Columns, positions = x.Shape.Rows / Math.Max(examples, 1), width = channels / groups;
            Tensor y = tape.Allocate(x.Shape), normed = tape.Allocate(x.Shape), scales = tape.Allocate(new Shape(examples, groups)); // x̂, 1/s
            for (int e = 0; e < examples; e++)
            {
                for (int g = 0; g < groups; g++)
                {
                    nint start = ((nint)e * positions * channels) + (g * width);
                    double sum = 0, squares = 0;
                    for (int t = 0; t < positions; t++)
                        sum += TensorPrimitives.Sum(new ReadOnlySpan<Real>(x.Data + start + ((nint)t * channels), width));
                    Real mean = (Real)(sum / (positions * width));
                    for (int t = 0; t < positions; t++)
                    {
                        nint at = start + ((nint)t * channels);
                        Span<Real> hat = new(normed.Data + at, width);
                        TensorPrimitives.Subtract(new ReadOnlySpan<Real>(x.Data + at, width), mean, hat);
                        squares += TensorPrimitives.SumOfSquares<Real>(hat);
                    }

                    Real scale = scales.Data[(e * groups) + g] = (Real)(1 / Math.Sqrt((squares / (positions * width)) + epsilon));
                    for (int t = 0; t < positions; t++)
                    {
                        Span<Real> hat = new(normed.Data + start + ((nint)t * channels), width);
                        TensorPrimitives.Multiply(hat, scale, hat);
                    }
                }
            }

            for (int row = 0; row < x.Shape.Rows; row++)
                TensorPrimitives.MultiplyAdd(new ReadOnlySpan<Real>(normed.Data + ((nint)row * channels), channels), gamma.Values, beta.Values, new Span<Real>(y.Data + ((nint)row * channels), channels));
            if (tape.Record<GroupNormNode>(y, x.NeedsGradient || gamma.NeedsGradient || beta.NeedsGradient) is { } node)
                (node._x, node._gamma, node._beta, node._normed, node._scales, node._groups) = (x, gamma, beta, normed, scales, groups);
            return y;
        }

        // e = δ·γ; dx = (e − mean e − x̂·mean(e·x̂))/s, means over the group
        public override void Backward(GradientPass pass)
        {
            int channels = Output.Shape.Columns, rows = Output.Shape.Rows;
            Rows delta = Rows.OfGradient(Output);
            pass.RowSum(_beta, delta);
            Real* buffer = Output.Tape!.Rent(Output.Length); // δ·x̂
            TensorPrimitives.Multiply(new ReadOnlySpan<Real>(Output.GradientData, Output.Length), _normed.Values, new Span<Real>(buffer, Output.Length));
            pass.RowSum(_gamma, new Rows(buffer, rows, channels, channels));
            if (!pass.KeepsFactors)
                Output.Tape.Return(buffer, Output.Length);
            if (pass.Wants(_x))
                ToInput(pass);
        }

        private void ToInput(GradientPass pass)
        {
            int examples = _x.Shape[0], channels = _x.Shape.Columns, positions = _x.Shape.Rows / Math.Max(examples, 1), width = channels / _groups;
            Real* dx = pass.Begin(_x);
            for (int row = 0; row < _x.Shape.Rows; row++)
                TensorPrimitives.Multiply(new ReadOnlySpan<Real>(Output.GradientData + ((nint)row * channels), channels), _gamma.Values, new Span<Real>(dx + ((nint)row * channels), channels));
            for (int e = 0; e < examples; e++)
            {
                for (int g = 0; g < _groups; g++)
                {
                    nint start = ((nint)e * positions * channels) + (g * width);
                    double sum = 0, along = 0;
                    for (int t = 0; t < positions; t++)
                    {
                        ReadOnlySpan<Real> share = new(dx + start + ((nint)t * channels), width);
                        sum += TensorPrimitives.Sum(share);
                        along += TensorPrimitives.Dot(share, new ReadOnlySpan<Real>(_normed.Data + start + ((nint)t * channels), width));
                    }

                    Real meanShare = (Real)(sum / (positions * width)), meanAlong = (Real)(along / (positions * width)), scale = _scales.Data[(e * _groups) + g];
                    for (int t = 0; t < positions; t++)
                    {
                        Span<Real> share = new(dx + start + ((nint)t * channels), width);
                        TensorPrimitives.Subtract(share, meanShare, share);
                        TensorPrimitives.MultiplyAdd(new ReadOnlySpan<Real>(_normed.Data + start + ((nint)t * channels), width), -meanAlong, share, share);
                        TensorPrimitives.Multiply(share, scale, share);
                    }
                }
            }

            pass.End(_x, dx);
        }
    }
}

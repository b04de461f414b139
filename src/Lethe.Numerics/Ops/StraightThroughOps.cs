using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Discrete draws whose gradient is that of a smooth stand-in (Bengio et al. 2013).</summary>
public static unsafe class StraightThroughOps
{
    /// <summary>One-hot draws from softmax x by Gumbel noise; the gradient is that of <see cref="SoftmaxOps.GumbelSoftmax"/> (Jang et al. 2017).</summary>
    /// <param name="x">Log probabilities up to a constant, [.., classes].</param>
    /// <param name="temperature">τ of the smooth stand-in.</param>
    /// <param name="stream">Source of the noise.</param>
    public static Tensor HardGumbelSoftmax(this Tensor x, Real temperature, RandomStream stream)
    {
        Tensor soft = x.GumbelSoftmax(temperature, stream), hard = soft.Tape!.Allocate(soft.Shape);
        int rows = soft.Shape.Rows, columns = soft.Shape.Columns;
        hard.Values.Clear();
        for (int row = 0; row < rows; row++)
            hard.Data[((nint)row * columns) + TensorPrimitives.IndexOfMax(new ReadOnlySpan<Real>(soft.Data + ((nint)row * columns), columns))] = 1;
        return StraightThroughNode.Apply(soft, hard);
    }

    /// <summary>1 with probability p, else 0; the gradient passes to p unchanged.</summary>
    /// <param name="p">Probabilities, any shape.</param>
    /// <param name="stream">Source of the draws.</param>
    public static Tensor HardBernoulli(this Tensor p, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(stream);
        Tensor hard = p.RequireTape("HardBernoulli").Allocate(p.Shape);
        for (int i = 0; i < p.Length; i++)
            hard.Data[i] = stream.NextDouble() < p.Data[i] ? 1 : 0;
        return StraightThroughNode.Apply(p, hard);
    }

    private sealed class StraightThroughNode : Node
    {
        private Tensor _soft = null!;

        public override string Operation => "StraightThrough";

        public static Tensor Apply(Tensor soft, Tensor hard)
        {
            if (soft.Tape!.Record<StraightThroughNode>(hard, soft.NeedsGradient) is { } node)
                node._soft = soft;
            return hard;
        }

        public override void Backward(GradientPass pass) => pass.PassOn(_soft, Output);
    }
}

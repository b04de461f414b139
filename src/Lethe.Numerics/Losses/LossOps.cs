using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Losses;

/// <summary>
/// Losses per example: each gives one number per example, shape [examples]. Take <c>.Mean()</c> for an ordinary
/// training step; per-example passes start from the vector. Other axes than the first are averaged unless said otherwise.
/// </summary>
public static class LossOps
{
    /// <summary>Mean over the example's elements of (x − target)².</summary>
    public static Tensor SquaredError(this Tensor x, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(target);
        LossShapes.RequireEqual("SquaredError", x, target);
        return (x - target).Square().MeanPerExample();
    }

    /// <summary>Mean over the example's elements of |x − target|.</summary>
    public static Tensor AbsoluteError(this Tensor x, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(target);
        LossShapes.RequireEqual("AbsoluteError", x, target);
        return (x - target).Abs().MeanPerExample();
    }

    /// <summary>Mean over the example's elements of −t ln σ(x) − (1 − t) ln(1 − σ(x)), in the form that neither overflows nor loses digits.</summary>
    /// <param name="logits">x, any shape.</param>
    /// <param name="target">t in [0, 1], same shape.</param>
    public static Tensor BinaryCrossEntropyWithLogits(this Tensor logits, Tensor target) => BinaryCrossEntropyNode.Apply(logits, target);

    /// <summary>The same against one target for all, e.g. 1 for real, 0 for generated.</summary>
    public static Tensor BinaryCrossEntropyWithLogits(this Tensor logits, Real target)
    {
        ArgumentNullException.ThrowIfNull(logits);
        return BinaryCrossEntropyNode.Apply(logits, logits.RequireTape("BinaryCrossEntropy").Constant(logits.Shape, target));
    }

    /// <summary>−ln softmax(x)[label]. With more than one row per example (e.g. steps), the mean over its rows.</summary>
    /// <param name="logits">[examples, .., classes].</param>
    /// <param name="labels">One class per row; a negative label leaves the row out (it counts neither in sum nor divisor).</param>
    public static Tensor SoftmaxCrossEntropy(this Tensor logits, ReadOnlySpan<int> labels) => SoftmaxCrossEntropyNode.Apply(logits, labels);

    /// <summary>
    /// Σ over blocks of −Σ_j t_j ln softmax(x_block)_j, per example. A block whose targets are all zero contributes nothing, so
    /// that masks are targets. For rows that concatenate one-hot columns.
    /// </summary>
    /// <param name="logits">[examples, columns].</param>
    /// <param name="target">Same shape; blocks are distributions or zero.</param>
    /// <param name="blocks">Blocks to count; others are ignored. Only <see cref="BlockActivation.Softmax"/> blocks are counted. Kept, not copied.</param>
    public static Tensor BlockCrossEntropy(this Tensor logits, Tensor target, OutputBlock[] blocks) => BlockCrossEntropyNode.Apply(logits, target, blocks);

    /// <summary>The same against rows of single ones: only the blocks that hold one are looked at.</summary>
    /// <param name="logits">[examples, columns].</param>
    /// <param name="target">As many rows and columns; a one outside the blocks contributes nothing.</param>
    /// <param name="blocks">Blocks to count, which do not overlap. Only <see cref="BlockActivation.Softmax"/> blocks are counted. Kept, not copied.</param>
    public static Tensor BlockCrossEntropy(this Tensor logits, OneHotRows target, OutputBlock[] blocks) => OneHotCrossEntropyNode.Apply(logits, target, blocks);

    /// <summary>KL divergence of N(m, e^v) from N(0, 1): ½ Σ (e^v + m² − 1 − v), summed over the example's elements.</summary>
    public static Tensor GaussianKl(this Tensor mean, Tensor logVariance)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(logVariance);
        LossShapes.RequireEqual("GaussianKl", mean, logVariance);
        return (logVariance.Exp() + mean.Square() - logVariance - 1).SumPerExample() * (Real)0.5;
    }

    /// <summary>−ln N(x; m, e^v) without its constant: ½((x − m)² e^−v + v), averaged over the example's elements; v is limited to [−7, 7].</summary>
    public static Tensor GaussianNll(this Tensor x, Tensor mean, Tensor logVariance)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(logVariance);
        LossShapes.RequireEqual("GaussianNll", x, mean);
        LossShapes.RequireEqual("GaussianNll", x, logVariance);
        Tensor v = logVariance.Clamp(-7, 7);
        return (((x - mean).Square() * (-v).Exp()) + v).MeanPerExample() * (Real)0.5;
    }
}

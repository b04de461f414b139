using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>
/// Batch normalisation: batch statistics in training, running ones in evaluation. Parameters: <c>weight</c>, <c>bias</c>; state:
/// <c>running_mean</c>, <c>running_var</c> (unbiased). Mixes examples, so private training refuses it.
/// </summary>
public sealed class BatchNorm : Layer
{
    private readonly Real _epsilon, _momentum;
    private readonly bool _rectify;
    private readonly Real[] _batchMean, _batchVariance;

    /// <summary>For rows of this width.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="momentum">Share of the batch in the running statistics: r ← (1 − momentum)·r + momentum·batch. (Keras' 0.8 is 0.2 here.)</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="rectify">Whether ReLU follows, computed in the same pass.</param>
    public BatchNorm(int width, double momentum = 0.1, double epsilon = 1e-5, bool rectify = false)
    {
        (_momentum, _epsilon, _rectify) = ((Real)momentum, (Real)epsilon, rectify);
        Weight = Register(new Parameter("weight", new Shape(width)));
        Bias = Register(new Parameter("bias", new Shape(width)));
        RunningMean = Register(new Parameter("running_mean", new Shape(width), trainable: false));
        RunningVariance = Register(new Parameter("running_var", new Shape(width), trainable: false));
        Weight.Values.Fill(1);
        RunningVariance.Values.Fill(1);
        _batchMean = new Real[width];
        _batchVariance = new Real[width];
    }

    /// <summary>γ, [width].</summary>
    public Parameter Weight { get; }

    /// <summary>β, [width].</summary>
    public Parameter Bias { get; }

    /// <summary>Running mean, [width].</summary>
    public Parameter RunningMean { get; }

    /// <summary>Running unbiased variance, [width].</summary>
    public Parameter RunningVariance { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!Training)
            return Frozen(x);
        Tensor y = x.BatchNorm(Weight, Bias, _epsilon, _rectify, _batchMean, _batchVariance);
        Follow(RunningMean.Values, _batchMean);
        Follow(RunningVariance.Values, _batchVariance);
        return y;
    }

    // (x − mean)·γ/√(var + ε) + β with constants for the statistics: keeps examples apart.
    private Tensor Frozen(Tensor x)
    {
        Tensor scale = x.RequireTape("BatchNorm").Allocate(RunningMean.Shape), shift = x.RequireTape("BatchNorm").Allocate(RunningMean.Shape);
        for (int j = 0; j < scale.Length; j++)
        {
            scale.Values[j] = 1 / Real.Sqrt(RunningVariance.Values[j] + _epsilon);
            shift.Values[j] = -RunningMean.Values[j] * scale.Values[j];
        }

        Tensor y = (((x * scale) + shift) * Weight) + Bias;
        return _rectify ? y.Relu() : y;
    }

    private void Follow(Span<Real> running, ReadOnlySpan<Real> batch)
    {
        for (int j = 0; j < running.Length; j++)
            running[j] = ((1 - _momentum) * running[j]) + (_momentum * batch[j]);
    }
}

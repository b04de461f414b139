using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Autodiff.PerExample;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Benchmarks.Steps;

/// <summary>A classifier's step (MLP 32-128-128-1, batch 256), plain or with per-example clipping; noise is left to the privacy room in both.</summary>
internal sealed class MlpStep : ITrainingStep
{
    private const int Batch = 256, Inputs = 32;
    private readonly float[] _x = new float[Batch * Inputs], _factors = new float[Batch];
    private readonly Mlp _model = new(Inputs, [128, 128], 1, new Seed(1).Derive("model"), Activation.Tanh);
    private readonly Adam _adam;
    private readonly PerExampleGradients? _pass;
    private readonly Tape _tape = new();

    public MlpStep(bool isPrivate)
    {
        new Seed(1).Stream("x").FillGaussian(_x);
        _adam = new Adam(_model.Parameters);
        _pass = isPrivate ? new PerExampleGradients(_model.Parameters) : null;
    }

    public void Run()
    {
        _tape.Reset();
        Tensor x = _tape.Input(_x, new Shape(Batch, Inputs));
        Tensor losses = _model.Forward(x).BinaryCrossEntropyWithLogits(1);
        if (_pass is null)
        {
            _tape.Backward(Numerics.Ops.ReduceOps.Mean(losses));
        }
        else
        {
            _pass.Backward(_tape, losses);
            Clip(_pass, _factors, Batch);
            _pass.Accumulate(_factors);
        }

        _adam.Step();
    }

    /// <summary>min(1, 1/‖g‖)/batch per example.</summary>
    public static void Clip(PerExampleGradients pass, Span<float> factors, int batch)
    {
        for (int i = 0; i < factors.Length; i++)
            factors[i] = (float)(Math.Min(1, 1 / Math.Sqrt(pass.SquaredNorms[i])) / batch);
    }
}

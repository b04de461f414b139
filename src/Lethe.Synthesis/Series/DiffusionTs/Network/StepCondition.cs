using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Series.DiffusionTs.Network;

/// <summary>SiLU(sinusoidal encoding of the diffusion step + embedded statics): what every AdaLN is given. Without statics it has no weights.</summary>
internal sealed class StepCondition : Module
{
    private readonly Mlp? _statics;
    private readonly int _width;

    public StepCondition(DenoiserShape shape, Seed seed)
    {
        _width = shape.Width;
        _statics = shape.Statics == 0
            ? null
            : Register("statics", new Mlp(shape.Statics, [shape.Width], shape.Width, seed, Activation.Silu));
    }

    /// <summary>[examples, d].</summary>
    /// <param name="tape">Where the result lives.</param>
    /// <param name="steps">Diffusion step of each example.</param>
    /// <param name="statics">[examples, statics]; null without statics.</param>
    public Tensor Forward(Tape tape, ReadOnlySpan<double> steps, Tensor? statics)
    {
        Tensor encoded = tape.TimeEncoding(steps, _width);
        return (_statics is null ? encoded : encoded + _statics.Forward(statics!)).Silu();
    }
}

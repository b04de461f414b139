using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Series.Rcgan;

/// <summary>
/// Generator and discriminator alike: one LSTM over [condition, input] at each step and a linear map of its outputs, tanh in the
/// generator, a logit per step in the discriminator. TensorFlow 1's start: Glorot weights, forget bias 1.
/// </summary>
internal sealed class RcganNetwork : Module
{
    private readonly Lstm _lstm;
    private readonly Linear _out;

    /// <summary>Fresh weights.</summary>
    /// <param name="inputs">Columns of a step, with the condition.</param>
    /// <param name="hidden">Width of the LSTM.</param>
    /// <param name="outputs">Columns given.</param>
    /// <param name="last">tanh or none.</param>
    /// <param name="seed">Of the weights.</param>
    public RcganNetwork(int inputs, int hidden, int outputs, Activation last, Seed seed)
    {
        _lstm = Register("lstm", new Lstm(inputs, hidden, seed.Derive("lstm"), new RecurrentOptions { Initialisation = Initialisation.Glorot }, forgetBias: 1, stateBias: false));
        _out = Register("out", new Linear(hidden, outputs, seed.Derive("out"), last, initialisation: Initialisation.Glorot));
    }

    /// <summary>Runs the network.</summary>
    /// <param name="x">Noise or series, [B, T, inputs without the condition].</param>
    /// <param name="condition">The condition at each step, [B, T, W]; null for none.</param>
    /// <param name="lengths">Steps of each stay; empty when all have T.</param>
    /// <returns>[B, T, outputs].</returns>
    public Tensor Forward(Tensor x, Tensor? condition, ReadOnlySpan<int> lengths) =>
        _out.Forward(_lstm.Forward(condition is null ? x : condition.ConcatColumns(x), lengths).Sequence);
}

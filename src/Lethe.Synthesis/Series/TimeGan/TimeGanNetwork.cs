using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.TimeGan;

/// <summary>
/// The one form of all five networks: a stack of GRUs as TensorFlow 1 wrote them (reset before the product, gate bias 1, Glorot
/// weights) over [input | statics], and a linear map per step, followed by a sigmoid everywhere but in the discriminator.
/// </summary>
internal sealed class TimeGanNetwork : Module
{
    private readonly Gru _gru;
    private readonly Linear _out;

    /// <param name="inputs">Columns of a step, with the statics.</param>
    /// <param name="hidden">Width of a state.</param>
    /// <param name="layers">Layers of the stack.</param>
    /// <param name="outputs">Columns given.</param>
    /// <param name="sigmoid">Whether they are squashed to [0, 1].</param>
    /// <param name="seed">Of the weights.</param>
    public TimeGanNetwork(int inputs, int hidden, int layers, int outputs, bool sigmoid, Seed seed)
    {
        RecurrentOptions options = new() { Layers = layers, Initialisation = Initialisation.Glorot };
        _gru = Register("gru", new Gru(inputs, hidden, seed.Derive("gru"), options, GruForm.ResetBefore));
        _out = Register("out", new Linear(hidden, outputs, seed.Derive("out"), sigmoid ? Activation.Sigmoid : Activation.None, initialisation: Initialisation.Glorot));
    }

    /// <summary>Runs the network.</summary>
    /// <param name="x">[B, T, inputs without the statics].</param>
    /// <param name="statics">The statics at each step, [B, T, W]; null for none.</param>
    /// <param name="lengths">Steps of each stay; empty when all have T. Values beyond a stay's length mean nothing.</param>
    /// <returns>[B, T, outputs].</returns>
    public Tensor Forward(Tensor x, Tensor? statics, ReadOnlySpan<int> lengths) =>
        _out.Forward(_gru.Forward(statics is null ? x : x.ConcatColumns(statics), lengths).Sequence);
}

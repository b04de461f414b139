using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>Gated recurrent units, stacked; see <see cref="RecurrentLayer"/> for parameters and <see cref="RecurrentOps.Gru"/> for the formula.</summary>
public sealed class Gru : RecurrentLayer
{
    private readonly GruForm _form;

    /// <summary>A stack with fresh weights.</summary>
    /// <param name="inputs">Width of a row of x.</param>
    /// <param name="hidden">Width of the state.</param>
    /// <param name="seed">Source of weights and dropout masks.</param>
    /// <param name="options">Layers, directions, dropout, start values; null for the defaults.</param>
    /// <param name="form">Where the reset gate acts. <see cref="GruForm.ResetBefore"/> has one bias, whose gate blocks start at 1 as in TensorFlow 1.</param>
    public Gru(int inputs, int hidden, Seed seed, RecurrentOptions? options = null, GruForm form = GruForm.ResetAfter)
        : base(inputs, hidden, 3, seed, options ?? new RecurrentOptions(), stateBias: form == GruForm.ResetAfter)
    {
        _form = form;
        if (form != GruForm.ResetBefore)
            return;
        foreach (RecurrentWeights weights in Weights)
            weights.InputBias!.Values[..(2 * hidden)].Fill(1);
    }

    private protected override RecurrentOutput Run(Tensor x, RecurrentWeights weights, RecurrentState initial, ReadOnlySpan<int> lengths, bool reverse) =>
        x.Gru(weights, initial, lengths, reverse, _form);
}

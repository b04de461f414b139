using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>Long short-term memory, stacked; see <see cref="RecurrentLayer"/> for parameters and <see cref="RecurrentOps.Lstm"/> for the formula.</summary>
public sealed class Lstm : RecurrentLayer
{
    /// <summary>A stack with fresh weights.</summary>
    /// <param name="inputs">Width of a row of x.</param>
    /// <param name="hidden">Width of the state.</param>
    /// <param name="seed">Source of weights and dropout masks.</param>
    /// <param name="options">Layers, directions, dropout, start values; null for the defaults.</param>
    /// <param name="forgetBias">Added to the start of the forget gate's bias; TensorFlow 1 has 1, PyTorch 0.</param>
    /// <param name="stateBias">
    /// A second bias as in PyTorch, for loading its weights. It changes nothing but the scale of the bias gradient: under
    /// privacy leave it out, since two equal copies count twice in the norm.
    /// </param>
    public Lstm(int inputs, int hidden, Seed seed, RecurrentOptions? options = null, double forgetBias = 0, bool stateBias = true)
        : base(inputs, hidden, 4, seed, options ?? new RecurrentOptions(), stateBias)
    {
        foreach (RecurrentWeights weights in Weights)
        {
            foreach (ref Real bias in weights.InputBias!.Values.Slice(hidden, hidden))
                bias += (Real)forgetBias;
        }
    }

    private protected override RecurrentOutput Run(Tensor x, RecurrentWeights weights, RecurrentState initial, ReadOnlySpan<int> lengths, bool reverse) =>
        x.Lstm(weights, initial, lengths, reverse);
}

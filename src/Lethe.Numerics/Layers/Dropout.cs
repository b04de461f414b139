using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>Dropout in training, nothing in evaluation. Masks come from the layer's own stream.</summary>
/// <param name="probability">Share of elements set to 0, in [0, 1).</param>
/// <param name="seed">Source of the masks.</param>
public sealed class Dropout(double probability, Seed seed) : Layer
{
    private RandomStream _stream = seed.Stream("dropout");

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Training ? x.Dropout(probability, _stream) : x;

    internal override ulong[]? StreamState
    {
        get => _stream.SaveState();
        set => _stream = RandomStream.FromState(value);
    }
}

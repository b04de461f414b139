using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>A module that turns one tensor into another, so that layers can follow each other in a <see cref="Sequential"/>.</summary>
public abstract class Layer : Module
{
    /// <summary>Records the layer on the tape of <paramref name="x"/>.</summary>
    public abstract Tensor Forward(Tensor x);
}

using System.Globalization;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>Layers one after the other, named 0, 1, 2, ….</summary>
public sealed class Sequential : Layer
{
    private readonly Layer[] _layers;

    /// <summary>The given layers in order.</summary>
    public Sequential(params Layer[] layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        _layers = [.. layers];
        for (int i = 0; i < layers.Length; i++)
            Register(i.ToString(CultureInfo.InvariantCulture), layers[i]);
    }

    /// <summary>The layers.</summary>
    public IReadOnlyList<Layer> Layers => _layers;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        foreach (Layer layer in _layers)
            x = layer.Forward(x);
        return x;
    }
}

using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>Linear layers with one activation between them: the usual generator, discriminator or classifier.</summary>
public sealed class Mlp : Layer
{
    private readonly Sequential _layers;

    /// <summary>A network with fresh weights.</summary>
    /// <param name="inputs">Width of a row of x.</param>
    /// <param name="hidden">Widths of the hidden layers; may be empty.</param>
    /// <param name="outputs">Width of a row of the result.</param>
    /// <param name="seed">Source of weights and dropout masks.</param>
    /// <param name="activation">After each hidden layer.</param>
    /// <param name="last">After the last layer.</param>
    /// <param name="dropout">Probability after each hidden layer; 0 leaves dropout out.</param>
    /// <param name="initialisation">How weights start.</param>
    public Mlp(int inputs, ReadOnlySpan<int> hidden, int outputs, Seed seed, Activation activation = Activation.LeakyRelu, Activation last = Activation.None, double dropout = 0, Initialisation initialisation = Initialisation.FanIn)
    {
        List<Layer> layers = [];
        int width = inputs;
        for (int i = 0; i < hidden.Length; i++)
        {
            layers.Add(new Linear(width, hidden[i], seed.Derive("layer", i), activation, initialisation: initialisation));
            if (dropout > 0)
                layers.Add(new Dropout(dropout, seed.Derive("dropout", i)));
            width = hidden[i];
        }

        layers.Add(new Linear(width, outputs, seed.Derive("layer", hidden.Length), last, initialisation: initialisation));
        _layers = Register("layers", new Sequential([.. layers]));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => _layers.Forward(x);
}

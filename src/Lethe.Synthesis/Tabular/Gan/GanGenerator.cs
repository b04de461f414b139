using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Tabular.Gan;

/// <summary>z [batch, noise] → row [batch, width]: linear, LeakyReLU, batch normalisation per hidden layer; tanh and softmax at the end.</summary>
internal sealed class GanGenerator : Module
{
    // Keras' momentum of 0.8 keeps four fifths of the running statistics: 0.2 of the batch here.
    private const double BatchMomentum = 0.2;

    private readonly Sequential _layers;
    private readonly OutputBlock[] _blocks;

    public GanGenerator(int noise, ReadOnlySpan<int> hidden, int width, OutputBlock[] blocks, Seed seed)
    {
        List<Layer> layers = [];
        int inputs = noise;
        for (int i = 0; i < hidden.Length; i++)
        {
            layers.Add(new Linear(inputs, hidden[i], seed.Derive("layer", i), Activation.LeakyRelu, initialisation: Initialisation.Glorot));
            layers.Add(new BatchNorm(hidden[i], BatchMomentum));
            inputs = hidden[i];
        }

        layers.Add(new Linear(inputs, width, seed.Derive("layer", hidden.Length), initialisation: Initialisation.Glorot));
        _layers = Register("layers", new Sequential([.. layers]));
        _blocks = blocks;
    }

    public Tensor Forward(Tensor z) => _layers.Forward(z).ActivateBlocks(_blocks);
}

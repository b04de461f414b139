using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Tabular.Gan;

/// <summary>Row [batch, width] → logit [batch, 1]: linear, LeakyReLU, dropout per hidden layer.</summary>
internal sealed class GanDiscriminator : Module
{
    private readonly Linear[] _layers;
    private readonly double _dropout;

    public GanDiscriminator(int width, ReadOnlySpan<int> hidden, double dropout, Seed seed)
    {
        _layers = new Linear[hidden.Length + 1];
        _dropout = dropout;
        for (int i = 0; i <= hidden.Length; i++)
        {
            int inputs = i == 0 ? width : hidden[i - 1];
            _layers[i] = i < hidden.Length
                ? new Linear(inputs, hidden[i], seed.Derive("layer", i), Activation.LeakyRelu, initialisation: Initialisation.Glorot)
                : new Linear(inputs, 1, seed.Derive("layer", i), initialisation: Initialisation.Glorot);
            Register($"layer{i}", _layers[i]);
        }
    }

    public Tensor Forward(Tensor x, RandomStream dropout)
    {
        for (int i = 0; i < _layers.Length - 1; i++)
            x = _layers[i].Forward(x).Dropout(_dropout, dropout);
        return _layers[^1].Forward(x);
    }
}

using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Tabular.Ctgan;

/// <summary>
/// Packs of rows with their conditions, [x₁ … x_pac | c₁ … c_pac], [batch/pac, pac·(D + C)] → score [batch/pac, 1]: linear, LeakyReLU 0.2,
/// dropout per layer.
/// </summary>
internal sealed class CtganCritic : Module
{
    private readonly Linear[] _layers;
    private readonly double _dropout;

    public CtganCritic(int inputs, ReadOnlySpan<int> hidden, double dropout, Seed seed)
    {
        _dropout = dropout;
        _layers = new Linear[hidden.Length + 1];
        for (int i = 0; i <= hidden.Length; i++)
        {
            _layers[i] = Register($"layer{i}", i < hidden.Length
                ? new Linear(inputs, hidden[i], seed.Derive("layer", i), Activation.LeakyRelu)
                : new Linear(inputs, 1, seed.Derive("layer", i)));
            inputs = i < hidden.Length ? hidden[i] : 1;
        }
    }

    /// <param name="packs">[batch/pac, pac·D].</param>
    /// <param name="conditions">[batch/pac, pac·C], or null.</param>
    /// <param name="dropout">Source of the masks.</param>
    public Tensor Forward(Tensor packs, OneHotRows? conditions, RandomStream dropout)
    {
        for (int i = 0; i < _layers.Length - 1; i++)
            packs = Map(i).Dropout(_dropout, dropout);
        return Map(_layers.Length - 1);

        Tensor Map(int layer) => layer == 0 ? _layers[0].Forward([packs], conditions) : _layers[layer].Forward(packs);
    }

    /// <summary>mean f(fake) − mean f(real) + λ·gradient penalty at the points between; see <see cref="WassersteinCritic"/>.</summary>
    public Tensor Loss(Tensor fake, OneHotRows? fakeConditions, Tensor real, OneHotRows? realConditions, ReadOnlySpan<float> mix, RandomStream dropout, float penalty) =>
        WassersteinCritic.Loss(fake, real, mix, _layers, _dropout, dropout, penalty, fakeConditions, realConditions);
}

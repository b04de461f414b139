using Lethe.Numerics.Ops;
using Lethe.Synthesis.Encoders;

namespace Lethe.Synthesis.Tabular.Adversarial;

/// <summary>How the last layer of a generator is read: tanh for scalars, softmax for one-hot blocks.</summary>
internal static class OutputLayout
{
    public static OutputBlock[] Of(RowEncoder encoder) =>
        [.. encoder.Blocks.Select(b => new OutputBlock(b.Offset, b.Width, b.IsOneHot ? BlockActivation.Softmax : BlockActivation.Tanh))];
}

using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Tabular.Ctgan;

/// <summary>
/// [z | condition] → logits of a row: residual blocks h ← [ReLU(BN(W h + b)) | h], then one linear layer (§4.4 of the paper).
/// Parameters: <c>block0.fc</c>, <c>block0.bn</c>, …, <c>last</c>.
/// </summary>
internal sealed class CtganGenerator : Module
{
    private readonly (Linear Fc, BatchNorm Bn)[] _blocks;
    private readonly Linear _last;

    public CtganGenerator(int inputs, ReadOnlySpan<int> hidden, int width, Seed seed)
    {
        _blocks = new (Linear, BatchNorm)[hidden.Length];
        for (int i = 0; i < hidden.Length; i++)
        {
            _blocks[i] = (Register($"block{i}.fc", new Linear(inputs, hidden[i], seed.Derive("block", i))), Register($"block{i}.bn", new BatchNorm(hidden[i])));
            inputs += hidden[i];
        }

        _last = Register("last", new Linear(inputs, width, seed.Derive("last")));
    }

    public Tensor Forward(Tensor h)
    {
        foreach ((Linear fc, BatchNorm bn) in _blocks)
            h = bn.Forward(fc.Forward(h)).Relu().ConcatColumns(h);
        return _last.Forward(h);
    }
}

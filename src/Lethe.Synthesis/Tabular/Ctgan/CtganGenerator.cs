using Lethe.Numerics.Layers;
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
            _blocks[i] = (Register($"block{i}.fc", new Linear(inputs, hidden[i], seed.Derive("block", i))), Register($"block{i}.bn", new BatchNorm(hidden[i], rectify: true)));
            inputs += hidden[i];
        }

        _last = Register("last", new Linear(inputs, width, seed.Derive("last")));
    }

    /// <param name="z">Noise, and conditions too where they are not given apart: [n, noise (+ C)].</param>
    /// <param name="condition">Conditions, [n, C], or null.</param>
    public Tensor Forward(Tensor z, OneHotRows? condition = null)
    {
        int oldest = _blocks.Length;
        Tensor[] h = new Tensor[oldest + 1]; // the columns of h, the newest first; of the call alone, for a model is sampled from many threads
        h[oldest] = z;
        for (int i = 0; i < _blocks.Length; i++)
            h[oldest - 1 - i] = _blocks[i].Bn.Forward(_blocks[i].Fc.Forward(h.AsSpan(oldest - i), condition));
        return _last.Forward(h, condition);
    }
}

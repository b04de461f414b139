using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>A table of vectors by number. Parameter: <c>weight</c> [rows, width], N(0, 1) at first.</summary>
public sealed class Embedding : Module
{
    /// <summary>A table with fresh vectors.</summary>
    public Embedding(int rows, int width, Seed seed)
    {
        Weight = Register(new Parameter("weight", new Shape(rows, width)));
        RandomStream stream = seed.Stream("embedding");
        Span<Real> values = Weight.Values;
        for (int i = 0; i < values.Length; i++)
            values[i] = (Real)stream.NextGaussian();
    }

    /// <summary>The table, [rows, width]. Use it as a <see cref="Linear"/> weight too to tie input and output.</summary>
    public Parameter Weight { get; }

    /// <summary>One vector per id; negative ids give zeros.</summary>
    /// <param name="tape">Where to record.</param>
    /// <param name="ids">As many as <paramref name="shape"/> has elements.</param>
    /// <param name="shape">E.g. [examples, steps].</param>
    public Tensor Forward(Tape tape, ReadOnlySpan<int> ids, Shape shape) => tape.Embedding(Weight, ids, shape);
}

using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Autodiff.PerExample;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Tests.Gradients;

/// <summary>Every layer on sequences: norms and weighted sums of per-example gradients equal those of each example alone.</summary>
public sealed class SequencePerExampleTests
{
    private const int Steps = 12, Channels = 8;
    private static readonly Seed Root = new(23);

    public static TheoryData<string, int> Cases
    {
        get
        {
            TheoryData<string, int> cases = [];
            foreach (string name in Makers.Keys)
            {
                foreach (int examples in new[] { 0, 1, 7 })
                    cases.Add(name, examples);
            }

            return cases;
        }
    }

    private static Dictionary<string, Func<Layer>> Makers { get; } = new()
    {
        ["gru"] = () => new Gru(Channels, 10, Root, new RecurrentOptions { Layers = 2, Bidirectional = true }),
        ["gru, reset before"] = () => new Gru(Channels, 10, Root, null, GruForm.ResetBefore),
        ["lstm"] = () => new Lstm(Channels, 10, Root, new RecurrentOptions { Layers = 2 }, stateBias: false),
        ["attention"] = () => new MultiHeadAttention(Channels, 2, Root),
        ["transformer"] = () => new TransformerEncoderLayer(Channels, Root, new TransformerOptions { Heads = 2, FeedForward = 20, Dropout = 0, Causal = true }),
        ["positions"] = () => new PositionEmbedding(20, Channels, Root),
        ["conv"] = () => new Conv1d(Channels, 6, 3, Root, new ConvOptions { Padding = 1, Stride = 2 }),
        ["conv in groups"] = () => new Conv1d(Channels, 6, 3, Root, new ConvOptions { Padding = 2, Circular = true, Groups = 2 }),
        ["depthwise conv"] = () => new Conv1d(Channels, 16, 3, Root, new ConvOptions { Groups = Channels, Dilation = 2 }),
        ["transposed conv"] = () => new ConvTranspose1d(Channels, 6, 3, Root, new ConvOptions { Stride = 2, Groups = 2 }),
        ["network"] = () => new Sequential(new Conv1d(Channels, Channels, 3, Root, ConvOptions.Same(Steps, 3)), new PositionEmbedding(Steps, Channels, Root), new TransformerEncoderLayer(Channels, Root, new TransformerOptions { Heads = 2, FeedForward = 20, Dropout = 0 }), new Gru(Channels, 6, Root), new Linear(6, 3, Root)),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Equal_to_each_example_alone(string name, int examples)
    {
        Layer layer = Makers[name]();
        RandomStream random = Root.Stream(name);
        Real[] x = Draw(random, examples * Steps * Channels), factors = Draw(random, examples);
        Tape tape = new();
        PerExampleGradients pass = new(layer.Parameters);
        pass.Backward(tape, Losses(0, examples));
        double[] norms = [.. pass.SquaredNorms];
        pass.Accumulate(factors);
        double[] sums = Gradients(), expected = new double[sums.Length];
        for (int e = 0; e < examples; e++)
        {
            tape.Reset();
            tape.Backward(Losses(e, 1).Sum());
            double[] alone = Gradients();
            double norm = alone.Sum(v => v * v);
            Precision.Close(norm, norms[e], 1e-12, 1e-10, $"squared norm of example {e}");
            for (int i = 0; i < alone.Length; i++)
                expected[i] += factors[e] * alone[i];
        }

        // In single precision a sum of unlike terms is as exact as its largest term.
        double scale = Precision.IsDouble ? 1e-10 : 1e-5 * (1 + expected.Append(0).Max(Math.Abs));
        for (int i = 0; i < sums.Length; i++)
            Precision.Close(expected[i], sums[i], scale, 1e-9, $"weighted sum [{i}]");

        Tensor Losses(int from, int count) =>
            layer.Forward(tape.Input(x.AsSpan(from * Steps * Channels, count * Steps * Channels), new Shape(count, Steps, Channels))).Square().SumPerExample() * (Real)0.1;

        double[] Gradients()
        {
            double[] all = [.. layer.Parameters.SelectMany(p => Array.ConvertAll(p.Gradient.ToArray(), v => (double)v))];
            foreach (Parameter parameter in layer.Parameters)
                parameter.ClearGradient();
            return all;
        }
    }

    private static Real[] Draw(RandomStream random, int count)
    {
        Real[] values = new Real[count];
        for (int i = 0; i < count; i++)
            values[i] = (Real)random.NextGaussian();
        return values;
    }
}

using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Tests;

/// <summary>Operations on sequences and images against central differences; batches of 0, 1 and 7, unequal lengths, masks.</summary>
public sealed class SequenceGradientTests
{
    private static readonly Seed Root = new(17);

    public static TheoryData<string, int> Layers
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

    // Every model reads [examples, 6, 4].
    private static Dictionary<string, Func<int, (Module Module, Func<Tensor, Tensor> Forward)>> Makers { get; } = new()
    {
        ["gru"] = e => Recurrent(new Gru(4, 5, Root, new RecurrentOptions { Layers = 2 }), e),
        ["gru of two directions"] = e => Recurrent(new Gru(4, 9, Root, new RecurrentOptions { Layers = 2, Bidirectional = true }), e),
        ["gru, reset before"] = e => Recurrent(new Gru(4, 9, Root, new RecurrentOptions { Layers = 2, Bidirectional = true, Initialisation = Initialisation.Glorot }, GruForm.ResetBefore), e),
        ["lstm"] = e => Recurrent(new Lstm(4, 5, Root, new RecurrentOptions { Layers = 2 }, forgetBias: 1), e),
        ["lstm of two directions"] = e => Recurrent(new Lstm(4, 9, Root, new RecurrentOptions { Layers = 2, Bidirectional = true }, stateBias: false), e),
        ["recurrent to transformer"] = _ => Of(new Sequential(new Lstm(4, 8, Root), new TransformerEncoderLayer(8, Root, new TransformerOptions { Heads = 2, FeedForward = 6, Dropout = 0 }))),
        ["self-attention"] = _ => Of(Spread(new MultiHeadAttention(4, 2, Root))),
        ["masked self-attention"] = e => Masked(Spread(new MultiHeadAttention(4, 2, Root)), e),
        ["cross-attention"] = e => Cross(Spread(new MultiHeadAttention(4, 2, Root, context: 3)), e),
        ["transformer, norm first"] = _ => Of(new TransformerEncoderLayer(4, Root, new TransformerOptions { Heads = 2, FeedForward = 7, Dropout = 0, Causal = true })),
        ["transformer, norm after"] = e => Lengths(new TransformerEncoderLayer(4, Root, new TransformerOptions { Heads = 4, FeedForward = 7, Dropout = 0, NormFirst = false, Activation = Activation.Silu }), e),
        ["positions"] = _ => Of(new PositionEmbedding(9, 4, Root)),
        ["gaussian positions"] = _ => Of(new Sequential(new PositionEmbedding(6, 4, Root, gaussian: true), new LayerNorm(4))),
        ["conv"] = _ => Of(new Conv1d(4, 5, 3, Root, new ConvOptions { Stride = 2, Padding = 1 })),
        ["conv of one tap"] = _ => Of(new Conv1d(4, 5, 1, Root)),
        ["circular conv"] = _ => Of(new Conv1d(4, 3, 3, Root, new ConvOptions { Padding = 2, Circular = true })),
        ["dilated conv in groups"] = _ => Of(new Conv1d(4, 6, 2, Root, new ConvOptions { Dilation = 3, Groups = 2, Padding = 1, PaddingAfter = 2 })),
        ["depthwise conv"] = _ => Of(new Conv1d(4, 8, 3, Root, new ConvOptions { Groups = 4, Padding = 1 })),
        ["same conv"] = _ => Of(new Conv1d(4, 5, 4, Root, ConvOptions.Same(6, 4, 2))),
        ["transposed conv"] = _ => Of(new ConvTranspose1d(4, 3, 3, Root, new ConvOptions { Stride = 2, Padding = 1, OutputPadding = 1 })),
        ["transposed conv in groups"] = _ => Of(new ConvTranspose1d(4, 6, 4, Root, new ConvOptions { Stride = 3, Groups = 2 }, bias: false)),
        ["conv of images"] = e => Image(new Conv2d(2, 3, 2, Root, new ConvOptions { Padding = 1, Stride = 2 }), e),
        ["depthwise conv of images"] = e => Image(new Conv2d(2, 2, 3, Root, new ConvOptions { Padding = 1, Groups = 2 }), e),
        ["transposed conv of images"] = e => Image(new ConvTranspose2d(2, 3, 3, Root, new ConvOptions { Stride = 2, Padding = 1, OutputPadding = 1 }), e),
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Layer(string name, int examples)
    {
        (Module module, Func<Tensor, Tensor> forward) = Makers[name](examples);
        Parameter x = GradientCheck.Normal("x", new Shape(examples, 6, 4));
        GradientCheck.Run($"{name}, {examples}", [x, .. module.Parameters], tape => GradientCheck.Weigh(forward(tape.Use(x))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Attention_with_dropout_and_one_tensor_in_every_role(int examples)
    {
        Parameter x = GradientCheck.Normal("x", new Shape(examples, 5, 6)), y = GradientCheck.Normal("y", new Shape(examples, 3, 6));
        GradientCheck.Run("x, x, x", [x], tape =>
        {
            Tensor t = tape.Use(x);
            return GradientCheck.Weigh(t.Attention(t, t, 3, new AttentionMask { Causal = true }, 0.3, Root.Stream("mask")));
        });
        GradientCheck.Run("x, y, y", [x, y], tape =>
        {
            Tensor t = tape.Use(y);
            return GradientCheck.Weigh(tape.Use(x).Attention(t, t, 2, dropout: 0.3, stream: Root.Stream("mask")));
        });
    }

    [Fact]
    public void Fourier_transform_and_its_inverse()
    {
        foreach (int n in new[] { 1, 2, 7, 24 })
        {
            RealFourier fourier = new(n, FourierScale.Orthonormal);
            Parameter x = GradientCheck.Normal("x", new Shape(3, n, 2));
            GradientCheck.Run($"fourier {n}", [x], tape =>
            {
                (Tensor re, Tensor im) = fourier.Forward(tape.Use(x));
                return GradientCheck.Weigh(re.Square() + (im * 3)) + GradientCheck.Weigh(fourier.Inverse(re.Square(), im));
            });
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.1)]
    [InlineData(7, 0.5)]
    public void Least_squares(int systems, double epsilon)
    {
        Parameter z = GradientCheck.Normal("z", new Shape(systems, 8, 3)), y = GradientCheck.Normal("y", new Shape(systems, 8, 2));
        GradientCheck.Run("batch", [z, y], tape => GradientCheck.Weigh(tape.Use(z).LeastSquares(tape.Use(y), epsilon)));
        if (systems > 0)
            GradientCheck.Run("one", [z, y], tape => GradientCheck.Weigh(tape.Use(z).Reshape(new Shape(systems * 8, 3)).LeastSquares(tape.Use(y).Reshape(new Shape(systems * 8, 2)), epsilon)));
    }

    [Fact]
    public void Moduli_of_eigenvalues()
    {
        Parameter a = GradientCheck.Normal("a", new Shape(5, 4, 4)), b = GradientCheck.Normal("b", new Shape(3, 3));
        // Real and complex pairs both occur; a small random matrix has no coinciding ones. Weights by rank would jump where two
        // conjugates change places, so conjugates share their weight through the square.
        GradientCheck.Run("batch", [a], tape => (tape.Use(a).EigenvalueModuli() - 1).Square().Sum());
        GradientCheck.Run("one", [b], tape => (tape.Use(b).EigenvalueModuli() - 1).Square().Sum());
    }

    [Fact]
    public void Straight_through_gradients_are_those_of_the_stand_in()
    {
        double[] x = [0.3, -1, 0.7, 0.2, 0.1, -0.4];
        Tape tape = new();
        Tensor hardInput = tape.Variable(x, new Shape(2, 3)), softInput = tape.Variable(x, new Shape(2, 3)), p = tape.Variable(x, new Shape(2, 3));
        Tensor hard = hardInput.HardGumbelSoftmax(0.6, Root.Stream("noise")), soft = softInput.GumbelSoftmax(0.6, Root.Stream("noise")), bits = p.HardBernoulli(Root.Stream("bits"));
        tape.Backward(GradientCheck.Weigh(hard) + GradientCheck.Weigh(soft) + GradientCheck.Weigh(bits));
        for (int row = 0; row < 2; row++)
        {
            Assert.Equal([0, 0, 1], hard.Values.Slice(3 * row, 3).ToArray().Order());
            Assert.Equal(IndexOfMax(soft.Values.Slice(3 * row, 3)), IndexOfMax(hard.Values.Slice(3 * row, 3)));
        }

        Assert.Equal(softInput.Gradient.ToArray(), hardInput.Gradient.ToArray());
        Assert.All(bits.Values.ToArray(), bit => Assert.True(bit is 0 or 1));
        tape.Reset();
        Tensor weights = tape.Variable(new double[6], new Shape(2, 3));
        tape.Backward(GradientCheck.Weigh(weights));
        Assert.Equal(weights.Gradient.ToArray(), Bernoulli());

        double[] Bernoulli()
        {
            Tape other = new();
            Tensor q = other.Variable(x, new Shape(2, 3));
            other.Backward(GradientCheck.Weigh(q.HardBernoulli(Root.Stream("bits"))));
            return q.Gradient.ToArray();
        }
    }

    private static int IndexOfMax(Span<double> values) => System.Numerics.Tensors.TensorPrimitives.IndexOfMax<double>(values);

    private static (Module, Func<Tensor, Tensor>) Of(Layer layer) => (layer, layer.Forward);

    private static (Module, Func<Tensor, Tensor>) Recurrent(RecurrentLayer layer, int examples) => (layer, x =>
    {
        StackOutput y = layer.Forward(x, Enumerable.Range(0, examples).Select(i => (i * 2) % 7).ToArray());
        return y.Sequence.Reshape(new Shape(examples, 6 * layer.Outputs)).ConcatColumns(y.Top(layer.Options.Bidirectional ? 2 : 1));
    });

    private static (Module, Func<Tensor, Tensor>) Masked(MultiHeadAttention layer, int examples) => (layer, x =>
        layer.Forward(x, new AttentionMask { Causal = true, KeyLengths = Enumerable.Range(0, examples).Select(i => i % 7).ToArray() }));

    private static (Module, Func<Tensor, Tensor>) Cross(MultiHeadAttention layer, int examples) => (layer, x =>
        layer.Forward(x, x.Slice(1, 1, 3).SliceColumns(1, 3), new AttentionMask { KeyLengths = Enumerable.Range(0, examples).Select(i => i % 4).ToArray() }));

    private static (Module, Func<Tensor, Tensor>) Lengths(TransformerEncoderLayer layer, int examples) => (layer, x =>
        layer.Forward(x, Enumerable.Range(0, examples).Select(i => i % 7).ToArray()));

    private static (Module, Func<Tensor, Tensor>) Image(Layer layer, int examples) => (layer, x => layer.Forward(x.Reshape(new Shape(examples, 3, 4, 2))));

    // Biases start at 0: move them, or their gradient would be tested at a special point.
    private static MultiHeadAttention Spread(MultiHeadAttention layer)
    {
        RandomStream random = Root.Stream("spread");
        foreach (Parameter parameter in layer.Parameters)
        {
            foreach (ref double value in parameter.Values)
                value += 0.3 * random.NextGaussian();
        }

        return layer;
    }
}

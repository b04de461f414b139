using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Tests;

/// <summary>Every operation against central differences, on odd sizes so that vector loops and their tails both run.</summary>
public sealed class OperationGradientTests
{
    private static readonly OutputBlock[] Blocks = [new(0, 2, BlockActivation.Tanh), new(2, 3), new(5, 1, BlockActivation.Sigmoid), new(6, 4), new(10, 1, BlockActivation.None)];

    public static TheoryData<string> Unary => [.. Functions.Keys];

    private static Dictionary<string, Func<Tensor, Tensor>> Functions { get; } = new()
    {
        ["tanh"] = x => x.Tanh(),
        ["sigmoid"] = x => x.Sigmoid(),
        ["relu"] = x => x.Relu(),
        ["leaky"] = x => x.LeakyRelu(),
        ["elu"] = x => x.Elu(0.7),
        ["silu"] = x => x.Silu(),
        ["gelu"] = x => x.Gelu(),
        ["softplus"] = x => x.Softplus(),
        ["exp"] = x => x.Exp(),
        ["log"] = x => (x.Square() + 0.3).Log(),
        ["sqrt"] = x => (x.Square() + 0.3).Sqrt(),
        ["square"] = x => x.Square(),
        ["abs"] = x => x.Abs(),
        ["sin"] = x => x.Sin(),
        ["cos"] = x => x.Cos(),
        ["clamp"] = x => x.Clamp(-0.5, 0.8),
        ["affine"] = x => (3 - (x * 2)) / 5 + 1,
        ["reciprocal"] = x => 2 / (x.Square() + 0.5),
        ["softmax"] = x => x.Softmax(),
        ["softmax of long rows"] = x => x.Reshape(new Shape(1, 55)).Softmax(),
        ["softmax at a temperature"] = x => x.ActivateBlocks([new(0, 11)], 0.4),
        ["log softmax"] = x => x.LogSoftmax(),
        ["log sum exp"] = x => x.LogSumExp(),
        ["gumbel softmax"] = x => x.GumbelSoftmax(0.7, new Seed(3).Stream("gumbel")),
        ["blocks"] = x => x.ActivateBlocks(Blocks, 0.6, new Seed(3).Stream("gumbel")),
        ["dropout"] = x => x.Dropout(0.4, new Seed(3).Stream("mask")),
        ["sum columns"] = x => x.SumColumns(),
        ["mean columns"] = x => x.MeanColumns(),
        ["mean"] = x => x.Mean(),
        ["row norm"] = x => x.RowNorm(),
        ["row norm smooth"] = x => x.RowNorm(0.1),
        ["slice columns"] = x => x.SliceColumns(2, 7),
        ["slice rows"] = x => x.SliceRows(1, 3),
        ["concat columns"] = x => x.ConcatColumns(x.SliceColumns(0, 3)),
        ["concat rows"] = x => x.ConcatRows(x.SliceRows(0, 2)),
        ["sum to row"] = x => x.SumTo(new Shape(1, 11)),
        ["sum to column"] = x => x.SumTo(new Shape(5, 1)),
        ["gram"] = x => x.Gram(),
        ["reused"] = x => (x * x) + x.Tanh() + x,
        ["residual concat"] = x => x.Relu().ConcatColumns(x),
    };

    [Theory]
    [MemberData(nameof(Unary))]
    public void Function_of_one_tensor(string name)
    {
        Parameter x = GradientCheck.Normal("x", new Shape(5, 11));
        GradientCheck.Run(name, [x], tape => GradientCheck.Weigh(Functions[name](tape.Use(x))));
    }

    [Theory]
    [InlineData(new[] { 4, 9 }, new[] { 4, 9 })]
    [InlineData(new[] { 4, 9 }, new[] { 9 })]
    [InlineData(new[] { 4, 9 }, new[] { 1 })]
    [InlineData(new[] { 4, 9 }, new[] { 4, 1 })]
    [InlineData(new[] { 4, 1 }, new[] { 1, 9 })]
    [InlineData(new[] { 2, 3, 5 }, new[] { 2, 1, 5 })]
    [InlineData(new[] { 2, 3, 5 }, new[] { 3, 1 })]
    [InlineData(new[] { 2, 1, 3, 2 }, new[] { 4, 1, 2 })]
    [InlineData(new[] { 0, 3 }, new[] { 3 })]
    public void Arithmetic_with_broadcasting(int[] left, int[] right)
    {
        Parameter a = GradientCheck.Normal("a", Shape.From(left)), b = GradientCheck.Normal("b", Shape.From(right), shift: 3, scale: 0.4);
        GradientCheck.Run("add", [a, b], tape => GradientCheck.Weigh(tape.Use(a) + tape.Use(b)));
        GradientCheck.Run("subtract", [a, b], tape => GradientCheck.Weigh(tape.Use(b) - tape.Use(a)));
        GradientCheck.Run("multiply", [a, b], tape => GradientCheck.Weigh(tape.Use(a) * tape.Use(b)));
        GradientCheck.Run("divide", [a, b], tape => GradientCheck.Weigh(tape.Use(a) / tape.Use(b)));
    }

    [Fact]
    public void Parameters_repeat_over_rows_directly()
    {
        Parameter x = GradientCheck.Normal("x", new Shape(4, 3, 5)), scale = GradientCheck.Normal("scale", new Shape(5)), one = GradientCheck.Normal("one", new Shape(1));
        GradientCheck.Run("x·scale + one", [x, scale, one], tape => GradientCheck.Weigh((tape.Use(x) * scale) + one));
    }

    [Theory]
    [InlineData(Activation.None)]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.LeakyRelu)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Silu)]
    [InlineData(Activation.Gelu)]
    [InlineData(Activation.Elu)]
    [InlineData(Activation.Softplus)]
    public void Linear_with_each_activation(Activation activation)
    {
        foreach (int rows in new[] { 1, 2, 7, 13 })
        {
            Parameter x = GradientCheck.Normal("x", new Shape(rows, 19)), w = GradientCheck.Normal("w", new Shape(17, 19), scale: 0.3), b = GradientCheck.Normal("b", new Shape(17));
            GradientCheck.Run($"linear {activation} {rows}", [x, w, b], tape => GradientCheck.Weigh(tape.Use(x).Linear(w, b, activation)));
            GradientCheck.Run($"no bias {activation} {rows}", [x, w], tape => GradientCheck.Weigh(tape.Use(x).Linear(w, null, activation)));
        }
    }

    [Fact]
    public void Gaussians_drawn_and_compared()
    {
        Parameter q = GradientCheck.Normal("q", new Shape(3, 4, 10)), p = GradientCheck.Normal("p", new Shape(3, 4, 10));
        double[] noise = new double[60];
        RandomStream stream = new Seed(5).Stream("noise");
        for (int i = 0; i < noise.Length; i++)
            noise[i] = stream.NextGaussian();
        GradientCheck.Run("draw", [q], tape => GradientCheck.Weigh(tape.Use(q).SampleGaussian(tape.Input(noise, new Shape(3, 4, 5)))));
        GradientCheck.Run("divergence", [q, p], tape => GradientCheck.Weigh(tape.Use(q).GaussianDivergence(tape.Use(p))));
    }

    [Fact]
    public void Steps_put_together()
    {
        Parameter a = GradientCheck.Normal("a", new Shape(4, 3)), b = GradientCheck.Normal("b", new Shape(4, 3));
        GradientCheck.Run("stack", [a, b], tape =>
        {
            Tensor x = tape.Use(a), y = tape.Use(b);
            return GradientCheck.Weigh(tape.StackSteps([x, x * y, tape.Constant(x.Shape, 2), y, x]));
        });
        Tape plain = new();
        Tensor stacked = plain.StackSteps([plain.Use(a), plain.Use(b)]);
        Assert.Equal(new Shape(4, 2, 3), stacked.Shape);
        Assert.Equal(a.Values[5], stacked.Values[8]);
        Assert.Equal(b.Values[5], stacked.Values[11]);
        Assert.Throws<ArgumentException>(() => plain.StackSteps([]));
        Assert.Throws<ArgumentException>(() => plain.StackSteps([plain.Use(a), plain.Constant(new Shape(4, 2), 0)]));
    }

    [Fact]
    public void Linear_run_backwards()
    {
        Parameter x = GradientCheck.Normal("x", new Shape(2, 3, 17)), w = GradientCheck.Normal("w", new Shape(17, 5), scale: 0.3);
        GradientCheck.Run("transposed", [x, w], tape => GradientCheck.Weigh(tape.Use(x).LinearTransposed(w)));
    }

    [Theory]
    [InlineData("layer")]
    [InlineData("rms")]
    [InlineData("batch")]
    [InlineData("rectified batch")]
    public void Normalisation(string kind)
    {
        Parameter x = GradientCheck.Normal("x", new Shape(6, 9)), g = GradientCheck.Normal("g", new Shape(9), shift: 1, scale: 0.2), b = GradientCheck.Normal("b", new Shape(9));
        double[] mean = new double[9], variance = new double[9];
        Parameter[] parameters = kind == "rms" ? [x, g] : [x, g, b];
        GradientCheck.Run(kind, parameters, tape => GradientCheck.Weigh(kind switch
        {
            "layer" => tape.Use(x).LayerNorm(g, b),
            "rms" => tape.Use(x).RmsNorm(g),
            _ => tape.Use(x).BatchNorm(g, b, 1e-5, kind == "rectified batch", mean, variance),
        }));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Linear_of_joined_columns(bool oneHot, bool biased)
    {
        Parameter x = GradientCheck.Normal("x", new Shape(6, 9)), y = GradientCheck.Normal("y", new Shape(6, 5)), w = GradientCheck.Normal("w", new Shape(7, oneHot ? 18 : 14)), b = GradientCheck.Normal("b", new Shape(7));
        OneHotRows? last = oneHot ? new OneHotRows([3, 0, 3, 1, 3, 0, 1, 1, 2, 0, 0, 3], 4, 2) : null;
        GradientCheck.Run("joined", biased ? [x, y, w, b] : [x, y, w], tape => GradientCheck.Weigh(JoinedLinearOps.Linear([tape.Use(x), tape.Use(y)], last, w, biased ? b : null)));
        GradientCheck.Run("joined, a part twice", [x, w], tape =>
        {
            Tensor used = tape.Use(x);
            return GradientCheck.Weigh(JoinedLinearOps.Linear([used, used.SliceColumns(0, 5).Tanh()], last, w));
        });
    }

    [Fact]
    public void Linear_of_joined_columns_is_linear_of_the_join()
    {
        Tape tape = new();
        Parameter w = GradientCheck.Normal("w", new Shape(7, 18)), b = GradientCheck.Normal("b", new Shape(7));
        Tensor x = tape.Use(GradientCheck.Normal("x", new Shape(6, 9))), y = tape.Use(GradientCheck.Normal("y", new Shape(6, 5))), e = tape.Constant(new Shape(6, 4), 0);
        int[] ones = [3, 0, 3, 1, 3, 0];
        for (int i = 0; i < ones.Length; i++)
            e.Values[(i * 4) + ones[i]] = 1;
        Tensor joined = x.ConcatColumns(y).ConcatColumns(e).Linear(w, b), apart = JoinedLinearOps.Linear([x, y], new OneHotRows(ones, 4), w, b);
        for (int i = 0; i < joined.Length; i++)
            Assert.Equal(joined.Values[i], apart.Values[i], 12);

        tape.Backward(GradientCheck.Weigh(joined));
        double[] expected = w.Gradient.ToArray();
        w.ClearGradient();
        tape.Backward(GradientCheck.Weigh(apart));
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], w.Gradient[i], 12);
        Assert.Throws<ArgumentException>(() => JoinedLinearOps.Linear([x, y], new OneHotRows([3, 0, 4, 1, 3, 0], 4), w, b));
        Assert.Throws<ArgumentException>(() => JoinedLinearOps.Linear([x], new OneHotRows(ones, 4), w, b));
    }

    [Fact]
    public void Output_head_gives_the_documented_values()
    {
        Tape tape = new();
        Tensor x = tape.Input([-0.5, 2, 1, -1, 0.25, 1, 2, 3, 4, 0.7, 9], new Shape(1, 11)), y = x.ActivateBlocks([new(0, 2, BlockActivation.Tanh), new(2, 3), new(5, 1, BlockActivation.Sigmoid), new(6, 4), new(10, 1, BlockActivation.None)], 0.5);
        double sum = Math.Exp(2) + Math.Exp(-2) + Math.Exp(0.5);
        Assert.Equal(Math.Tanh(2), y.Values[1], 12);
        Assert.Equal(Math.Exp(2) / sum, y.Values[2], 12);
        Assert.Equal(1 / (1 + Math.Exp(-1)), y.Values[5], 12);
        Assert.Equal(1, y.Values[6] + y.Values[7] + y.Values[8] + y.Values[9], 12);
        Assert.Equal(9, y.Values[10]);
        Assert.Throws<ArgumentException>(() => x.ActivateBlocks([new(0, 10)]));
        Assert.Throws<ArgumentException>(() => x.ActivateBlocks([new(0, 5), new(6, 5)]));
    }

    /// <summary>Arg max of Gumbel-perturbed logits is a draw from the softmax: shares of 20,000 draws within five standard errors.</summary>
    [Fact]
    public void Gumbel_noise_draws_from_the_softmax()
    {
        const int N = 20_000;
        Tape tape = new();
        double[] logits = [0, 1, -1.5];
        Tensor x = tape.Input([.. Enumerable.Range(0, N * 3).Select(i => logits[i % 3])], new Shape(N, 3)), y = x.GumbelSoftmax(0.5, new Seed(17).Stream("gumbel"));
        double total = logits.Sum(Math.Exp);
        for (int k = 0; k < 3; k++)
        {
            int count = 0;
            for (int row = 0; row < N; row++)
            {
                Span<double> values = y.Values.Slice(row * 3, 3);
                count += values[k] >= values[0] && values[k] >= values[1] && values[k] >= values[2] ? 1 : 0;
            }

            double p = Math.Exp(logits[k]) / total;
            Assert.InRange((double)count / N, p - (5 * Math.Sqrt(p * (1 - p) / N)), p + (5 * Math.Sqrt(p * (1 - p) / N)));
        }
    }

    [Fact]
    public void Embedding_with_repeated_and_padded_ids()
    {
        Parameter table = GradientCheck.Normal("table", new Shape(5, 3));
        GradientCheck.Run("embedding", [table], tape => GradientCheck.Weigh(tape.Embedding(table, [0, 4, 4, -1, 2, 0], new Shape(2, 3)).Square()));
    }

    public static TheoryData<string> LossNames => [.. LossFunctions.Keys];

    private static Dictionary<string, Func<Tensor, Tensor>> LossFunctions { get; } = new()
    {
        ["squared"] = x => x.SquaredError(Target(x)),
        ["absolute"] = x => x.AbsoluteError(Target(x)),
        ["binary"] = x => x.BinaryCrossEntropyWithLogits(Target(x).Sigmoid().Detach()),
        ["binary constant"] = x => x.BinaryCrossEntropyWithLogits(0.9),
        ["softmax"] = x => x.SoftmaxCrossEntropy([0, 10, 3, -1, 7]),
        ["softmax steps"] = x => x.Reshape(new Shape(1, 5, 11)).SoftmaxCrossEntropy([0, 10, 3, -1, 7]),
        ["blocks"] = x => x.BlockCrossEntropy(OneHot(x), Blocks),
        ["block of a one"] = x => x.BlockCrossEntropy(new OneHotRows([2, 3, 5, 0, 10], 11), Blocks),
        ["blocks of two ones"] = x => x.BlockCrossEntropy(new OneHotRows([2, 3, 3, 3, 6, 2, 0, 10, 7, 7], 11, 2), Blocks),
        ["block of a one beside another loss"] = x => x.BlockCrossEntropy(new OneHotRows([2, 3, 5, 0, 10], 11), Blocks) + x.Square().SumPerExample(),
        ["kl"] = x => x.GaussianKl(x * 0.3),
        ["nll"] = x => Target(x).GaussianNll(x, x.Sin()),
    };

    [Theory]
    [MemberData(nameof(LossNames))]
    public void Loss(string name)
    {
        Parameter x = GradientCheck.Normal("x", new Shape(5, 11));
        GradientCheck.Run(name, [x], tape => GradientCheck.Weigh(LossFunctions[name](tape.Use(x))));
        GradientCheck.Run($"{name} mean", [x], tape => LossFunctions[name](tape.Use(x)).Mean());
    }

    [Fact]
    public void Cross_entropy_against_ones_is_that_against_the_dense_target()
    {
        Tape tape = new();
        Parameter x = GradientCheck.Normal("x", new Shape(5, 11));
        int[] ones = [2, 6, 3, 7, 4, 4, 2, 9, 3, 6];
        Tensor dense = tape.Constant(x.Shape, 0);
        for (int i = 0; i < ones.Length; i++)
            dense.Values[(i / 2 * 11) + ones[i]]++;
        Tensor expected = tape.Use(x).BlockCrossEntropy(dense, Blocks);
        tape.Backward(GradientCheck.Weigh(expected));
        double[] gradient = x.Gradient.ToArray();
        x.ClearGradient();
        Tensor found = tape.Use(x).BlockCrossEntropy(new OneHotRows(ones, 11, 2), Blocks);
        tape.Backward(GradientCheck.Weigh(found));
        for (int i = 0; i < 5; i++)
            Assert.Equal(expected.Values[i], found.Values[i], 12);
        for (int i = 0; i < gradient.Length; i++)
            Assert.Equal(gradient[i], x.Gradient[i], 12);
        Assert.Throws<ArgumentException>(() => found.Reshape(new Shape(1, 5)).BlockCrossEntropy(new OneHotRows([0], 4), []));
        Assert.Throws<ArgumentException>(() => tape.Use(x).BlockCrossEntropy(new OneHotRows([0, 1, 2, 3], 11), Blocks));
        Assert.Throws<ArgumentException>(() => tape.Use(x).BlockCrossEntropy(new OneHotRows([0, 1, 2, 3, 11], 11), Blocks));
        Assert.Throws<ArgumentException>(() => tape.Use(x).BlockCrossEntropy(new OneHotRows([0, 1, 2, 3, 4], 11), [new(9, 3)]));
    }

    [Theory]
    [MemberData(nameof(LossNames))]
    public void Every_layer_with_every_loss(string name)
    {
        Seed seed = new(5);
        foreach (Layer layer in new Layer[] { new Linear(4, 11, seed, Activation.Tanh), new Sequential(new Linear(4, 11, seed), new LayerNorm(11)), new Sequential(new Linear(4, 11, seed), new BatchNorm(11)), new Sequential(new RmsNorm(4), new Linear(4, 11, seed)), new Sequential(new GroupNorm(2, 4), new Linear(4, 11, seed, Activation.Gelu)), new Mlp(4, [6, 5], 11, seed, Activation.Silu) })
        {
            Parameter x = GradientCheck.Normal("x", new Shape(5, 4));
            GradientCheck.Run($"{layer.GetType().Name} {name}", [x, .. layer.Parameters], tape => LossFunctions[name](layer.Forward(tape.Use(x))).Mean());
        }
    }

    private static Tensor Target(Tensor x)
    {
        Tensor target = x.Tape!.Input(x.Shape);
        RandomStream random = new Seed(13).Stream("target");
        for (int i = 0; i < target.Length; i++)
            target.Values[i] = random.NextGaussian();
        return target;
    }

    private static Tensor OneHot(Tensor x)
    {
        Tensor target = x.Tape!.Constant(x.Shape, 0);
        for (int row = 0; row < 5; row++)
        {
            target.Values[(row * 11) + 2 + (row % 3)] = 1;
            if (row != 2)
                target.Values[(row * 11) + 6 + (row % 4)] = 1;
        }

        return target;
    }
}

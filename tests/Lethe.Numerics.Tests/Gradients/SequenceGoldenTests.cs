using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Tests.Gradients;

public sealed class SequenceGoldenTests
{
    [Fact]
    public void Gated_recurrent_unit_with_unequal_lengths()
    {
        GradientGolden g = new("gru");
        g.Check((tape, e) => StepLoss(g, tape, e, (x, lengths) => x.Gru(Weights(g), lengths: lengths).Sequence));
    }

    [Fact]
    public void Long_short_term_memory_with_unequal_lengths()
    {
        GradientGolden g = new("lstm");
        g.Check((tape, e) => StepLoss(g, tape, e, (x, lengths) => x.Lstm(Weights(g), lengths: lengths).Sequence));
    }

    [Theory]
    [InlineData("attention")]
    [InlineData("attention_causal")]
    public void Multi_head_attention(string name)
    {
        GradientGolden g = new(name);
        g.Check((tape, e) => HalfSquares(Attend(g, g.Tensor(tape, "x", e), g.Input("causal").GetBoolean()), g.Tensor(tape, "target", e)));
    }

    [Fact]
    public void Transformer_block()
    {
        GradientGolden g = new("transformer_block");
        g.Check((tape, e) =>
        {
            Tensor x = g.Tensor(tape, "x", e);
            Tensor h = x + Attend(g, x.LayerNorm(g["g1"], g["be1"]), causal: true);
            h += h.LayerNorm(g["g2"], g["be2"]).Linear(g["W1"], g["b1"], Activation.Gelu).Linear(g["W2"], g["b2"]);
            Tensor last = h.Slice(1, h.Shape[1] - 1, 1).Reshape(new Shape(e.Length, h.Shape[2]));
            return last.Linear(g["Wc"], g["bc"]).SoftmaxCrossEntropy(g.Integers("label", e));
        });
    }

    [Fact]
    public void Strided_and_depthwise_convolutions()
    {
        GradientGolden g = new("conv1d");
        g.Check((tape, e) =>
        {
            Tensor x = Transposed(tape, g.Tensor(tape, "x", e));
            Tensor strided = x.Conv1d(g["W"], g["b"], new ConvOptions { Stride = 2, Padding = 1 }), depthwise = x.Conv1d(g["Wd"], g["bd"], new ConvOptions { Dilation = 2, Groups = 2 });
            return HalfSquares(strided, Transposed(tape, g.Tensor(tape, "target", e))) + HalfSquares(depthwise, Transposed(tape, g.Tensor(tape, "target_depthwise", e)));
        });
    }

    // The file has channels before steps.
    private static Tensor Transposed(Tape tape, Tensor x)
    {
        int channels = x.Shape[1], steps = x.Shape[2];
        Tensor y = tape.Input(new Shape(x.Shape[0], steps, channels));
        for (int i = 0; i < x.Length; i++)
        {
            int e = i / (channels * steps), c = i / steps % channels, t = i % steps;
            y.Values[(((e * steps) + t) * channels) + c] = x.Values[i];
        }

        return y;
    }

    private static RecurrentWeights Weights(GradientGolden g) => new(g["W_ih"], g["W_hh"], g["b_ih"], g["b_hh"]);

    private static Tensor Attend(GradientGolden g, Tensor x, bool causal)
    {
        Tensor q = x.Linear(g["Wq"], g["bq"]), k = x.Linear(g["Wk"], g["bk"]), v = x.Linear(g["Wv"], g["bv"]);
        return q.Attention(k, v, g.Input("heads").GetInt32(), new AttentionMask { Causal = causal }).Linear(g["Wo"], g["bo"]);
    }

    /// <summary>Mean over the valid steps of half the squared error of a linear read-out.</summary>
    private static Tensor StepLoss(GradientGolden g, Tape tape, int[] examples, Func<Tensor, int[], Tensor> network)
    {
        int[] lengths = g.Integers("lengths", examples);
        Tensor target = g.Tensor(tape, "target", examples), weights = tape.Constant(target.Shape, 0);
        int steps = target.Shape[1];
        for (int i = 0; i < examples.Length; i++)
            weights.Values.Slice(i * steps, lengths[i]).Fill((Real)0.5 / lengths[i]);
        Tensor y = network(g.Tensor(tape, "x", examples), lengths).Linear(g["W_o"], g["b_o"]);
        return ((y - target).Square() * weights).SumPerExample();
    }

    private static Tensor HalfSquares(Tensor x, Tensor target) => (x - target).Square().SumPerExample() * (Real)0.5;
}

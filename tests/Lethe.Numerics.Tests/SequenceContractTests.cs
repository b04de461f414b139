using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Autodiff.PerExample;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Tests;

/// <summary>What layers on sequences promise besides numbers: start values, messages, refusals, memory, learning.</summary>
public sealed class SequenceContractTests
{
    private static readonly Seed Root = new(31);

    [Fact]
    public void Parameters_are_named_shaped_and_started_as_in_PyTorch()
    {
        Gru gru = new(5, 16, Root, new RecurrentOptions { Layers = 2, Bidirectional = true });
        Assert.Equal(
            ["weight_ih_l0 [48, 5]", "weight_hh_l0 [48, 16]", "bias_ih_l0 [48]", "bias_hh_l0 [48]", "weight_ih_l0_reverse [48, 5]", "weight_hh_l0_reverse [48, 16]", "bias_ih_l0_reverse [48]", "bias_hh_l0_reverse [48]", "weight_ih_l1 [48, 32]"],
            gru.Parameters.Take(9).Select(p => p.ToString()));
        Assert.All(gru.Parameters, p => Fills(p, 0.25));
        Fills(new Conv1d(6, 32, 3, Root, new ConvOptions { Groups = 2 }).Weight, 1 / 3.0);
        Fills(new ConvTranspose1d(6, 32, 4, Root).Weight, Math.Sqrt(1.0 / 128));

        Gru reset = new(5, 16, Root, new RecurrentOptions { Initialisation = Initialisation.Glorot }, GruForm.ResetBefore);
        Assert.Equal(3, reset.Parameters.Count);
        Assert.Equal([.. Enumerable.Repeat(1f, 32), .. Enumerable.Repeat(0f, 16)], reset.Parameters[2].Values.ToArray());
        Lstm lstm = new(5, 16, Root, new RecurrentOptions { Initialisation = Initialisation.Glorot }, forgetBias: 1, stateBias: false);
        Assert.Equal([.. Enumerable.Repeat(0f, 16), .. Enumerable.Repeat(1f, 16), .. Enumerable.Repeat(0f, 32)], lstm.Parameters[2].Values.ToArray());
        Fills(new MultiHeadAttention(16, 4, Root).Parameters[0], Math.Sqrt(6.0 / 64));

        // A uniform sample of n stays inside ±bound and, but for one in a million, leaves none of its outer eighths empty when n ≥ 105.
        static void Fills(Parameter p, double bound)
        {
            float[] values = p.Values.ToArray();
            Assert.All(values, v => Assert.InRange(Math.Abs(v), 0, bound * 1.0001));
            if (values.Length >= 105)
                Assert.True(values.Max() > 0.75 * bound && values.Min() < -0.75 * bound, $"{p} does not fill ±{bound}");
        }
    }

    [Fact]
    public void Messages_name_the_operation_and_the_shapes()
    {
        Tape tape = new();
        Tensor x = tape.Constant(new Shape(2, 5, 3), 0);
        Gru gru = new(4, 6, Root);
        ArgumentException wrong = Assert.Throws<ArgumentException>(() => gru.Forward(x));
        Assert.Contains("Gru", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("[2, 5, 3]", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("[18, 4]", wrong.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Lstm(3, 6, Root).Forward(x, [5, 6]));
        Assert.Throws<ArgumentException>(() => new Lstm(3, 6, Root).Forward(x, [5]));
        Assert.Throws<ArgumentException>(() => x.SelfAttention(2));
        Assert.Throws<ArgumentException>(() => x.Attention(x, x, 2));
        Assert.Throws<ArgumentException>(() => x.Conv1d(tape.Constant(new Shape(4, 3, 9), 0)));
        Assert.Throws<ArgumentException>(() => x.Conv1d(tape.Constant(new Shape(4, 2, 1), 0)));
        Assert.Throws<ArgumentException>(() => x.ConvTranspose1d(tape.Constant(new Shape(3, 2, 2), 0), null, new ConvOptions { OutputPadding = 1 }));
        Assert.Throws<InvalidOperationException>(() => new MultiHeadAttention(3, 1, Root, context: 2).Forward(x));
    }

    [Fact]
    public void One_system_over_all_examples_is_refused_where_examples_must_stay_apart()
    {
        Linear map = new(3, 2, Root);
        Tape tape = new();
        RandomStream random = Root.Stream("x");
        Tensor x = tape.Input(new Shape(6, 3));
        random.FillGaussian(x.Values);
        Tensor z = map.Forward(x), c = z.LeastSquares(x);
        PerExampleGradients pass = new(map.Parameters);
        NotSupportedException refusal = Assert.Throws<NotSupportedException>(() => pass.Backward(tape, z.SumColumns() + c.Square().Sum()));
        Assert.Contains("LeastSquares", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_sequence_is_remembered_in_bounded_memory()
    {
        // The class is the sign of the first of ten steps; the rest is noise.
        Seed seed = Root.Derive("memory");
        Gru gru = new(2, 16, seed.Derive("gru"));
        Linear head = new(16, 1, seed.Derive("head"));
        Adam adam = new([.. gru.Parameters, .. head.Parameters], new AdamOptions { LearningRate = 0.02 });
        RandomStream random = seed.Stream("data");
        Tape tape = new();
        float last = 1;
        for (int step = 0; step < 150; step++)
        {
            tape.Reset();
            Tensor x = tape.Input(new Shape(64, 10, 2)), label = tape.Input(new Shape(64, 1));
            random.FillGaussian(x.Values);
            for (int e = 0; e < 64; e++)
                label.Values[e] = x.Values[e * 20] > 0 ? 1 : 0;
            Tensor loss = head.Forward(gru.Forward(x, default).Top()).BinaryCrossEntropyWithLogits(label).Mean();
            tape.Backward(loss);
            adam.Step();
            last = loss.Item;
        }

        Assert.InRange(last, 0, 0.2f); // guessing gives 0.69
        long before = tape.PeakBytes;
        tape.Reset();
        tape.Recording = false;
        gru.Forward(tape.Constant(new Shape(64, 10, 2), 0));
        Assert.Equal(before, tape.PeakBytes);
    }
}

using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Tests;

/// <summary>Gradients of gradients against central differences, through everything a critic may be made of.</summary>
public sealed class SecondDerivativeTests
{
    public static TheoryData<string> Names => [.. Critics.Keys];

    private static Dictionary<string, Func<Seed, Layer>> Critics { get; } = new()
    {
        ["leaky"] = seed => new Mlp(6, [9, 7], 1, seed),
        ["relu"] = seed => new Mlp(6, [9, 7], 1, seed, Activation.Relu),
        ["tanh"] = seed => new Mlp(6, [9, 7], 1, seed, Activation.Tanh),
        ["sigmoid"] = seed => new Mlp(6, [9, 7], 1, seed, Activation.Sigmoid),
        ["silu"] = seed => new Mlp(6, [9, 7], 1, seed, Activation.Silu),
        ["elu"] = seed => new Mlp(6, [9, 7], 1, seed, Activation.Elu),
        ["softplus"] = seed => new Mlp(6, [9, 7], 1, seed, Activation.Softplus),
        ["layer norm"] = seed => new Sequential(new Linear(6, 9, seed), new LayerNorm(9), new Linear(9, 1, seed.Derive("b"))),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_penalty(string name)
    {
        Layer critic = Critics[name](new Seed(2));
        GradientCheck.Run(name, critic.Parameters, tape => Penalty(tape, critic.Forward));
    }

    [Fact]
    public void Penalty_through_arithmetic_and_cutting()
    {
        Linear first = new(6, 8, new Seed(3), Activation.Tanh), second = new(11, 1, new Seed(4));
        Tensor Forward(Tensor x)
        {
            Tensor h = first.Forward(x);
            Tensor joined = (h / (x.Square().SumColumns().Reshape(new Shape(5, 1)) + 1)).ConcatColumns(x.SliceColumns(1, 3).Exp());
            return second.Forward(joined.Reshape(new Shape(5, 11)) * 0.5 - joined.Sin()) + x.MeanColumns().Reshape(new Shape(5, 1)).Cos();
        }

        GradientCheck.Run("mixed", [.. first.Parameters, .. second.Parameters], tape => Penalty(tape, Forward));
    }

    [Fact]
    public void Dropout_masks_are_reused()
    {
        Seed seed = new(6);
        Linear first = new(6, 40, seed, Activation.LeakyRelu), last = new(40, 1, seed.Derive("last"));
        GradientCheck.Run("dropout", [.. first.Parameters, .. last.Parameters], tape =>
        {
            RandomStream masks = seed.Stream("masks");
            return Penalty(tape, x => last.Forward(first.Forward(x).Dropout(0.5, masks)));
        });
    }

    [Fact]
    public void Input_gradient_is_the_gradient()
    {
        Mlp critic = new(6, [8], 1, new Seed(1), Activation.Silu);
        Tape tape = new();
        Tensor x = Points(tape), scores = critic.Forward(x), gradient = tape.InputGradient(scores, x);
        tape.Backward(scores.Sum());
        for (int i = 0; i < x.Length; i++)
            Assert.Equal(x.Gradient[i], gradient.Values[i], 12);
    }

    [Fact]
    public void Operations_without_second_derivative_say_so()
    {
        Mlp critic = new(6, [8], 1, new Seed(1), Activation.Gelu);
        Tape tape = new();
        Tensor x = Points(tape), scores = critic.Forward(x);
        Assert.Contains("Gelu", Assert.Throws<NotSupportedException>(() => tape.InputGradient(scores, x)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => tape.InputGradient(scores, tape.Input(x.Values, x.Shape)));
        Assert.Throws<ArgumentException>(() => tape.InputGradient(tape.Constant(new Shape(2), 1), x));
    }

    private static Tensor Points(Tape tape)
    {
        RandomStream random = new Seed(8).Stream("points");
        double[] values = new double[5 * 6];
        for (int i = 0; i < values.Length; i++)
            values[i] = random.NextGaussian();
        return tape.Variable(values, new Shape(5, 6));
    }

    private static Tensor Penalty(Tape tape, Func<Tensor, Tensor> critic)
    {
        Tensor x = Points(tape), scores = critic(x);
        return (GradientPenalty.PerRow(scores, x).Mean() * 10) + scores.Mean();
    }
}

using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Autodiff.PerExample;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Tests.Training;

public sealed class NonFiniteTests
{
    [Fact]
    public void A_bad_loss_names_step_and_operation()
    {
        Tape tape = new();
        tape.Reset();
        tape.Reset();
        Tensor x = tape.Variable([1f, -1f], new Shape(2));
        NonFiniteException e = Assert.Throws<NonFiniteException>(() => tape.Backward((x * 2).Log().Tanh().Sum()));
        Assert.Equal("Log", e.Operation);
        Assert.Equal(2, e.Step);
        Assert.Contains("Step 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_gradient_names_parameter_and_operation()
    {
        // √ at 0 has a finite value and an infinite slope.
        Linear layer = new(2, 3, new Seed(1), initialisation: Initialisation.Zero);
        Sequential model = new(layer);
        Assert.Equal(["0.weight", "0.bias"], model.Parameters.Select(parameter => parameter.Name));
        Tape tape = new();
        NonFiniteException e = Assert.Throws<NonFiniteException>(() => tape.Backward(model.Forward(tape.Constant(new Shape(4, 2), 1)).Sqrt().Sum()));
        Assert.StartsWith("0.", e.Parameter, StringComparison.Ordinal);
        Assert.Equal("Linear", e.Operation);
    }

    [Fact]
    public void Bad_inputs_are_found_too()
    {
        Linear layer = new(2, 1, new Seed(1));
        Tape tape = new();
        Tensor x = tape.Input([1f, float.NaN, 1f, 1f], new Shape(2, 2));
        Assert.Equal("Linear", Assert.Throws<NonFiniteException>(() => tape.Backward(layer.Forward(x).Mean())).Operation);
        Assert.Throws<ArgumentException>(() => tape.Backward(layer.Forward(x)));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e30f)]
    public void A_bad_example_adds_nothing_and_touches_nobody(float bad)
    {
        Mlp model = new(3, [8, 8], 1, new Seed(1), Activation.Tanh);
        Tape tape = new();
        PerExampleGradients pass = new(model.Parameters);
        float[] good = [0.5f, -1, 2, 1, 1, -0.5f], mixed = [.. good[..3], bad, 1, 1, .. good[3..]];
        double[] norms = Pass(good, 2, [0.3f, 0.7f], out float[][] sums);
        double[] withBad = Pass(mixed, 3, [0.3f, 0, 0.7f], out float[][] sumsWithBad);
        Assert.Equal(norms[0], withBad[0], 1e-6 * norms[0]);
        Assert.Equal(norms[1], withBad[2], 1e-6 * norms[1]);
        Assert.Equal(double.PositiveInfinity, withBad[1]);
        Assert.Equal(1, pass.NonFiniteExamples);
        for (int i = 0; i < sums.Length; i++)
        {
            for (int j = 0; j < sums[i].Length; j++)
                Assert.Equal(sums[i][j], sumsWithBad[i][j], 1e-5f);
        }

        model.Parameters[0].Values[0] = float.NaN;
        tape.Reset();
        NonFiniteException e = Assert.Throws<NonFiniteException>(() => pass.Backward(tape, model.Forward(tape.Input(good, new Shape(2, 3))).SumPerExample()));
        Assert.Equal(model.Parameters[0].Name, e.Parameter);

        double[] Pass(float[] x, int count, float[] factors, out float[][] sums)
        {
            tape.Reset();
            pass.Backward(tape, model.Forward(tape.Input(x, new Shape(count, 3)) * 1e10f).Square().SumPerExample());
            pass.Accumulate(factors);
            sums = [.. model.Parameters.Select(parameter => parameter.Gradient.ToArray())];
            foreach (Parameter parameter in model.Parameters)
                parameter.ClearGradient();
            return pass.SquaredNorms.ToArray();
        }
    }
}

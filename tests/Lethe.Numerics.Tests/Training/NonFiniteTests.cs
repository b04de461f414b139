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
    public void Bad_inputs_and_private_losses_are_found_too()
    {
        Linear layer = new(2, 1, new Seed(1));
        Tape tape = new();
        Tensor x = tape.Input([1f, float.NaN, 1f, 1f], new Shape(2, 2));
        Assert.Equal("Linear", Assert.Throws<NonFiniteException>(() => tape.Backward(layer.Forward(x).Mean())).Operation);
        Assert.Throws<NonFiniteException>(() => new PerExampleGradients(layer.Parameters).Backward(tape, layer.Forward(x).SumPerExample()));
        Assert.Throws<ArgumentException>(() => tape.Backward(layer.Forward(x)));
    }
}

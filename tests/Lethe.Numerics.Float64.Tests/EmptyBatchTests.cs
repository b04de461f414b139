using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Tests;

/// <summary>A Poisson sample can be empty: every layer and loss must then give zero gradients, not an error.</summary>
public sealed class EmptyBatchTests
{
    [Fact]
    public void Layers_and_losses_of_no_examples()
    {
        Seed seed = new(1);
        Sequential model = new(new Linear(4, 6, seed, Activation.Gelu), new LayerNorm(6), new Dropout(0.5, seed), new RmsNorm(6), new GroupNorm(2, 6), new Mlp(6, [5], 3, seed));
        Tape tape = new();
        Func<Tensor, Tensor>[] losses =
        [
            y => y.SoftmaxCrossEntropy([]),
            y => y.BinaryCrossEntropyWithLogits(1),
            y => y.SquaredError(y.Detach()),
            y => y.AbsoluteError(y.Detach()),
            y => y.BlockCrossEntropy(y.Detach(), [new(0, 3)]),
            y => y.GaussianKl(y),
            y => y.ActivateBlocks([new(0, 1, BlockActivation.Tanh), new(1, 2)]).SumPerExample(),
            y => y.ConcatColumns(y).ConcatRows(y.SliceColumns(0, 3).ConcatColumns(y)).RowNorm(),
            y => y.LogSumExp(),
        ];
        foreach (Func<Tensor, Tensor> loss in losses)
        {
            tape.Reset();
            Tensor x = tape.Input(new Shape(0, 4));
            Tensor total = loss(model.Forward(x)).Mean();
            Assert.Equal(0, total.Item);
            tape.Backward(total);
            foreach (Parameter parameter in model.Parameters)
            {
                Assert.All(parameter.Gradient.ToArray(), value => Assert.Equal(0, value));
                parameter.ClearGradient();
            }
        }
    }

    [Fact]
    public void Embedding_of_no_ids()
    {
        Embedding table = new(5, 3, new Seed(1));
        Tape tape = new();
        Tensor y = table.Forward(tape, [], new Shape(0, 7));
        Assert.Equal(new Shape(0, 7, 3), y.Shape);
        tape.Backward(y.Sum());
        Assert.All(table.Weight.Gradient.ToArray(), value => Assert.Equal(0, value));
    }
}

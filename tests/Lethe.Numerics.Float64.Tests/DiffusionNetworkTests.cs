using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.DiffusionTs.Network;

namespace Lethe.Numerics.Tests;

/// <summary>The operations that diffusion models of series use, and the whole loss of Diffusion-TS, against central differences.</summary>
public sealed class DiffusionNetworkTests
{
    private static readonly Seed Root = new(23);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Operations(int examples)
    {
        Parameter x = GradientCheck.Normal("x", new Shape(examples, 19, 7)), m = GradientCheck.Normal("m", new Shape(examples, 14));
        DominantFrequencies frequencies = new(19, kept: 2);
        GradientCheck.Run("exchanged axes", [x], tape => GradientCheck.Weigh(tape.Use(x).TransposeInner().Square()));
        GradientCheck.Run("dominant frequencies", [x], tape => GradientCheck.Weigh(frequencies.Forward(tape.Use(x).TransposeInner())));
        GradientCheck.Run("adaptive norm", [x, m], tape => GradientCheck.Weigh(tape.Use(x).AdaptiveLayerNorm(tape.Use(m))));
        GradientCheck.Run("adaptive norm of one tensor twice", [x], tape =>
        {
            Tensor t = tape.Use(x);
            return GradientCheck.Weigh(t.AdaptiveLayerNorm(t.Slice(1, 4, 2).Reshape(new Shape(examples, 14))));
        });
    }

    /// <summary>Two stays of five steps and two features, also with statics, a gate and two noisy copies of each stay; short and long windows.</summary>
    [Theory]
    [InlineData(5, 2, 0, 1)]
    [InlineData(5, 2, 3, 2)]
    [InlineData(1, 1, 0, 1)]
    [InlineData(66, 2, 0, 1)]
    public void Whole_loss(int steps, int features, int statics, int multiplicity)
    {
        int rows = 2 * multiplicity;
        Denoiser network = new(new DenoiserShape(steps, features, statics, 8, 2, 2, 2, 2, 0), Root);
        DiffusionLoss loss = new(steps);
        RandomStream random = Root.Stream("values");

        // Zero biases and unit gains are special points: everything is moved off them.
        foreach (Parameter parameter in network.Parameters)
        {
            foreach (ref double value in parameter.Values)
                value += 0.1 * random.NextGaussian();
        }

        Shape shape = new(rows, steps, features);
        double[] noisy = Normals(shape.Length), clean = Normals(shape.Length), given = Normals(rows * statics), times = [.. Enumerable.Range(0, rows).Select(i => 3.0 + (40 * i))];
        double[] gate = [.. Enumerable.Range(0, shape.Length).Select(i => i % 3 == 0 ? 0.1 : 1.0)], weights = [.. Enumerable.Range(0, rows).Select(i => 0.4 + i)];
        GradientCheck.Run("Diffusion-TS", network.Parameters, tape =>
        {
            Tensor? condition = statics == 0 ? null : tape.Input(given, new Shape(rows, statics));
            Tensor predicted = network.Forward(tape.Input(noisy, shape), times, condition).Series;
            Tensor losses = loss.PerStay(predicted, tape.Input(clean, shape), statics == 0 ? null : tape.Input(gate, shape), tape.Input(weights, new Shape(rows)), multiplicity);
            Assert.Equal(new Shape(2), losses.Shape);
            Tensor squared = DiffusionLoss.SquaredPerStay(predicted, tape.Input(clean, shape), statics == 0 ? null : tape.Input(gate, shape), tape.Input(weights, new Shape(rows)), multiplicity);
            Assert.Equal(new Shape(2), squared.Shape);
            return losses.Mean() + squared.Mean();
        });

        double[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];
    }
}

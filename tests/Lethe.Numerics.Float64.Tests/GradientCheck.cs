using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Tests;

/// <summary>
/// Compares the gradient with a central difference along a random direction: (L(θ + hu) − L(θ − hu))/2h = ∇L·u up to O(h²).
/// In double with h = 1e-5 both agree to about 1e-9 of the derivative's size; the test allows 1e-7.
/// </summary>
internal static class GradientCheck
{
    private const double Step = 1e-5;

    public static void Run(string what, IReadOnlyList<Parameter> parameters, Func<Tape, Tensor> loss, ulong seed = 1)
    {
        RandomStream random = new Seed(seed).Stream("direction");
        double[][] direction = [.. parameters.Select(p => Enumerable.Range(0, p.Length).Select(_ => random.NextGaussian()).ToArray())];
        Tape tape = new();
        tape.Backward(loss(tape));
        double derivative = 0, size = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            Span<double> gradient = parameters[i].Gradient;
            for (int j = 0; j < gradient.Length; j++)
            {
                derivative += gradient[j] * direction[i][j];
                size += Math.Abs(gradient[j] * direction[i][j]);
            }

            parameters[i].ClearGradient();
        }

        double up = At(Step), down = At(-Step);
        Move(0);
        double difference = (up - down) / (2 * Step);
        Assert.True(Math.Abs(difference - derivative) <= 1e-7 * (1e-2 + size), $"{what}: gradient·u = {derivative:R}, central difference = {difference:R}");

        double At(double h)
        {
            Move(h);
            tape.Reset();
            double value = loss(tape).Item;
            Move(-h);
            return value;
        }

        void Move(double h)
        {
            for (int i = 0; i < parameters.Count; i++)
            {
                for (int j = 0; j < direction[i].Length; j++)
                    parameters[i].Values[j] += h * direction[i][j];
            }
        }
    }

    /// <summary>A parameter of standard normal draws.</summary>
    public static Parameter Normal(string name, Shape shape, double shift = 0, double scale = 1)
    {
        Parameter parameter = new(name, shape);
        RandomStream random = new Seed(7).Stream(name);
        for (int i = 0; i < parameter.Length; i++)
            parameter.Values[i] = shift + (scale * random.NextGaussian());
        return parameter;
    }

    /// <summary>A weighted sum, so that every element of a result matters differently.</summary>
    public static Tensor Weigh(Tensor x)
    {
        Tensor weights = x.Tape!.Allocate(x.Shape);
        RandomStream random = new Seed(11).Stream("weights");
        for (int i = 0; i < weights.Length; i++)
            weights.Values[i] = random.NextGaussian();
        return Ops.ReduceOps.Sum(x * weights);
    }
}

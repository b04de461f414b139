using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Autodiff.PerExample;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Tests.Gradients;

/// <summary>
/// For every layer and batches of 0, 1 and 7: norms equal those of gradients taken one example at a time, weighted sums
/// equal the sums of them, in chunks or at once, whichever of the norm's forms the shapes call for.
/// </summary>
public sealed class PerExamplePropertyTests
{
    private const int Steps = 5, Width = 6;

    public static TheoryData<string, int> Cases
    {
        get
        {
            TheoryData<string, int> cases = [];
            foreach (string name in Models.Keys)
            {
                foreach (int batch in new[] { 0, 1, 7 })
                    cases.Add(name, batch);
            }

            return cases;
        }
    }

    private static Dictionary<string, Func<Seed, (Module Module, Func<Tensor, Tensor> Loss)>> Models { get; } = new()
    {
        ["linear over steps, Gram form"] = seed => Of(new Linear(Width, 40, seed, Activation.Tanh)),
        ["linear over steps, instantiated"] = seed => Of(new Linear(Width, 2, seed, Activation.Silu)),
        ["linear without bias"] = seed => Of(new Linear(Width, 3, seed, bias: false)),
        ["mlp"] = seed => Of(new Mlp(Width, [8, 9], 3, seed, Activation.LeakyRelu)),
        ["linear of joined columns"] = seed =>
        {
            Linear joined = new((2 * Width) + 3, 4, seed);
            return (joined, x =>
            {
                Shape rows = new(x.Shape[0], Width);
                int[] ones = new int[x.Shape[0]]; // an example's own, whatever batch it is in
                for (int i = 0; i < ones.Length; i++)
                    ones[i] = x.Values[i * Steps * Width] > 0 ? 2 : 0;
                OneHotRows last = new(ones, 3);
                return joined.Forward([x.Slice(1, 0, 1).Reshape(rows), x.Slice(1, 2, 1).Reshape(rows)], last).Sin().SumPerExample();
            });
        },
        ["layer norm"] = seed => Of(new Sequential(new Linear(Width, 8, seed), new LayerNorm(8), new Linear(8, 3, seed.Derive("b")))),
        ["one layer twice"] = seed =>
        {
            Linear shared = new(Width, Width, seed, Activation.Tanh);
            return (shared, x => shared.Forward(shared.Forward(x)).Square().SumPerExample());
        },
        ["siamese"] = seed =>
        {
            Linear shared = new(Width, 4, seed);
            return (shared, x => (shared.Forward(x) - shared.Forward(x * x)).Square().SumPerExample());
        },
        ["scale and shift by arithmetic"] = seed =>
        {
            LayerNorm parameters = new(Width);
            return (parameters, x => ((x * parameters.Weight) + parameters.Bias).Sin().SumPerExample());
        },
        ["steps pooled before the last layer"] = seed =>
        {
            Mlp body = new(Width, [7], 4, seed, Activation.Tanh);
            return (body, x => body.Forward(x).Sin().SumPerExample());
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Norms_and_sums_equal_those_one_at_a_time(string name, int batch)
    {
        (Module module, Func<Tensor, Tensor> loss) = Models[name](new Seed(3).Derive("model"));
        Real[] x = Inputs(batch), factors = new Real[batch];
        RandomStream random = new Seed(4).Stream("factors");
        for (int i = 0; i < batch; i++)
            factors[i] = (Real)random.NextDouble();

        Tape tape = new();
        double[] norms = new double[batch];
        double[][] sums = [.. module.Parameters.Select(parameter => new double[parameter.Length])];
        for (int example = 0; example < batch; example++)
        {
            tape.Reset();
            tape.Backward(loss(tape.Input(x.AsSpan(example * Steps * Width, Steps * Width), new Shape(1, Steps, Width))).Sum());
            for (int i = 0; i < sums.Length; i++)
            {
                for (int j = 0; j < sums[i].Length; j++)
                {
                    double g = module.Parameters[i].Gradient[j];
                    norms[example] += g * g;
                    sums[i][j] += g * factors[example];
                }

                module.Parameters[i].ClearGradient();
            }
        }

        PerExampleGradients pass = new(module.Parameters);
        Check("at once", batch);
        Check("in chunks", 3);

        void Check(string how, int chunk)
        {
            for (int from = 0; from < Math.Max(batch, 1); from += Math.Max(chunk, 1))
            {
                tape.Reset();
                int count = Math.Min(chunk, batch - from);
                pass.Backward(tape, loss(tape.Input(x.AsSpan(from * Steps * Width, count * Steps * Width), new Shape(count, Steps, Width))));
                for (int example = 0; example < count; example++)
                    Precision.Close(norms[from + example], pass.SquaredNorms[example], 1e-12, 1e-9, $"{how}: squared norm of example {from + example}");
                pass.Accumulate(factors.AsSpan(from, count));
            }

            for (int i = 0; i < sums.Length; i++)
            {
                Precision.Close(sums[i], module.Parameters[i].Gradient, 1e-11, 1e-9, $"{how}: {module.Parameters[i].Name}");
                module.Parameters[i].ClearGradient();
            }
        }
    }

    [Fact]
    public void Factors_of_one_give_the_plain_gradient()
    {
        Mlp model = new(Width, [16, 16], 2, new Seed(1));
        Real[] x = Inputs(7);
        Tape tape = new();
        Tensor Losses() => model.Forward(tape.Input(x, new Shape(7, Steps, Width))).Square().SumPerExample();
        tape.Backward(Losses().Sum());
        Real[][] plain = [.. model.Parameters.Select(parameter => parameter.Gradient.ToArray())];
        foreach (Parameter parameter in model.Parameters)
            parameter.ClearGradient();
        tape.Reset();
        PerExampleGradients pass = new(model.Parameters);
        pass.Backward(tape, Losses());
        pass.Accumulate([1, 1, 1, 1, 1, 1, 1]);
        for (int i = 0; i < plain.Length; i++)
            Precision.Close(Array.ConvertAll(plain[i], value => (double)value), model.Parameters[i].Gradient, 1e-12, 1e-9, model.Parameters[i].Name);
    }

    [Fact]
    public void Frozen_and_unlisted_parameters_take_no_part()
    {
        Mlp model = new(Width, [8], 2, new Seed(1));
        Parameter frozen = model.Parameters[0];
        PerExampleGradients pass = new([.. model.Parameters.Skip(1)]);
        Tape tape = new();
        pass.Backward(tape, model.Forward(tape.Input(Inputs(4), new Shape(4, Steps, Width))).Square().SumPerExample());
        double all = pass.SquaredNorms[0];
        pass.Accumulate([1, 1, 1, 1]);
        Assert.False(frozen.HasGradient);
        tape.Reset();
        model.Parameters[1].Trainable = false;
        pass.Backward(tape, model.Forward(tape.Input(Inputs(4), new Shape(4, Steps, Width))).Square().SumPerExample());
        Assert.True(pass.SquaredNorms[0] < all);
        Assert.Equal(0, pass.SquaredNormsOf(0)[0]);
    }

    [Fact]
    public void What_mixes_examples_is_refused_by_name()
    {
        Sequential model = new(new Linear(Width, 4, new Seed(1)), new BatchNorm(4));
        PerExampleGradients pass = new(model.Parameters);
        Tape tape = new();
        Tensor x = tape.Input(Inputs(4), new Shape(4, Steps, Width));
        NotSupportedException e = Assert.Throws<NotSupportedException>(() => pass.Backward(tape, model.Forward(x).SumPerExample()));
        Assert.Contains("BatchNorm", e.Message, StringComparison.Ordinal);
        Assert.Contains("LayerNorm", e.Message, StringComparison.Ordinal);
        model.Evaluate();
        tape.Reset();
        pass.Backward(tape, model.Forward(tape.Input(Inputs(4), new Shape(4, Steps, Width))).SumPerExample());

        Linear layer = new(Width, Width, new Seed(1));
        PerExampleGradients computed = new(layer.Parameters);
        tape.Reset();
        Tensor weight = tape.Use(layer.Weight).Tanh();
        Assert.Throws<NotSupportedException>(() => computed.Backward(tape, tape.Input(Inputs(4), new Shape(4, Steps, Width)).Linear(weight).SumPerExample()));
        Assert.Throws<ArgumentException>(() => computed.Backward(tape, tape.Constant(new Shape(2, 2), 1)));
    }

    [Fact]
    public void Cancelling_steps_do_not_lower_the_norm_below_the_truth()
    {
        // Output gradients of two steps with almost equal inputs nearly cancel: the Gram form loses digits and must not be used as it is.
        Linear layer = new(64, 64, new Seed(2), bias: false);
        RandomStream random = new Seed(5).Stream("x");
        Real[] x = new Real[2 * 64];
        for (int j = 0; j < 64; j++)
            x[64 + j] = (x[j] = (Real)random.NextGaussian()) * (1 + (Real)1e-4);
        Tape tape = new();
        PerExampleGradients pass = new(layer.Parameters);
        Tensor sign = tape.Input(new Real[] { 1, -1 }, new Shape(1, 2, 1));
        pass.Backward(tape, (layer.Forward(tape.Input(x, new Shape(1, 2, 64))) * sign).SumPerExample());
        double truth = 0;
        for (int j = 0; j < 64; j++)
            truth += 64 * ((double)x[j] - x[64 + j]) * ((double)x[j] - x[64 + j]);
        Assert.True(pass.SquaredNorms[0] >= truth * (1 - 2e-6), $"{pass.SquaredNorms[0]:R} is below {truth:R}");
        Assert.True(pass.SquaredNorms[0] <= truth * 1.05);
    }

    private static (Module Module, Func<Tensor, Tensor> Loss) Of(Layer layer) => (layer, x => layer.Forward(x).Square().SumPerExample());

    private static Real[] Inputs(int batch)
    {
        RandomStream random = new Seed(9).Stream("x");
        Real[] x = new Real[batch * Steps * Width];
        for (int i = 0; i < x.Length; i++)
            x[i] = (Real)random.NextGaussian();
        return x;
    }
}

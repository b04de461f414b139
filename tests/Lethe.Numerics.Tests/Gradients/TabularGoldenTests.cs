using System.Text.Json;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Tests.Gradients;

/// <summary>The parts of table generators whose values a reference implementation has computed.</summary>
public sealed class TabularGoldenTests
{
    private const double Absolute = 1e-9, Relative = 1e-8;

    [Fact]
    public void Packed_critic_with_gradient_penalty()
    {
        foreach (JsonElement golden in Golden.Load("tabular/expected/critic_gradient_penalty.json").Cases)
        {
            JsonElement inputs = golden.GetProperty("inputs"), expected = golden.GetProperty("expected");
            double lambda = golden.GetProperty("params").GetProperty("lambda").GetDouble();
            JsonElement weights = inputs.GetProperty("weights");
            Parameter[] p = [.. weights.EnumerateObject().Select(property => Load(property.Name, property.Value))];
            Real[] mix = Precision.ToReal(Golden.Vector(inputs.GetProperty("alpha_per_pack")));
            Tape tape = new();
            Shape packs = new(mix.Length, p[0].Shape[1]);
            Tensor real = tape.Input(Flat(inputs.GetProperty("real")), packs), fake = tape.Input(Flat(inputs.GetProperty("fake")), packs);
            Tensor onReal = Critic(real), onFake = Critic(fake);
            Tensor points = GradientPenalty.Interpolate(tape, real, fake, mix);
            Tensor scores = Critic(points);
            Tensor penalty = GradientPenalty.PerRow(scores, points).Mean() * (Real)lambda;
            Tensor wasserstein = onFake.Mean() - onReal.Mean();
            Tensor total = wasserstein + penalty;
            Close(expected.GetProperty("critic_real"), onReal.Values, "critic_real");
            Close(expected.GetProperty("critic_fake"), onFake.Values, "critic_fake");
            Close(expected.GetProperty("penalty"), penalty.Values, "penalty");
            Close(expected.GetProperty("wasserstein_loss"), wasserstein.Values, "wasserstein");
            Close(expected.GetProperty("total"), total.Values, "total");
            Close(expected.GetProperty("gradient_norms"), tape.InputGradient(scores, points).RowNorm().Values, "norms");
            tape.Backward(total);
            foreach (Parameter parameter in p)
                Close(expected.GetProperty("parameter_gradients").GetProperty(parameter.Name), parameter.Gradient, parameter.Name);

            // The same in closed form.
            Linear[] layers = [.. Enumerable.Range(0, 3).Select(l => Loaded(p[2 * l], p[(2 * l) + 1]))];
            Tensor closed = WassersteinCritic.Loss(fake, real, mix, layers, 0, new Seed(1).Stream("dropout"), (Real)lambda);
            Close(expected.GetProperty("total"), closed.Values, "closed total");
            tape.Backward(closed);
            for (int i = 0; i < p.Length; i++)
                Close(expected.GetProperty("parameter_gradients").GetProperty(p[i].Name), layers[i / 2].Parameters[i % 2].Gradient, $"closed {p[i].Name}");

            Tensor Critic(Tensor x) => x.Linear(p[0], p[1], Activation.LeakyRelu).Linear(p[2], p[3], Activation.LeakyRelu).Linear(p[4], p[5]);
        }
    }

    private static Linear Loaded(Parameter weight, Parameter bias)
    {
        Linear layer = new(weight.Shape[1], weight.Shape[0], new Seed(1));
        weight.Values.CopyTo(layer.Weight.Values);
        bias.Values.CopyTo(layer.Bias!.Values);
        return layer;
    }

    [Fact]
    public void Residual_generator_with_batch_normalisation()
    {
        foreach (JsonElement golden in Golden.Load("tabular/expected/ctgan_generator.json").Cases)
        {
            JsonElement inputs = golden.GetProperty("inputs"), w = inputs.GetProperty("weights_after_one_training_forward");
            Parameter[] blockWeights = [Load("w0", w.GetProperty("seq.0.fc.weight")), Load("w1", w.GetProperty("seq.1.fc.weight"))];
            Parameter[] blockBiases = [Load("b0", w.GetProperty("seq.0.fc.bias")), Load("b1", w.GetProperty("seq.1.fc.bias"))];
            BatchNorm[] norms = [Norm(0), Norm(1)];
            Parameter weight = Load("w", w.GetProperty("seq.2.weight")), bias = Load("b", w.GetProperty("seq.2.bias"));
            Tape tape = new();
            Close(golden.GetProperty("expected").GetProperty("output_training_mode"), Forward().Values, "training");
            for (int i = 0; i < 2; i++)
            {
                Close(w.GetProperty($"seq.{i}.bn.running_mean"), norms[i].RunningMean.Values, "running mean");
                Close(w.GetProperty($"seq.{i}.bn.running_var"), norms[i].RunningVariance.Values, "running variance");
                norms[i].Evaluate();
            }

            Close(golden.GetProperty("expected").GetProperty("output_eval_mode"), Forward().Values, "evaluation");

            Tensor Forward()
            {
                Tensor h = tape.Input(Flat(inputs.GetProperty("z")), ShapeOf(inputs.GetProperty("z")));
                for (int i = 0; i < 2; i++)
                    h = norms[i].Forward(h.Linear(blockWeights[i], blockBiases[i])).Relu().ConcatColumns(h);
                return h.Linear(weight, bias);
            }

            BatchNorm Norm(int i)
            {
                BatchNorm norm = new(blockBiases[i].Length);
                Flat(w.GetProperty($"seq.{i}.bn.weight")).CopyTo(norm.Weight.Values);
                Flat(w.GetProperty($"seq.{i}.bn.bias")).CopyTo(norm.Bias.Values);
                return norm;
            }
        }
    }

    [Fact]
    public void Tabular_autoencoder_loss()
    {
        foreach (JsonElement golden in Golden.Load("tabular/expected/tvae_loss.json").Cases)
        {
            JsonElement inputs = golden.GetProperty("inputs"), expected = golden.GetProperty("expected"), e = inputs.GetProperty("encoder"), d = inputs.GetProperty("decoder");
            double factor = golden.GetProperty("params").GetProperty("factor").GetDouble();
            Parameter sigma = Load("sigma", d.GetProperty("sigma")), first = Load("first", e.GetProperty("seq.0.weight"));
            Tape tape = new();
            Shape shape = ShapeOf(inputs.GetProperty("x"));
            Tensor x = tape.Input(Flat(inputs.GetProperty("x")), shape), eps = tape.Input(Flat(inputs.GetProperty("eps")), ShapeOf(inputs.GetProperty("eps")));
            Tensor h = x.Linear(first, Load("b", e.GetProperty("seq.0.bias")), Activation.Relu).Linear(Load("w", e.GetProperty("seq.2.weight")), Load("b", e.GetProperty("seq.2.bias")), Activation.Relu);
            Tensor mu = h.Linear(Load("w", e.GetProperty("fc1.weight")), Load("b", e.GetProperty("fc1.bias"))), logVar = h.Linear(Load("w", e.GetProperty("fc2.weight")), Load("b", e.GetProperty("fc2.bias")));
            Tensor z = mu + ((logVar * (Real)0.5).Exp() * eps);
            Tensor y = z.Linear(Load("w", d.GetProperty("seq.0.weight")), Load("b", d.GetProperty("seq.0.bias")), Activation.Relu)
                .Linear(Load("w", d.GetProperty("seq.2.weight")), Load("b", d.GetProperty("seq.2.bias")), Activation.Relu)
                .Linear(Load("w", d.GetProperty("seq.4.weight")), Load("b", d.GetProperty("seq.4.bias")));
            Close(expected.GetProperty("mu"), mu.Values, "mu");
            Close(expected.GetProperty("logvar"), logVar.Values, "logvar");
            Close(expected.GetProperty("reconstruction"), y.Values, "reconstruction");

            // Column 0 is a scalar through tanh with its own σ; blocks of 2, 3 and 2 columns are one-hot.
            OutputBlock[] blocks = [new(1, 2), new(3, 3), new(6, 2)];
            Tensor scalar = (x.SliceColumns(0, 1) - y.SliceColumns(0, 1).Tanh()).Square(), s = tape.Use(sigma).SliceColumns(0, 1);
            Tensor reconstruction = ((scalar / (s.Square() * 2)).Mean() + s.Log().Sum() + y.BlockCrossEntropy(x, blocks).Mean()) * (Real)factor;
            Tensor kl = mu.GaussianKl(logVar).Mean();
            Close(expected.GetProperty("loss_kl"), kl.Values, "kl");
            Close(expected.GetProperty("loss_reconstruction"), reconstruction.Values, "reconstruction loss");
            tape.Backward(reconstruction + kl);
            Close(expected.GetProperty("sigma_gradient"), sigma.Gradient, "σ");
            Close(expected.GetProperty("first_encoder_weight_gradient"), first.Gradient, "first encoder weight");
        }
    }

    [Fact]
    public void Small_network_training_trace()
    {
        foreach (JsonElement golden in Golden.Load("tabular/expected/mlp_training.json").Cases)
        {
            JsonElement inputs = golden.GetProperty("inputs"), init = inputs.GetProperty("init"), expected = golden.GetProperty("expected");
            Parameter[] p = [.. new[] { "w1", "b1", "w2", "b2" }.Select(name => Load(name, init.GetProperty(name)))];
            Shape shape = ShapeOf(inputs.GetProperty("X"));
            Real[] x = Flat(inputs.GetProperty("X")), y = Flat(inputs.GetProperty("y"));
            double[] losses = Golden.Vector(expected.GetProperty("loss_before_each_step"));
            Adam adam = new(p, new AdamOptions { LearningRate = 0.01 });
            Tape tape = new();
            foreach (double expectedLoss in losses)
            {
                tape.Reset();
                Tensor decay = (tape.Use(p[0]).Square().Sum() + tape.Use(p[2]).Square().Sum()) * (Real)(0.5 * 1e-4 / shape[0]);
                Tensor loss = Logits().BinaryCrossEntropyWithLogits(tape.Input(y, new Shape(y.Length, 1))).Mean() + decay;
                Precision.Close(expectedLoss, loss.Item, 1e-8, 1e-7, "loss");
                tape.Backward(loss);
                adam.Step();
            }

            foreach (Parameter parameter in p)
                Close(expected.GetProperty("final").GetProperty(parameter.Name), parameter.Values, parameter.Name);
            tape.Reset();
            Close(expected.GetProperty("final_probabilities"), Logits().Sigmoid().Values, "probabilities");

            Tensor Logits() => (tape.Input(x, shape).LinearTransposed(p[0]) + p[1]).Relu().LinearTransposed(p[2]) + p[3];
        }
    }

    [Theory]
    [InlineData("d-adam_l2")]
    [InlineData("d-adam_default")]
    [InlineData("d-adamw")]
    public void Optimiser_steps(string id)
    {
        JsonElement golden = Golden.Load("tabular/expected/optimisers.json").Case(id), settings = golden.GetProperty("params");
        Parameter w = Load("w", golden.GetProperty("inputs").GetProperty("w0"));
        double[] betas = Golden.Vector(settings.GetProperty("betas"));
        Adam adam = new([w], new AdamOptions
        {
            LearningRate = settings.GetProperty("lr").GetDouble(),
            Beta1 = betas[0],
            Beta2 = betas[1],
            Epsilon = settings.GetProperty("eps").GetDouble(),
            L2 = settings.TryGetProperty("l2", out JsonElement l2) ? l2.GetDouble() : 0,
            DecoupledDecay = settings.TryGetProperty("decoupled_decay", out JsonElement decay) ? decay.GetDouble() : 0,
        });
        double[][] gradients = Golden.Matrix(golden.GetProperty("inputs").GetProperty("gradients")), expected = Golden.Matrix(golden.GetProperty("expected").GetProperty("w_after_each_step"));
        for (int step = 0; step < gradients.Length; step++)
        {
            Precision.ToReal(gradients[step]).CopyTo(w.Gradient);
            adam.Step();
            Precision.Close(expected[step], w.Values, 1e-12, 1e-10, $"step {step}");
        }
    }

    private static Shape ShapeOf(JsonElement e)
    {
        List<int> extents = [];
        for (; e.ValueKind == JsonValueKind.Array; e = e[0])
            extents.Add(e.GetArrayLength());
        return Shape.From([.. extents]);
    }

    private static Real[] Flat(JsonElement e) => e.ValueKind == JsonValueKind.Array ? [.. e.EnumerateArray().SelectMany(Flat)] : [(Real)Golden.Number(e)];

    private static Parameter Load(string name, JsonElement values)
    {
        Parameter parameter = new(name, ShapeOf(values));
        Flat(values).CopyTo(parameter.Values);
        return parameter;
    }

    private static void Close(JsonElement expected, ReadOnlySpan<Real> actual, string what) =>
        Precision.Close(Array.ConvertAll(Flat64(expected), value => value), actual, Absolute, Relative, what);

    private static double[] Flat64(JsonElement e) => e.ValueKind == JsonValueKind.Array ? [.. e.EnumerateArray().SelectMany(Flat64)] : [Golden.Number(e)];
}

using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Tests.Gradients;

public sealed class PerExampleGoldenTests
{
    [Fact]
    public void Two_linear_layers()
    {
        GradientGolden g = new("mlp");
        g.Check((tape, e) => g.Tensor(tape, "x", e).Linear(g["W1"], g["b1"], Activation.Tanh).Linear(g["W2"], g["b2"]).SoftmaxCrossEntropy(g.Integers("label", e)));
    }

    [Fact]
    public void Linear_shared_over_time()
    {
        GradientGolden g = new("linear_shared_over_time");
        g.Check((tape, e) => HalfSquares(g.Tensor(tape, "x", e).Linear(g["W"], g["b"]), g.Tensor(tape, "target", e)));
    }

    [Fact]
    public void Embedding_with_repeated_ids()
    {
        GradientGolden g = new("embedding_mean_pool");
        g.Check((tape, e) =>
        {
            int[] tokens = g.Integers("tokens", e);
            int steps = tokens.Length / e.Length;
            Tensor vectors = tape.Embedding(g["E"], tokens, new Shape(e.Length, steps)); // [e, t, d]
            Tensor pooled = vectors.SumTo(new Shape(e.Length, 1, vectors.Shape[2])).Reshape(new Shape(e.Length, vectors.Shape[2])) * (1 / (Real)steps);
            return pooled.Linear(g["W"], g["b"]).SoftmaxCrossEntropy(g.Integers("label", e));
        });
    }

    [Fact]
    public void Normalisation_layers()
    {
        GradientGolden g = new("norm_layers");
        g.Check((tape, e) =>
        {
            Tensor x = g.Tensor(tape, "x", e), target = g.Tensor(tape, "target", e);
            return HalfSquares(x.LayerNorm(g["ln_gamma"], g["ln_beta"]), target)
                + HalfSquares(x.RmsNorm(g["rms_gamma"]), target)
                + HalfSquares(x.GroupNorm(2, g["gn_gamma"], g["gn_beta"]), target);
        });
    }

    [Fact]
    public void Embedding_that_is_the_output_matrix_too()
    {
        GradientGolden g = new("tied_embedding");
        g.Check((tape, e) =>
        {
            int[] tokens = g.Integers("tokens", e);
            int steps = (tokens.Length / e.Length) - 1;
            int[] inputs = new int[e.Length * steps], targets = new int[e.Length * steps];
            for (int i = 0; i < inputs.Length; i++)
                (inputs[i], targets[i]) = (tokens[(i / steps * (steps + 1)) + (i % steps)], tokens[(i / steps * (steps + 1)) + (i % steps) + 1]);
            Tensor h = tape.Embedding(g["E"], inputs, new Shape(e.Length, steps)).Linear(g["W"], g["b"], Activation.Tanh);
            return h.Linear(g["E"]).SoftmaxCrossEntropy(targets);
        });
    }

    [Fact]
    public void Critic_with_gradient_penalty()
    {
        GradientGolden g = new("wgan_gradient_penalty");
        g.Check((tape, e) =>
        {
            Tensor real = g.Tensor(tape, "real", e), fake = g.Tensor(tape, "fake", e);
            Tensor points = GradientPenalty.Interpolate(tape, real, fake, g.Tensor(tape, "mix", e).Values);
            Tensor scores = Critic(points), penalty = GradientPenalty.PerRow(scores, points) * (Real)g.Input("penalty_weight").GetDouble();
            return (Critic(fake) - Critic(real)).SumColumns() + penalty;

            Tensor Critic(Tensor x) => x.Linear(g["W1"], g["b1"], Activation.Tanh).Linear(g["W2"], g["b2"]);
        });
    }

    [Fact]
    public void Variational_autoencoder()
    {
        GradientGolden g = new("vae");
        g.Check((tape, e) =>
        {
            Tensor x = g.Tensor(tape, "x", e), u = x.Linear(g["We"], g["be"], Activation.Tanh);
            Tensor mean = u.Linear(g["Wm"], g["bm"]), logVariance = u.Linear(g["Wv"], g["bv"]);
            Tensor z = mean + ((logVariance * (Real)0.5).Exp() * g.Tensor(tape, "noise", e));
            Tensor y = z.Linear(g["Wd"], g["bd"], Activation.Tanh).Linear(g["Wx"], g["bx"]);
            return HalfSquares(y, x) + mean.GaussianKl(logVariance);
        });
    }

    [Fact]
    public void Several_noise_draws_are_one_example()
    {
        GradientGolden g = new("denoiser_noise_multiplicity");
        g.Check((tape, e) =>
        {
            Tensor x = g.Tensor(tape, "x", e), noise = g.Tensor(tape, "noise", e), level = g.Tensor(tape, "noise_level", e); // [e, d], [e, k, d], [e, k]
            int k = noise.Shape[1], d = noise.Shape[2];
            Tensor s = level.Reshape(new Shape(e.Length, k, 1));
            Tensor input = (x.Reshape(new Shape(e.Length, 1, d)) + (s * noise)).ConcatColumns(s.Log()); // [e, k, d + 1]
            return input.Linear(g["W1"], g["b1"], Activation.Tanh).Linear(g["W2"], g["b2"]).SquaredError(noise);
        });
    }

    private static Tensor HalfSquares(Tensor x, Tensor target) => (x - target).Square().SumPerExample() * (Real)0.5;
}

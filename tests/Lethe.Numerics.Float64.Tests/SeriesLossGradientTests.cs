using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.Kovae;
using Lethe.Synthesis.Series.TimeGan;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Numerics.Tests;

/// <summary>Whole losses of generators of time series against central differences, with and without unequal lengths, statics and masks.</summary>
public sealed class SeriesLossGradientTests
{
    private const int Examples = 3, Steps = 5, Values = 2, Masks = 2, Statics = 2;

    [Theory]
    [InlineData(false, 1, KovaePrior.RolledOut)]
    [InlineData(false, 3, KovaePrior.Followed)]
    [InlineData(true, 1, KovaePrior.Followed)]
    [InlineData(true, 3, KovaePrior.RolledOut)]
    public void Kovae(bool clinical, int horizon, KovaePrior from)
    {
        KovaeSizes sizes = new(Hidden: 4, Layers: 2, Latent: 3);
        StepRows rows = new(Examples, Steps, clinical ? [5, 1, 3] : []);
        int width = clinical ? Values + Masks : Values, statics = clinical ? Statics : 0;
        KovaeEncoder encoder = new(width + statics, sizes, new Seed(1));
        KovaeGenerator generator = new(width, statics, sizes, new Seed(2));
        KovaeWeights weights = new(0.4, 5, 0.3, horizon, from);
        GradientCheck.Run($"clinical {clinical}, horizon {horizon}", [.. encoder.Parameters, .. generator.Parameters], tape =>
        {
            KovaeBatch batch = new(
                Draws(tape, new Shape(Examples, Steps, width + statics), "x"),
                clinical ? Draws(tape, new Shape(Examples, Statics), "statics") : null,
                rows,
                Uniforms(tape, new Shape(rows.Count, Values), "values"),
                clinical ? Bits(tape, new Shape(rows.Count, Values), "observed") : null,
                clinical ? Bits(tape, new Shape(rows.Count, Masks), "masks") : null);
            return KovaeLoss.Of(encoder, generator, batch, Draws(tape, new Shape(rows.Count, 3), "posterior"), Draws(tape, new Shape(Examples, Steps, 3), "prior"), weights).Total;
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Koopman_term_by_the_draws(int horizon)
    {
        Parameter latent = GradientCheck.Normal("latent", new Shape(Examples, 6, 3));
        foreach (int[] lengths in new int[][] { [], [6, 1, 4] })
            GradientCheck.Run($"horizon {horizon}", [latent], tape => KoopmanTerm.Of(tape.Use(latent), new StepRows(Examples, 6, lengths), horizon)!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TimeGan(bool clinical)
    {
        StepRows rows = new(Examples, Steps, clinical ? [5, 1, 3] : []);
        TimeGanNetworks n = new(Values, clinical ? Statics : 0, new TimeGanSizes(3, 2), new Seed(3));
        Run("embedding", [n.Embedder, n.Recovery], (_, x, s) => TimeGanLosses.Embedding(x, n.Recovery.Forward(n.Embedder.Forward(x, s, rows.Lengths), s, rows.Lengths), rows));
        Run("supervised", [n.Embedder, n.Supervisor], (_, x, s) =>
        {
            Tensor h = n.Embedder.Forward(x, s, rows.Lengths);
            return TimeGanLosses.Supervised(h, n.Supervisor.Forward(h, s, rows.Lengths), rows)!;
        });
        Run("generator", [n.Generator, n.Supervisor, n.Recovery, n.Discriminator], (tape, x, s) =>
        {
            Tensor fake = n.Sample(Uniforms(tape, new Shape(Examples, Steps, Values), "z"), s, rows);
            Tensor logits = n.Discriminator.Forward(n.Generator.Forward(x, s, rows.Lengths), s, rows.Lengths);
            return TimeGanLosses.Moments(fake, x, rows) + TimeGanLosses.Judged(logits, rows, real: true) + TimeGanLosses.Judged(logits, rows, real: false);
        });

        void Run(string name, Module[] modules, Func<Tape, Tensor, Tensor?, Tensor> loss) =>
            GradientCheck.Run($"{name}, clinical {clinical}", [.. modules.SelectMany(m => m.Parameters)], tape =>
                loss(tape, Uniforms(tape, new Shape(Examples, Steps, Values), "x"), clinical ? rows.Repeat(Draws(tape, new Shape(Examples, Statics), "statics")) : null));
    }

    private static Tensor Draws(Tape tape, Shape shape, string name) => Filled(tape, shape, name, stream => stream.NextGaussian());

    private static Tensor Uniforms(Tape tape, Shape shape, string name) => Filled(tape, shape, name, stream => stream.NextDouble());

    private static Tensor Bits(Tape tape, Shape shape, string name) => Filled(tape, shape, name, stream => stream.NextBool() ? 1 : 0);

    private static Tensor Filled(Tape tape, Shape shape, string name, Func<RandomStream, double> draw)
    {
        Tensor x = tape.Input(shape);
        RandomStream stream = new Seed(23).Stream(name);
        for (int i = 0; i < x.Length; i++)
            x.Values[i] = draw(stream);
        return x;
    }
}

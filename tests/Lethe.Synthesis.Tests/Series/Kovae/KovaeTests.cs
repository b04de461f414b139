using Lethe.Data.Cohorts;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Kovae;
using Lethe.Synthesis.Series.Training;
using Lethe.Synthesis.Tests.Series.Contracts;

namespace Lethe.Synthesis.Tests.Series.Kovae;

public sealed class KovaeTests
{
    /// <summary>Divergence of one-dimensional Gaussians worked out by hand: ½(ln(v_p/v_q) + (v_q + Δ²)/v_p − 1).</summary>
    [Theory]
    [InlineData(0.3, -1.2, -0.4, 0.5)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(2, 0.7, -1, -2)]
    public void Divergence_is_that_of_diagonal_Gaussians(float meanQ, float logQ, float meanP, float logP)
    {
        Tape tape = new();
        Tensor divergence = tape.Input([meanQ, logQ], new Shape(1, 2)).GaussianDivergence(tape.Input([meanP, logP], new Shape(1, 2)));
        double expected = 0.5 * (logP - logQ + ((Math.Exp(logQ) + Math.Pow(meanQ - meanP, 2)) / Math.Exp(logP)) - 1);
        Assert.Equal(expected, divergence.Item, 1e-5);
    }

    /// <summary>The prior is independent of the data and causal: noise of a step changes no earlier draw.</summary>
    [Fact]
    public void Prior_is_rolled_out_step_by_step()
    {
        KovaeGenerator generator = new(2, 0, new KovaeSizes(5, 1, 3), new Seed(1));
        Tape tape = new();
        float[] noise = new float[2 * 6 * 3];
        new Seed(2).Stream("noise").FillGaussian(noise);
        float[] before = generator.RollOut(null, tape.Input(noise, new Shape(2, 6, 3))).Latent.Values.ToArray();
        noise[3 * 3] += 1; // first stay, step 3
        float[] after = generator.RollOut(null, tape.Input(noise, new Shape(2, 6, 3))).Latent.Values.ToArray();
        Assert.Equal(before[..9], after[..9]);
        Assert.Equal(before[18..], after[18..]);
        for (int t = 3; t < 6; t++)
            Assert.NotEqual(before[(3 * t)..(3 * (t + 1))], after[(3 * t)..(3 * (t + 1))]);
    }

    /// <summary>What stands beyond a stay's length changes no loss, whatever it is.</summary>
    [Theory]
    [InlineData(KovaePrior.RolledOut)]
    [InlineData(KovaePrior.Followed)]
    public void Padding_is_never_seen(KovaePrior prior)
    {
        KovaeSizes sizes = new(5, 2, 3);
        StepRows rows = new(2, 4, [2, 4]);
        Assert.Equal(LossWith(0), LossWith(7));

        double LossWith(float padding)
        {
            Tape tape = new();
            Tensor x = tape.Input(new Shape(2, 4, 2)), noise = tape.Input(new Shape(2, 4, 3)), posterior = tape.Input(new Shape(6, 3)), values = tape.Input(new Shape(6, 2));
            foreach ((Tensor tensor, string name) in new[] { (x, "x"), (noise, "noise"), (posterior, "posterior"), (values, "values") })
                new Seed(6).Stream(name).FillGaussian(tensor.Values);
            x.Values.Slice(4, 4).Fill(padding);
            KovaeBatch batch = new(x, null, rows, values, null, null);
            return KovaeLoss.Of(new KovaeEncoder(2, sizes, new Seed(1)), new KovaeGenerator(2, 0, sizes, new Seed(2)), batch, posterior, noise, new KovaeWeights(0.1, 1, 0, 1, prior)).Total.Item;
        }
    }

    /// <summary>Squared errors of observed values, divided by their channel's rate, average to the number of steps per channel.</summary>
    [Fact]
    public void Observed_values_count_one_over_the_rate_of_their_channel()
    {
        Cohort train = ContractCohorts.Mixed(40);
        SeriesEncoder encoder = SeriesEncoder.Fit(train, new SeriesGridOptions());
        SeriesData data = encoder.Encode(train);
        KovaeBatch batch = new KovaeBatches(encoder, data, [], 0).On(new Tape(), [.. Enumerable.Range(0, 40)]);
        Assert.Equal(data.Lengths.Sum(), batch.Rows.Count);
        for (int c = 0; c < 4; c++)
        {
            double sum = 0;
            for (int row = 0; row < batch.Rows.Count; row++)
            {
                float root = batch.Observed!.Values[(row * encoder.ValueWidth) + encoder.ValueOf(c).First], mask = batch.Masks!.Values[(row * encoder.MaskWidth) + c];
                Assert.Equal(mask == 0, root == 0);
                sum += root * root;
            }

            Assert.Equal(batch.Rows.Count, sum, 1e-3 * batch.Rows.Count);
        }
    }

    [Fact]
    public void Presets_give_the_published_sizes_and_the_cap_for_few_stays()
    {
        KovaeSettings paper = KovaeSettings.Resolve(new KovaeOptions { Preset = SeriesPreset.Paper }, 10_000, 156, gaps: true);
        Assert.Equal((new KovaeSizes(20, 3, 16), 600L * 156, 7e-4), (paper.Sizes, paper.Steps, paper.Rate.At(1000)));
        Assert.Equal(paper.Sizes, KovaeSettings.Resolve(new KovaeOptions(), 10_000, 156, gaps: false).Sizes);
        Assert.Equal(new KovaeSizes(48, 3, 16), KovaeSettings.Resolve(new KovaeOptions(), 10_000, 156, gaps: true).Sizes);
        Assert.Equal(200, KovaeSettings.Resolve(new KovaeOptions { Preset = SeriesPreset.Paper }, 60, 1, gaps: false).Steps);
        Assert.Equal(900, KovaeSettings.Resolve(new KovaeOptions { Epochs = 900 }, 60, 1, gaps: false).Steps);
    }

    /// <summary>On circles of random phase the two channels keep x² + y² near that of the circle, and neighbouring steps near each other.</summary>
    [Fact]
    public void Windows_of_a_circle_are_learnt()
    {
        Cohort train = ContractCohorts.Windows(400);
        FittedCohortSynthesizer model = (FittedCohortSynthesizer)new KovaeSynthesizer(new KovaeOptions { Hidden = 16, Layers = 1, Latent = 4, Epochs = 100, LearningRate = 0.01 }).Fit(train, new FitContext { Seed = new Seed(3) });
        Cohort sample = model.SampleCohort(200, new Seed(4));
        double radius = 0, inside = 0, jump = 0;
        for (int i = 0; i < sample.Count; i++)
        {
            float[] values = sample[i].Values.ToArray();
            for (int t = 0; t < values.Length / 2; t++)
            {
                double x = (2 * values[2 * t]) - 1, y = (2 * values[(2 * t) + 1]) - 1;
                radius += Math.Sqrt((x * x) + (y * y)) / (sample.Count * values.Length / 2);
                inside += Math.Abs((x * x) + (y * y) - 1) < 0.35 ? 2.0 / (sample.Count * values.Length) : 0;
                if (t > 0)
                    jump += Math.Abs(values[2 * t] - values[(2 * t) - 2]) / (sample.Count * ((values.Length / 2) - 1));
            }
        }

        Assert.InRange(radius, 0.85, 1.1);
        Assert.True(inside > 0.6, $"only {inside:P0} of the points lie near the circle");
        Assert.InRange(jump, 0.06, 0.19); // the real mean is 0.126
    }
}

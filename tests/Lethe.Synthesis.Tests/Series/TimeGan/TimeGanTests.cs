using Lethe.Data.Cohorts;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series;
using Lethe.Synthesis.Series.TimeGan;
using Lethe.Synthesis.Series.Training;
using Lethe.Synthesis.Tests.Series.Contracts;

namespace Lethe.Synthesis.Tests.Series.TimeGan;

public sealed class TimeGanTests
{
    private readonly Tape _tape = new();

    [Fact]
    public void Embedding_loss_is_ten_times_the_root_of_the_mean_square_over_valid_steps()
    {
        Tensor x = _tape.Input([0.1f, 0.2f, 9, 0.4f], new Shape(2, 2, 1)), rebuilt = _tape.Input([0.2f, 0.5f, -5, 0.4f], new Shape(2, 2, 1));
        Assert.Equal(10 * Math.Sqrt((0.01 + 0.09) / 2), TimeGanLosses.Embedding(x.Take(0), rebuilt.Take(0), new StepRows(1, 2, [])).Item, 1e-4);
        Assert.Equal(10 * Math.Sqrt((0.01 + (14 * 14)) / 2), TimeGanLosses.Embedding(x, rebuilt, new StepRows(2, 2, [1, 1])).Item, 1e-3);
    }

    [Fact]
    public void Supervisor_is_judged_against_the_next_step()
    {
        Tensor h = _tape.Input([1, 2, 4, 0, 3, 100], new Shape(2, 3, 1)), s = _tape.Input([2.5f, 4, 77, 1, -50, 60], new Shape(2, 3, 1));
        Assert.Equal((0.25 + 0 + 4 + (150 * 150)) / 4, TimeGanLosses.Supervised(h, s, new StepRows(2, 3, []))!.Item, 1e-3);
        Assert.Equal((0.25 + 0 + 4) / 3, TimeGanLosses.Supervised(h, s, new StepRows(2, 3, [3, 2]))!.Item, 1e-5);
        Assert.Null(TimeGanLosses.Supervised(h, s, new StepRows(2, 3, [1, 1])));
        Assert.Null(TimeGanLosses.Supervised(h.Take(0), s.Take(0), new StepRows(1, 1, [])));
    }

    /// <summary>V by its definition: moments over the stays that reach a step, averaged over steps and columns.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Moments_run_over_the_batch(bool padded)
    {
        int[] lengths = padded ? [3, 2, 3, 1] : [3, 3, 3, 3];
        float[] a = new float[24], b = new float[24];
        new Seed(1).Stream("a").FillUniform(a);
        new Seed(1).Stream("b").FillUniform(b);
        double v = 0;
        for (int t = 0; t < 3; t++)
        {
            for (int f = 0; f < 2; f++)
            {
                (double meanA, double varianceA) = Moments(a, t, f);
                (double meanB, double varianceB) = Moments(b, t, f);
                v += (Math.Abs(Math.Sqrt(varianceA + 1e-6) - Math.Sqrt(varianceB + 1e-6)) + Math.Abs(meanA - meanB)) / 6;
            }
        }

        Assert.Equal(v, TimeGanLosses.Moments(_tape.Input(a, new Shape(4, 3, 2)), _tape.Input(b, new Shape(4, 3, 2)), new StepRows(4, 3, padded ? lengths : [])).Item, 1e-5);

        (double Mean, double Variance) Moments(float[] x, int t, int f)
        {
            double[] column = [.. Enumerable.Range(0, 4).Where(i => t < lengths[i]).Select(i => (double)x[(((i * 3) + t) * 2) + f])];
            double mean = column.Average();
            return (mean, column.Average(c => (c - mean) * (c - mean)));
        }
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(0, 90)]
    public void Discriminator_learns_only_while_its_loss_is_above_the_bound(double above, long learnt)
    {
        TimeGanOptions options = new() { Hidden = 4, Layers = 1, EmbeddingSteps = 5, SupervisedSteps = 5, JointSteps = 30, BatchSize = 16, DiscriminatorAbove = above };
        FittedSynthesizer model = new TimeGanSynthesizer(options).Fit(ContractCohorts.Windows(), new FitContext { Seed = new Seed(1) });
        Assert.Contains(model.Report.Notices, n => n.Contains($"learnt in {learnt} of 90 rounds"));
    }

    [Fact]
    public void Presets_give_the_published_steps_and_the_cap_for_few_stays()
    {
        Assert.Equal(new TimeGanSettings { Embedding = 50_000, Supervised = 50_000, Joint = 50_000 }, TimeGanSettings.Resolve(new TimeGanOptions { Preset = SeriesPreset.Paper }, 3661, 128));
        TimeGanSettings few = TimeGanSettings.Resolve(new TimeGanOptions(), 60, 60);
        Assert.Equal((200, 200, 200), (few.Embedding, few.Supervised, few.Joint));
    }

    [Fact]
    public void Noise_of_a_stay_is_the_same_at_all_its_steps_and_that_of_a_step_is_not()
    {
        Tensor z = FittedTimeGan.Noise(_tape, new StepRows(6, 5, []), 2, 3, new Seed(2).Stream("noise"));
        Assert.Equal(new Shape(6, 5, 5), z.Shape);
        for (int i = 0; i < 6; i++)
        {
            for (int t = 1; t < 5; t++)
            {
                Assert.Equal(z.Values.Slice(i * 25, 3), z.Values.Slice((i * 25) + (t * 5), 3));
                Assert.NotEqual(z.Values[(i * 25) + 3], z.Values[(i * 25) + (t * 5) + 3]);
            }
        }
    }
}

file static class First
{
    /// <summary>One example of a batch.</summary>
    public static Tensor Take(this Tensor x, int example) => Lethe.Numerics.Ops.ConcatOps.SliceRows(x, example, 1);
}

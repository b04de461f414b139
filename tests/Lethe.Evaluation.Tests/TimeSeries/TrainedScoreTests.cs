using Lethe.Evaluation.TimeSeries;
using Lethe.Evaluation.TimeSeries.Networks;
using Lethe.Evaluation.TimeSeries.Protocols;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Threading;
using Xunit;

namespace Lethe.Evaluation.Tests.TimeSeries;

/// <summary>
/// Scores that train a network, at reduced sizes. Sizes and seeds are fixed, so the figures are too; the bands leave the room that other seeds
/// needed. The protocols' full sizes are measured by the benchmarks.
/// </summary>
public sealed class TrainedScoreTests
{
    private static readonly DiscriminativeOptions Short = new() { Hidden = 8, Iterations = 300, BatchPerSide = 64, LearningRate = 5e-3 };

    [Fact]
    public void Real_against_real_looks_alike_and_noise_does_not()
    {
        DiscriminativeScore score = new(Short);
        SeriesSet real = BenchmarkSets.Sines(1500, 1), again = BenchmarkSets.Sines(1500, 2), noise = BenchmarkSets.Noise(1500, 3);

        // 600 test sequences: chance deviates from ½ by 0.02 (one standard error); 4.9 of them are passed once in a million.
        Assert.InRange(score.Evaluate(real, again, new Seed(1)), 0, 0.1);
        Assert.True(score.Evaluate(real, noise, new Seed(1)) >= 0.45);
    }

    [Fact]
    public void Lengths_alone_can_tell_sets_apart()
    {
        SeriesSet real = BenchmarkSets.Sines(300, 1, steps: 8, features: 2);
        int[] shorter = new int[300];
        Array.Fill(shorter, 2);
        SeriesSet cut = new(real.Values.ToArray(), real.Mask.ToArray(), shorter, 8, real.Names);
        Assert.True(new DiscriminativeScore(Short).Evaluate(real, cut, new Seed(1)) > 0.3);
    }

    [Fact]
    public void Scores_do_not_depend_on_threads()
    {
        SeriesSet real = BenchmarkSets.Sines(200, 1), other = BenchmarkSets.Sines(200, 2);
        DiscriminativeScore score = new(Short with { Iterations = 20 });
        double free = score.Accuracy(real, other, new Seed(5));
        using ComputeThreads.Scope one = ComputeThreads.Limit(1);
        Assert.Equal(free, score.Accuracy(real, other, new Seed(5)));
    }

    [Fact]
    public void A_predictor_learns_what_follows_and_noise_teaches_it_nothing()
    {
        PredictiveScore score = new(new PredictiveOptions { Target = PredictiveTarget.AllFeatures, Hidden = 8, Iterations = 400, Batch = 64, LearningRate = 1e-2 });
        SeriesSet real = BenchmarkSets.Sines(600, 1), same = BenchmarkSets.Sines(600, 2), noise = BenchmarkSets.Noise(600, 3);
        double learnt = score.Evaluate(real, same, new Seed(1)), blind = score.Evaluate(real, noise, new Seed(1));
        Assert.InRange(learnt, 0, 0.05);
        Assert.True(blind > 2 * learnt);
    }

    [Fact]
    public void Padding_counts_neither_in_training_nor_in_the_error()
    {
        PredictiveScore score = new(new PredictiveOptions { Iterations = 30, Batch = 32 });
        SeriesSet full = BenchmarkSets.Sines(100, 1, steps: 6, features: 3);
        int[] lengths = new int[100];
        Array.Fill(lengths, 6);
        float[] padded = new float[100 * 9 * 3];
        byte[] mask = new byte[padded.Length];
        for (int i = 0; i < 100; i++)
            full.Sequence(i).CopyTo(padded.AsSpan(i * 27));
        SeriesSet longer = new(padded, mask, lengths, 9, full.Names);

        // Same valid cells. The training loss is the mean over 8 steps in place of 5, to which Adam is nearly blind.
        Assert.Equal(score.Evaluate(full, full, new Seed(4)), score.Evaluate(longer, longer, new Seed(4)), 1e-4);
    }

    [Fact]
    public void The_contrast_has_the_gradient_of_its_loss()
    {
        const int B = 3, T = 5, C = 4;
        RandomStream random = new Seed(7).Stream("views");
        float[] u = new float[B * T * C], v = new float[u.Length], du = new float[u.Length], dv = new float[u.Length], unused = new float[u.Length];
        random.FillGaussian(u);
        random.FillGaussian(v);
        HierarchicalContrast.Evaluate(u, v, B, T, C, du, dv);
        foreach ((float[] view, float[] gradient) in ((float[], float[])[])[(u, du), (v, dv)])
        {
            for (int i = 0; i < view.Length; i++)
            {
                float kept = view[i];
                view[i] = kept + 5e-3f;
                double above = HierarchicalContrast.Evaluate(u, v, B, T, C, unused, unused);
                view[i] = kept - 5e-3f;
                double below = HierarchicalContrast.Evaluate(u, v, B, T, C, unused, unused);
                view[i] = kept;
                Assert.Equal((above - below) / 0.01, gradient[i], 2e-3);
            }
        }
    }

    [Fact]
    public void The_contrast_of_two_sequences_of_one_step_by_hand()
    {
        // u = (1, 0), (0, 1) = v. Each item: similarity 1 with its positive, 0 with the two others: −1 + ln(e + 2). One scale, weight ½.
        float[] z = [1, 0, 0, 1], du = new float[4], dv = new float[4];
        Assert.Equal(0.5 * (Math.Log(Math.E + 2) - 1), HierarchicalContrast.Evaluate(z, z, 2, 1, 2, du, dv), 6);
    }

    [Fact]
    public void Frechet_distance_of_gaussians_by_hand()
    {
        // Points ±1 and ±3 on a line: means 0, unbiased variances 2 and 18; (√2 − √18)² = 8. A shift by 5 adds 25.
        Assert.Equal(8, ContextFid.Frechet([-1, 1], [-3, 3], 2), 9);
        Assert.Equal(33, ContextFid.Frechet([-1, 1], [2, 8], 2), 9);
        Assert.Equal(0, ContextFid.Frechet([-1, 1, 0.5, 2], [-1, 1, 0.5, 2], 2), 9);
    }

    [Fact]
    public void Context_fid_is_zero_for_a_set_with_itself_and_ranks_noise_last()
    {
        ContextFid fid = new(new Ts2VecOptions { Hidden = 16, Outputs = 24, Depth = 3, Iterations = 60 });
        SeriesSet real = BenchmarkSets.Sines(200, 1), same = BenchmarkSets.Sines(200, 2), noise = BenchmarkSets.Noise(200, 3);
        Assert.Equal(0, fid.Evaluate(real, real, new Seed(1)), 1e-9);
        double near = fid.Evaluate(real, same, new Seed(1));
        Assert.True(fid.Evaluate(real, noise, new Seed(1)) > 10 * near);
    }

    [Fact]
    public void Repeats_have_an_interval_around_their_mean()
    {
        SeriesSet real = BenchmarkSets.Sines(200, 1);
        RepeatedSeriesScore floor = RepeatedSeriesScore.Floor(new CorrelationalScore(), real, new Seed(1));
        Assert.Equal(5, floor.Values.Count);
        Assert.Distinct(floor.Values);
        Assert.InRange(floor.Mean, floor.Interval!.Lower, floor.Interval.Upper);

        // Five repeats: t with four degrees of freedom.
        Assert.Equal(2.776 * floor.Deviation / Math.Sqrt(5), floor.Mean - floor.Interval.Lower, 4);
    }

    [Fact]
    public void Cancellation_stops_the_training()
    {
        SeriesSet set = BenchmarkSets.Sines(20, 1);
        Assert.Throws<OperationCanceledException>(() => new DiscriminativeScore().Evaluate(set, set, new Seed(1), new CancellationToken(true)));
        Assert.Throws<OperationCanceledException>(() => new PredictiveScore().Evaluate(set, set, new Seed(1), new CancellationToken(true)));
        Assert.Throws<OperationCanceledException>(() => new ContextFid().Evaluate(set, set, new Seed(1), new CancellationToken(true)));
    }
}

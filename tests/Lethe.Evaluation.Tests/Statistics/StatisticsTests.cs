using Lethe.Evaluation.Statistics;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.Tests.Statistics;

public sealed class StatisticsTests
{
    [Fact]
    public void Auc_counts_pairs_with_ties_as_halves()
    {
        RandomStream random = new Seed(1).Stream("auc");
        for (int repeat = 0; repeat < 50; repeat++)
        {
            int n = 2 + random.NextInt(30);
            int[] y = [.. Enumerable.Range(0, n).Select(i => i < 2 ? i : random.NextInt(2))];
            double[] s = [.. Enumerable.Range(0, n).Select(_ => (double)random.NextInt(5))];
            double wins = 0, pairs = 0;
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    if (y[i] == 1 && y[j] == 0)
                    {
                        wins += s[i] > s[j] ? 1 : s[i] == s[j] ? 0.5 : 0;
                        pairs++;
                    }
                }
            }

            RocCurve roc = RocCurve.Of(y, s);
            double trapezoids = Enumerable.Range(1, roc.Thresholds.Count - 1).Sum(i =>
                (roc.FalsePositiveRate[i] - roc.FalsePositiveRate[i - 1]) * (roc.TruePositiveRate[i] + roc.TruePositiveRate[i - 1]) / 2);
            Assert.Equal(wins / pairs, Ranking.Auc(y, s), 12);
            Assert.Equal(wins / pairs, trapezoids, 12);
            Assert.Equal(wins / pairs, DeLong.Of(y, s).Auc, 12);
            Assert.Equal(wins / pairs, 1 - Ranking.Auc(y, [.. s.Select(v => -v)]), 12);
        }
    }

    [Fact]
    public void Exact_Kolmogorov_Smirnov_counts_all_interleavings()
    {
        foreach ((int m, int n) in ((int, int)[])[(3, 3), (4, 3), (5, 2), (4, 6)])
        {
            List<double> all = [];
            for (int mask = 0; mask < 1 << (m + n); mask++)
            {
                if (int.PopCount(mask) != m)
                    continue;
                double[] a = [.. Enumerable.Range(0, m + n).Where(i => (mask >> i & 1) == 1).Select(i => (double)i)];
                double[] b = [.. Enumerable.Range(0, m + n).Where(i => (mask >> i & 1) == 0).Select(i => (double)i)];
                all.Add(KolmogorovSmirnov.Statistic(a, b));
            }

            foreach (double d in all.Distinct())
                Assert.Equal((double)all.Count(x => x >= d - 1e-12) / all.Count, KolmogorovSmirnov.ExactP(d, m, n), 12);
        }
    }

    [Fact]
    public void Finite_and_limiting_Kolmogorov_distributions_meet()
    {
        foreach (int n in (int[])[50, 140, 141, 1000, 5000])
        {
            foreach (double t in (double[])[0.5, 0.8, 1.0, 1.36, 1.63, 2.0])
                Assert.Equal(KolmogorovSmirnov.Kolmogorov(t), KolmogorovDistribution.Survival(t / Math.Sqrt(n), n), 0.6 / Math.Sqrt(n));
        }

        // The pieces of the finite distribution join: on both sides of n = 140 and of n·d² = 2.2 the values hardly differ.
        Assert.Equal(KolmogorovDistribution.Survival(0.08, 140), KolmogorovDistribution.Survival(0.08, 141), 0.01);
        Assert.Equal(KolmogorovDistribution.Survival(Math.Sqrt(2.1999 / 500), 500), KolmogorovDistribution.Survival(Math.Sqrt(2.2001 / 500), 500), 1e-4);
    }

    [Fact]
    public void Wilcoxon_enumerates_all_signs()
    {
        double[] d = [0.3, -0.1, 0.5, 0.5, -0.2, 0.9, 0.0];
        double[] kept = [.. d.Where(v => v != 0)], ranks = Ranks.Average([.. kept.Select(Math.Abs)]);
        double observed = Enumerable.Range(0, kept.Length).Where(i => kept[i] > 0).Sum(i => ranks[i]), total = ranks.Sum();
        int extreme = Enumerable.Range(0, 1 << kept.Length).Count(mask =>
        {
            double w = Enumerable.Range(0, kept.Length).Where(i => (mask >> i & 1) == 1).Sum(i => ranks[i]);
            return Math.Abs(w - (total / 2)) >= Math.Abs(observed - (total / 2)) - 1e-12;
        });
        Assert.Equal((double)extreme / (1 << kept.Length), RepeatedScores.WilcoxonSignedRank(d), 12);
        Assert.Equal(1, RepeatedScores.WilcoxonSignedRank([0, 0]));
    }

    [Fact]
    public void Bootstrap_intervals_cover_at_their_level_and_do_not_depend_on_threads()
    {
        // 300 samples of 40 normals: coverage of a 95 % percentile interval of the mean is about 0.93 here; fewer than 255 hits have probability below 1e-6.
        RandomStream random = new Seed(5).Stream("coverage");
        int hits = 0;
        for (int repeat = 0; repeat < 300; repeat++)
        {
            double[] x = [.. Enumerable.Range(0, 40).Select(_ => random.NextGaussian())];
            Interval interval = Bootstrap.Percentile([], x.Length, rows => rows.Average(i => x[i]), new Seed((ulong)repeat), 200)!;
            hits += interval.Lower <= 0 && interval.Upper >= 0 ? 1 : 0;
        }

        Assert.InRange(hits, 255, 298);
        double[] y = [.. Enumerable.Range(0, 50).Select(i => (double)i)];
        int[] strata = [.. Enumerable.Range(0, 50).Select(i => i % 2)];
        Interval a = Bootstrap.Percentile(strata, 50, rows => rows.Sum(i => y[i]), new Seed(1))!, b = Bootstrap.Percentile(strata, 50, rows => rows.Sum(i => y[i]), new Seed(1))!;
        Assert.Equal(a, b);
        Assert.Null(Bootstrap.Percentile([], 10, _ => double.NaN, new Seed(1), 50));
    }

    [Fact]
    public void Stratified_folds_and_splits_keep_the_shares()
    {
        int[] classes = [.. Enumerable.Range(0, 103).Select(i => i % 10 == 0 ? 1 : 0)];
        int[] fold = StratifiedFolds.Assign(classes, 5, new Seed(2));
        for (int f = 0; f < 5; f++)
        {
            Assert.InRange(Enumerable.Range(0, 103).Count(i => fold[i] == f), 20, 21);
            Assert.InRange(Enumerable.Range(0, 103).Count(i => fold[i] == f && classes[i] == 1), 2, 3);
        }

        (int[] train, int[] test) = StratifiedFolds.Split(classes, 0.7, new Seed(2));
        Assert.Equal(Enumerable.Range(0, 103), train.Concat(test).Order());
        Assert.Equal(8, train.Count(i => classes[i] == 1));
    }

    [Fact]
    public void Perfect_separation_has_an_interval_below_one()
    {
        Interval interval = DeLong.Interval([0, 0, 0, 1, 1], [1, 2, 3, 4, 5])!;
        Assert.Equal(1, interval.Upper);
        Assert.InRange(interval.Lower, 0.1, 0.9);
        Assert.Null(DeLong.Interval([1, 1], [0.1, 0.2]));
        Assert.True(double.IsNaN(Calibration.RecalibrationLine([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]).Slope));
    }

    [Fact]
    public void Calibrated_probabilities_have_slope_one_and_small_error()
    {
        // 20 000 cases drawn from their own probabilities: the slope's standard error is about 0.02.
        RandomStream random = new Seed(8).Stream("calibration");
        double[] p = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextDouble())];
        int[] y = [.. p.Select(v => random.NextDouble() < v ? 1 : 0)];
        Calibration.Line line = Calibration.RecalibrationLine(y, p);
        Assert.InRange(line.Slope, 0.9, 1.1);
        Assert.InRange(line.Intercept, -0.12, 0.12);
        Assert.True(Calibration.ExpectedError(Calibration.EqualWidthBins(y, p)) < 0.02);
        double[] extreme = [.. p.Select(v => Calibration.Apply(new Calibration.Line(0, 2), v))];
        Assert.InRange(Calibration.RecalibrationLine(y, extreme).Slope, 0.45, 0.55);
    }

    [Fact]
    public void Holm_and_Friedman_agree_with_worked_examples()
    {
        Assert.Equal([0.03, 0.06, 0.06], TwoSampleTests.Holm([0.01, 0.04, 0.03]).Select(p => Math.Round(p, 12)));

        // Demšar 2006, section 3.2.2: mean ranks 3.143, 2.000, 2.893, 1.964 over 14 data sets give χ²_F = 9.28.
        double[][] blocks = Enumerable.Range(0, 14).Select(_ => new double[4]).ToArray();
        double[] means = [3.143, 2.0, 2.893, 1.964];
        double chi2 = 12.0 * 14 / (4 * 5) * (means.Sum(r => r * r) - (4 * 25 / 4.0));
        Assert.Equal(9.28, chi2, 0.01);
        for (int b = 0; b < 14; b++)
            blocks[b] = [1, 2, 3, 4];
        TwoSampleTests.Result result = TwoSampleTests.Friedman(blocks, out double[] ranks);
        Assert.Equal([1, 2, 3, 4], ranks.Select(r => Math.Round(r, 12)));
        Assert.Equal(42, result.Statistic, 9);
        Assert.Equal(1.25, TwoSampleTests.NemenyiDifference(4, 14), 0.005);
    }
}

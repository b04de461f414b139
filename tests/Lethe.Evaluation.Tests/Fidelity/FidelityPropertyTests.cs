using FsCheck;
using FsCheck.Fluent;
using Lethe.Data.Tables;
using Lethe.Evaluation.Drawing;
using Lethe.Evaluation.Encoding;
using Lethe.Evaluation.Fidelity.Accuracy;
using Lethe.Evaluation.Fidelity.Columns;
using Lethe.Evaluation.Fidelity.Joint;
using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Tables;
using Lethe.Evaluation.Tests.Support;
using Lethe.Learning;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.Tests.Fidelity;

public sealed class FidelityPropertyTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20260301, 1);

    private static readonly Arbitrary<double[][]> Columns = Gen.Choose(1, 25).SelectMany(n => Gen.Choose(1, 25).SelectMany(m =>
        Gen.OneOf(Gen.Choose(-5, 5).Select(v => (double)v), Gen.Choose(-500, 500).Select(v => v / 7.0), Gen.Constant(double.NaN)).ArrayOf(n + m)
            .Select(all => new[] { all[..n], all[n..] }))).ToArbitrary();

    [Fact]
    public void Numeric_scores_stay_in_range_ignore_row_order_and_are_ideal_for_equal_columns() => Prop.ForAll(Columns, c =>
    {
        (double[] r, double[] s) = (c[0], c[1]);
        (Func<double[], double[], double> Of, double Ideal, double Least, double Most)[] scores =
        [
            ((a, b) => NumericMetrics.KsComplement(a, b), 1, 0, 1),
            ((a, b) => NumericMetrics.RangeCoverage(a, b), 1, 0, 1),
            ((a, b) => NumericMetrics.BoundaryAdherence(a, b), 1, 0, 1),
            ((a, b) => NumericMetrics.MeanSimilarity(a, b), 1, 0, 1),
            ((a, b) => NumericMetrics.Wasserstein(a, b), 0, 0, double.MaxValue),
            ((a, b) => NumericMetrics.EnergyDistance(a, b), 0, 0, double.MaxValue),
            ((a, b) => HistogramDivergence.JensenShannonDistance(new RealBins(a).Shares(a), new RealBins(a).Shares(b)), 0, 0, 1),
        ];
        foreach ((Func<double[], double[], double> of, double ideal, double least, double most) in scores)
        {
            double value = of(r, s), reversed = of([.. r.Reverse()], [.. s.Reverse()]), same = of(r, r);
            if (!double.IsNaN(value))
            {
                Assert.InRange(value, least - 1e-12, most);
                Assert.Equal(value, reversed, 9);
            }

            if (!double.IsNaN(same))
                Assert.Equal(ideal, same, 9);
        }
    }).Check(Seeded);

    [Fact]
    public void Wasserstein_is_symmetric_and_moves_with_a_shift() => Prop.ForAll(Columns, c =>
    {
        double[] r = NumericMetrics.Present(c[0]), s = NumericMetrics.Present(c[1]);
        if (r.Length == 0 || s.Length == 0)
            return;
        Assert.Equal(NumericMetrics.Wasserstein(r, s), NumericMetrics.Wasserstein(s, r), 9);
        Assert.Equal(3.5, NumericMetrics.Wasserstein(r, [.. r.Select(v => v + 3.5)]), 9);
        Assert.True(NumericMetrics.Wasserstein(r, s) >= Math.Abs(r.Average() - s.Average()) - 1e-9);
    }).Check(Seeded);

    [Fact]
    public void Accuracies_fall_with_the_order_of_the_margin()
    {
        Table a = Mixed(120, new Seed(1)), b = Mixed(120, new Seed(2));
        TablePair pair = TablePair.Of(a, b, new Seed(3));
        double a1 = MarginalAccuracy.Univariate(pair.Labels).Accuracy, a2 = MarginalAccuracy.Bivariate(pair.Labels).Accuracy, a3 = MarginalAccuracy.Trivariate(pair.Labels, new Seed(3)).Accuracy;
        Assert.True(a1 > a2 && a2 > a3);

        // Fresh samples of one population meet the expected maximum: over 40 pairs the mean ratio is within 0.01 of 1 (its standard error is below 0.002).
        double ratio = Enumerable.Range(0, 40).Average(k => MarginalAccuracy.Univariate(
            TablePair.Of(Mixed(300, new Seed(10).Derive("a", k)), Mixed(300, new Seed(10).Derive("b", k)), new Seed(1)).Labels).Relative);
        Assert.InRange(ratio, 0.99, 1.01);
    }

    [Fact]
    public void Row_order_changes_no_figure_that_looks_at_all_rows()
    {
        Table train = Mixed(60, new Seed(1)), synthetic = Mixed(50, new Seed(2)), holdout = Mixed(40, new Seed(3));
        int[] shuffled = new Seed(4).Stream("rows").Permutation(50);
        string[] drawn = ["fidelity.c2st", "fidelity.wasserstein", "fidelity.alpha", "fidelity.beta", "fidelity.authenticity", "fidelity.mmd-p", "fidelity.closer", "fidelity.nnaa-loss", "fidelity.overfitting"];
        Measure[] first = Figures(synthetic), second = Figures(synthetic.Take(shuffled));
        for (int i = 0; i < first.Length; i++)
        {
            if (!drawn.Any(p => first[i].Id.StartsWith(p)) && first[i].Value is { } v)
                Assert.Equal(v, second[i].Value!.Value, 6);
        }

        Measure[] Figures(Table s) => [.. FidelityMetrics.All.SelectMany(m => m.Evaluate(new MetricInput(train, s, holdout, new Seed(5))))];
    }

    [Fact]
    public void References_of_cheap_figures_have_a_band_that_a_fresh_sample_meets()
    {
        // Nine of ten fresh references lie inside a 5 % to 95 % band; 60 figures over 4 seeds with fewer than half inside would be a fault of the band.
        int inside = 0, total = 0;
        for (ulong seed = 1; seed <= 4; seed++)
        {
            MetricInput input = new(Mixed(150, new Seed(seed)), Mixed(150, new Seed(seed + 100)), Mixed(100, new Seed(seed + 200)), new Seed(seed));
            foreach (Measure m in FidelityMetrics.All.Where(m => m.Descriptor.Name is "accuracy" or "associations" or "copula-hellinger").SelectMany(m => m.Evaluate(input)))
            {
                Assert.NotNull(m.ReferenceInterval);
                total++;
                inside += m.Reference >= m.ReferenceInterval.Lower && m.Reference <= m.ReferenceInterval.Upper ? 1 : 0;
            }
        }

        Assert.True(inside > 0.6 * total, $"{inside} of {total}");
    }

    [Fact]
    public void Transport_of_a_permuted_set_costs_nothing_and_of_a_shifted_one_the_shift()
    {
        RandomStream random = new Seed(6).Stream("points");
        double[][] rows = [.. Enumerable.Range(0, 80).Select(_ => new[] { random.NextDouble(), random.NextDouble() })];
        DesignMatrix x = DesignMatrix.FromRows(rows), permuted = x.SelectRows(random.Permutation(80)), shifted = DesignMatrix.FromRows([.. rows.Select(r => new[] { r[0] + 2, r[1] })]);
        Assert.Equal(0, OptimalTransport.ExactWasserstein(x, permuted), 12);
        Assert.Equal(2, OptimalTransport.ExactWasserstein(x, shifted), 12);
        Assert.Equal(0, Sinkhorn.Divergence(x, permuted), 1e-6);
        Assert.Equal(2, Sinkhorn.Divergence(x, shifted), 1e-4);
        Assert.Equal(0, OptimalTransport.SlicedWasserstein(x, permuted, new Seed(1)), 12);
        Assert.Equal(0, OptimalTransport.SquaredEnergyDistance(x, permuted), 9);
    }

    [Fact]
    public void Coverage_of_fresh_samples_meets_its_expectation()
    {
        // The standard deviation of one repeat is about 0.046, so that of the mean of 400 is 0.0023; five of them are allowed.
        double mean = Enumerable.Range(0, 400).Average(k =>
        {
            RandomStream random = new Seed(7).Stream("points", k);
            DesignMatrix Sample(int n) => new([.. Enumerable.Range(0, 2 * n).Select(_ => random.NextGaussian())], n, 2);
            return Prdc.Of(RowDistances.Euclidean(Sample(100), Sample(60))).Coverage;
        });
        Assert.InRange(mean, Prdc.ExpectedCoverage(100, 60) - 0.0115, Prdc.ExpectedCoverage(100, 60) + 0.0115);
    }

    [Fact]
    public void Drawings_keep_neighbours_together()
    {
        RandomStream random = new Seed(9).Stream("clusters");
        double[][] rows = [.. Enumerable.Range(0, 90).Select(i => Enumerable.Range(0, 6).Select(c => (c == i % 3 ? 12.0 : 0) + random.NextGaussian()).ToArray())];
        DesignMatrix points = DesignMatrix.FromRows(rows);
        (double[] x, double[] y) = StochasticNeighbourEmbedding.Embed(points, new Seed(1), perplexity: 15);
        int together = Enumerable.Range(0, 90).Count(i =>
        {
            int nearest = Enumerable.Range(0, 90).Where(j => j != i).MinBy(j => Math.Pow(x[i] - x[j], 2) + Math.Pow(y[i] - y[j], 2));
            return nearest % 3 == i % 3;
        });
        Assert.True(together >= 88, $"{together} of 90");

        PrincipalComponents components = PrincipalComponents.Fit(points);
        Assert.InRange(components.VarianceShare, 0.8, 1);
        (double[] px, double[] py) = components.Project(points);
        Assert.Equal(0, px.Average(), 9);
        Assert.Equal(0, py.Average(), 9);
    }

    [Fact]
    public void Unseen_levels_become_zeros_and_holes_the_training_mean()
    {
        Table fitted = new([GoldenTable.Numeric("x", [1, 3, double.NaN]), GoldenTable.Discrete("c", ["a", "b", ""])]);
        Table other = new([GoldenTable.Numeric("x", [double.NaN, 5]), GoldenTable.Discrete("c", ["z", "b"])]);
        FeatureEncoder encoder = FeatureEncoder.Fit(fitted);
        Assert.Equal(["x", "x_missing", "c=a", "c=b", "c=NA"], encoder.Names);
        Assert.Equal([2, 1, 0, 0, 0, 5, 0, 0, 1, 0], encoder.Encode(other).Values.ToArray());
    }

    /// <summary>Two dependent numbers, one with holes, and two categories.</summary>
    private static Table Mixed(int rows, Seed seed)
    {
        RandomStream random = seed.Stream("mixed");
        double[] a = [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())];
        double[] b = [.. a.Select(v => random.NextBool(0.1) ? double.NaN : v + random.NextGaussian())];
        string[] c = [.. a.Select(v => v > 0 ? "high" : "low")], d = [.. Enumerable.Range(0, rows).Select(_ => "north,south,west".Split(',')[random.NextInt(3)])];
        return new Table([GoldenTable.Numeric("a", a), GoldenTable.Numeric("b", b), GoldenTable.Discrete("c", c), GoldenTable.Discrete("d", d)]);
    }
}

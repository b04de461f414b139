using System.Text.Json;
using Lethe.Data.Tables;
using Lethe.Evaluation.Collapse;
using Lethe.Evaluation.Repeats;
using Lethe.Evaluation.Selection;
using Lethe.Evaluation.Tests.Support;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.Tests.Repeats;

public sealed class ReleaseScoresTests
{
    private static readonly Golden Bars = Golden.Load("tabular/expected/generator_bars.json");

    /// <summary>
    /// A bootstrap copy and independent columns need no generator, so their bars test the scores alone: mean of five seeds, within the family's
    /// tolerance on both sides (A1, A2 and quality: 0.015, since a joint resample moves all columns together) or four standard errors of the difference of two such means, whichever is wider.
    /// </summary>
    [Theory]
    [InlineData("bootstrap_copy")]
    [InlineData("independent_columns")]
    public void Scores_reach_the_reference_bars(string generator)
    {
        GoldenCase c = new(Bars.Cases.First());
        Table train = Read(c, "train"), holdout = Read(c, "holdout"), test = Read(c, "test");
        List<(ReleaseScores OnTest, ReleaseScores OnHoldout)> runs = [];
        for (ulong seed = 1; seed <= 5; seed++)
        {
            RandomStream random = new Seed(seed).Stream("generator");
            Table synthetic = generator == "bootstrap_copy" ? train.Take(Draw(random, 300)) : new Table(train.Columns.Select(column => column.Take(Draw(random, 300))));
            runs.Add((
                ReleaseScores.Compute(train, test, synthetic, "target", new Seed(seed), cancellation: TestContext.Current.CancellationToken),
                ReleaseScores.Compute(train, holdout, synthetic, null, new Seed(seed), cancellation: TestContext.Current.CancellationToken)));
        }

        JsonElement mean = c.Expected.GetProperty(generator).GetProperty("mean"), sd = c.Expected.GetProperty(generator).GetProperty("sd");
        Near("auc_mean3", runs.Average(r => r.OnTest.TstrAuc!.Value), 0.015);
        Near("accuracy_mean3", runs.Average(r => r.OnTest.TstrAccuracy!.Value), 0.02);
        Near("A1", runs.Average(r => r.OnTest.A1), 0.015);
        Near("A2", runs.Average(r => r.OnTest.A2), 0.015);
        Near("quality_classic", runs.Average(r => r.OnTest.QualityClassic), 0.015);
        Near("quality_thresholded", runs.Average(r => r.OnTest.QualityThresholded), 0.015);
        Near("c2st_forest_auc", runs.Average(r => r.OnHoldout.ForestDetection), 0.05);
        Near("coverage_holdout_k5", runs.Average(r => r.OnHoldout.Coverage), 0.03);
        Near("closer_to_train_equal_sizes", runs.Average(r => r.OnHoldout.CloserToTrain), 0.04);
        Near("exact_copies", runs.Average(r => r.OnHoldout.ExactCopies), 0.005);

        void Near(string key, double actual, double tolerance)
        {
            double expected = mean.GetProperty(key).GetDouble(), error = 4 * sd.GetProperty(key).GetDouble() * Math.Sqrt(2.0 / 5);
            Golden.Close(expected, actual, Math.Max(tolerance, error), 0, $"{generator}: {key}");
        }
    }

    [Fact]
    public void Trained_on_real_agrees_with_the_reference()
    {
        GoldenCase c = new(Bars.Cases.First());
        Table train = Read(c, "train"), test = Read(c, "test");
        JsonElement expected = c.Expected.GetProperty("real_train_on_real");
        ReleaseScores logistic = ReleaseScores.Compute(train, test, train, "target", new Seed(1), [Evaluation.Utility.Learner.Linear], cancellation: TestContext.Current.CancellationToken);
        Golden.Close(expected.GetProperty("lr_auc").GetDouble(), logistic.TrtrAuc!.Value, 0.001, 0, "logistic AUC");
        Golden.Close(expected.GetProperty("lr_accuracy").GetDouble(), logistic.TrtrAccuracy!.Value, 0.003, 0, "logistic accuracy");
        ReleaseScores boosting = ReleaseScores.Compute(train, test, train, "target", new Seed(1), [Evaluation.Utility.Learner.Boosting], cancellation: TestContext.Current.CancellationToken);
        Golden.Close(expected.GetProperty("hgb_auc").GetDouble(), boosting.TrtrAuc!.Value, 0.005, 0, "boosting AUC");
        ReleaseScores three = ReleaseScores.Compute(train, test, train, "target", new Seed(1), cancellation: TestContext.Current.CancellationToken);
        Golden.Close(expected.GetProperty("auc_mean3").GetDouble(), three.TrtrAuc!.Value, 0.008, 0, "mean AUC");
    }

    [Fact]
    public void Selection_prefers_a_fresh_sample_to_copies_and_to_independent_columns()
    {
        GoldenCase c = new(Bars.Cases.First());
        Table train = Read(c, "train"), holdout = Read(c, "holdout"), population = Read(c, "test");
        RandomStream random = new Seed(9).Stream("generator");
        (string, Table)[] candidates =
        [
            ("independent", new Table(train.Columns.Select(column => column.Take(Draw(random, 300))))),
            ("fresh", population.Take([.. Enumerable.Range(0, 300)])),
            ("collapsed", train.Take([.. Enumerable.Range(0, 300).Select(i => i % 3)])),
        ];
        SelectionTable table = SelectionScores.Rank([.. candidates.Select(p =>
            (p.Item1, SelectionScores.Compute(train, holdout, p.Item2, "target", new Seed(2), TestContext.Current.CancellationToken)))]);
        Assert.Equal("fresh", table.Rows[0].Method);
        Assert.True(table.Rows[0].Chosen);
        Assert.Equal("collapsed", table.Rows[^1].Method);
        Assert.All(table.Rows, r => Assert.Equal(table.Criteria.Count, r.Scores.Count));
    }

    [Fact]
    public void Collapse_checks_fire_on_prototypes_and_not_on_a_fresh_sample()
    {
        GoldenCase c = new(Bars.Cases.First());
        Table train = Read(c, "train"), fresh = Read(c, "holdout"), prototypes = Read(c, "train").Take([.. Enumerable.Range(0, 300).Select(i => i % 5)]);
        Assert.All(CollapseChecks.Of(train, fresh, "target", new Seed(1), TestContext.Current.CancellationToken), check => Assert.True(check.Passed, check.Detail));
        IReadOnlyList<Check> collapsed = CollapseChecks.Of(train, prototypes, "target", new Seed(1), TestContext.Current.CancellationToken);
        Assert.False(collapsed.Single(check => check.Name == "distinct rows").Passed);
        Assert.False(collapsed.Single(check => check.Name == "coverage").Passed);
        Assert.False(collapsed.Single(check => check.Name == "frequent levels").Passed);
        Assert.False(Assert.Single(CollapseChecks.Of(train, train.Take([]), "target", new Seed(1), TestContext.Current.CancellationToken)).Passed);
    }

    [Fact]
    public void Repeats_average_splits_that_do_not_share_rows()
    {
        GoldenCase c = new(Bars.Cases.First());
        Table data = Read(c, "train");
        List<int> sizes = [];
        RepeatedEvaluation.Result result = RepeatedEvaluation.Run(
            data, "target", (train, seed) =>
            {
                sizes.Add(train.RowCount);
                return train.Take(Draw(seed.Stream("copy"), train.RowCount));
            },
            new Seed(4), splits: 3, learners: [Evaluation.Utility.Learner.Linear], cancellation: TestContext.Current.CancellationToken);
        Assert.All(sizes, s => Assert.InRange(s, 209, 211));
        Assert.Equal(3, result.Splits.Count);
        Assert.Equal(3, result.Splits.Select(s => s.TrtrAuc).Distinct().Count());
        Measure difference = result.Means.Single(m => m.Id == "repeats.auc-difference");
        Assert.Equal(result.Splits.Average(s => s.AucDifference!.Value), difference.Value!.Value, 12);
        Assert.Contains("Nadeau", difference.Interval!.Method);
        Assert.Equal(1, result.Means.Single(m => m.Id == "repeats.exact-copies").Value);
    }

    private static Table Read(GoldenCase c, string name) => GoldenTable.Read(Bars, c.Input(name));

    private static int[] Draw(RandomStream random, int rows) => [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(rows))];
}

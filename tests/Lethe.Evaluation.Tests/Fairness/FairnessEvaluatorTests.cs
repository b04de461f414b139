using Lethe.Data.Tables;
using Lethe.Evaluation.Fairness;
using Lethe.Evaluation.Tests.Support;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.Tests.Fairness;

public sealed class FairnessEvaluatorTests
{
    [Fact]
    public void Groups_that_disappear_are_named_and_small_ones_marked()
    {
        Golden golden = Golden.Load("tabular/expected/quality_report.json");
        Table train = GoldenTable.Read(golden, "data/d_train.csv", "target"), holdout = GoldenTable.Read(golden, "data/d_holdout.csv"), synthetic = GoldenTable.Read(golden, "data/d_synA.csv");
        Table men = synthetic.Take([.. Enumerable.Range(0, synthetic.RowCount).Where(i => synthetic["sex"].Format(i) == "male")]);
        FairnessSection section = FairnessEvaluator.Evaluate(train, holdout, men, "target", new Seed(1), cancellation: TestContext.Current.CancellationToken)!;

        GroupFairness women = section.Groups.Single(g => g.Group == "female");
        Assert.Equal(0, women.SyntheticShare);
        Assert.Equal(0, women.Measures.Single(m => m.Id == "fairness.share-ratio").Value);
        Assert.NotNull(women.Measures.Single(m => m.Id == "fairness.share-ratio").Note);
        Assert.NotNull(women.Measures.Single(m => m.Id == "fairness.a1").NotComputedBecause);
        Assert.Contains(section.Groups, g => g.Attribute == "age" && g.Group == "55 to 69" && !g.Unreliable);
        Assert.All(section.Groups.Where(g => g.Holdout < 30), g => Assert.True(g.Unreliable));
        foreach (string attribute in (string[])["sex", "age"])
        {
            Assert.Equal(train.RowCount, (int)Math.Round(section.Groups.Where(g => g.Attribute == attribute).Sum(g => g.RealShare) * train.RowCount));
            Assert.NotNull(section.Gaps.Single(m => m.Id == "fairness.equal-opportunity" && m.Subject == attribute).Reference);
        }
    }

    [Fact]
    public void Tables_without_a_grouping_have_no_section()
    {
        Table table = new([GoldenTable.Numeric("x", [1, 2, 3])]);
        Assert.Null(FairnessEvaluator.Evaluate(table, table, table, null, new Seed(1), cancellation: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => FairnessEvaluator.Evaluate(table, table, table, null, new Seed(1), ["x"], cancellation: TestContext.Current.CancellationToken));
    }
}

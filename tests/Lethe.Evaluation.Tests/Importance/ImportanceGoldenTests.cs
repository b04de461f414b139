using Lethe.Evaluation.Importance;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.Tests.Support;

namespace Lethe.Evaluation.Tests.Importance;

public sealed class ImportanceGoldenTests
{
    [Fact]
    public void Agreement_of_importances_agrees()
    {
        Golden golden = Golden.Load("tabular/expected/importance_agreement.json");
        GoldenCase c = new(golden.Case("d"));
        double[] a = Golden.Vector(c.Inputs.GetProperty("real")), b = Golden.Vector(c.Inputs.GetProperty("synthetic"));
        c.Check("spearman", Ranks.Spearman(a, b));
        c.Check("kendall_tau_b", Ranks.KendallTauB(a, b));
        c.Check("pearson", Moments.Pearson(a, b));
        c.Check("top3_overlap", ImportanceAgreement.TopOverlap(a, b, 3));
        c.Check("top5_jaccard", ImportanceAgreement.TopJaccard(a, b, 5));
        c.Check("rank_biased_overlap_p0.9_normalised", ImportanceAgreement.RankBiasedOverlap(a, b));
        c.Check("l1_of_normalised", ImportanceAgreement.NormalisedDistance(a, b));
        c.Check("cosine", ImportanceAgreement.Cosine(a, b));
    }

    [Fact]
    public void Equal_regressions_agree_completely()
    {
        CoefficientAgreement same = CoefficientAgreement.Of([1, -2], [0.5, 0.1], [1, -2], [0.5, 0.1])!;
        Assert.Equal(new CoefficientAgreement(1, 1, 1, 0), same);
        CoefficientAgreement apart = CoefficientAgreement.Of([1], [0.1], [-1], [0.1])!;
        Assert.Equal(0, apart.SignAgreement);
        Assert.Equal(0, apart.IntervalOverlap);
        Assert.Equal(20, apart.StandardisedDifference, 12);
        Assert.Null(CoefficientAgreement.Of([1], [double.NaN], [1], [0.1]));
    }
}

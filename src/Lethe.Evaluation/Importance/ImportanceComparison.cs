using Lethe.Data.Tables;
using Lethe.Evaluation.Encoding;
using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.Tables;
using Lethe.Evaluation.Utility;
using Lethe.Learning;
using Lethe.Learning.Linear;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.Importance;

/// <summary>Do models trained on synthetic data rely on the same features, with the same effects, as models trained on real data?</summary>
internal static class ImportanceComparison
{
    private const int MostRows = 1000;

    public static IReadOnlyList<Measure> Of(
        PredictionTask task, IReadOnlyList<ClassificationUtility.Outcome> outcomes, IReadOnlyList<Learner> learners, Table holdout, Seed seed, CancellationToken cancellation)
    {
        Table test = TablePair.Cut(task.Labelled(holdout), MostRows, seed.Derive("rows"));
        List<Measure> figures = [];
        if (task.Features.Count < 2 || task.Labels(test).Distinct().Count() < 2)
            return figures;
        double[][][] importances = new double[outcomes.Count][][];
        Parallel.For(0, outcomes.Count, new ParallelOptions { CancellationToken = cancellation }, k =>
        {
            if (outcomes[k].Synthetic is { } synthetic)
                importances[k] = [PermutationImportance.Of(outcomes[k].Real, task, test, seed), PermutationImportance.Of(synthetic, task, test, seed)];
        });
        for (int k = 0; k < outcomes.Count; k++)
        {
            if (importances[k] is not [double[] real, double[] synthetic])
                continue;
            string subject = learners[k].Name;
            int top = Math.Min(5, task.Features.Count);
            const string Undefined = "all importances are equal";
            figures.Add(Figures.Score("utility.importance-spearman", "Importances, Spearman", Ranks.Spearman(real, synthetic), Undefined, subject) with { Minimum = -1 });
            figures.Add(Figures.Score("utility.importance-kendall", "Importances, Kendall τ-b", Ranks.KendallTauB(real, synthetic), Undefined, subject) with { Minimum = -1 });
            figures.Add(Figures.Score("utility.importance-top", $"Importances, shared among the top {top}", ImportanceAgreement.TopOverlap(real, synthetic, top), Undefined, subject));
            figures.Add(Figures.Score("utility.importance-rbo", "Importances, rank-biased overlap", ImportanceAgreement.RankBiasedOverlap(real, synthetic), Undefined, subject));
            figures.Add(Figures.Distance("utility.importance-distance", "Importances, half L1 of shares", ImportanceAgreement.NormalisedDistance(real, synthetic), Undefined, 1, subject));
        }

        return figures;
    }

    /// <summary>Log odds ratios of two logistic models on the same features, standardised by the real table.</summary>
    public static IReadOnlyList<Measure> Coefficients(PredictionTask task, Table train, Table synthetic, CancellationToken cancellation)
    {
        Table r = task.Labelled(train), s = task.Labelled(synthetic);
        if (!task.IsBinary || task.Labels(r).Distinct().Count() < 2 || task.Labels(s).Distinct().Count() < 2)
            return [];
        FeatureEncoder encoder = FeatureEncoder.Fit(r, task.Features, new FeatureEncoderOptions { DropFirstLevel = true, DropConstant = true });
        if (encoder.Width == 0)
            return [];
        DesignMatrix x = encoder.Encode(r);
        StandardScaler scaler = StandardScaler.Fit(x);
        (double[] b, double[] se) = Fit(scaler.Transform(x), task.Labels(r));
        (double[] bs, double[] ses) = Fit(scaler.Transform(encoder.Encode(s)), task.Labels(s));
        CoefficientAgreement? agreement = CoefficientAgreement.Of(b, se, bs, ses);
        const string Undefined = "no coefficient has a finite standard error";
        const string Warning = "intervals on synthetic rows are computed as if they were real and are too narrow";
        return
        [
            Figures.Score("utility.coefficient-signs", "Odds ratios, same direction", agreement?.SignAgreement ?? double.NaN, Undefined),
            Figures.Score("utility.coefficient-overlap", "Odds ratios, overlap of 95 % intervals", agreement?.IntervalOverlap ?? double.NaN, Undefined, note: Warning),
            Figures.Score("utility.coefficient-inside", "Odds ratios of the real model inside the synthetic interval", agreement?.InsideShare ?? double.NaN, Undefined, note: Warning),
            Figures.Distance("utility.coefficient-difference", "Odds ratios, mean difference in real standard errors", agreement?.StandardisedDifference ?? double.NaN, Undefined),
        ];

        (double[] Coefficients, double[] Errors) Fit(DesignMatrix z, int[] y)
        {
            LogisticModel model = new LogisticRegression().Fit(z, y, 2, [], cancellation);
            return (model.Coefficients().ToArray(), model.StandardErrors(z, 1)[..z.Columns]);
        }
    }
}

using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Statistics;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.Utility;

/// <summary>
/// Headline figures averaged over learners. Their intervals come from resampling holdout rows, the same rows for every model, so that a
/// difference is paired.
/// </summary>
internal static class UtilityHeadline
{
    public static IReadOnlyList<Measure> Of(IReadOnlyList<ClassificationUtility.Outcome> outcomes, Seed seed, int resamples)
    {
        int[] truth = outcomes[0].Trtr.Truth;
        if (truth.Length == 0)
            return [];
        double[] Means(Func<Predictions, Predictions> at)
        {
            double aucS = outcomes.Average(o => at(o.Tstr).Auc), aucR = outcomes.Average(o => at(o.Trtr).Auc);
            double accuracyS = outcomes.Average(o => at(o.Tstr).Confusion.Accuracy), accuracyR = outcomes.Average(o => at(o.Trtr).Confusion.Accuracy);
            return [aucS, aucR, aucS - aucR, accuracyS, accuracyR, accuracyS - accuracyR];
        }

        double[] value = Means(p => p);
        Interval?[] interval = truth.Length < 2
            ? new Interval?[value.Length]
            : Bootstrap.Percentiles(truth, truth.Length, rows => Means(p => p.Take(rows)), seed, resamples);
        const string OneClass = "the holdout holds a single class";
        return
        [
            Score("utility.mean-auroc", "AUROC, mean over learners", 0, 1, OneClass),
            Difference("utility.mean-auroc-difference", "AUROC difference, trained on synthetic minus trained on real", 2, OneClass),
            Figures.Plain("utility.mean-auroc-ratio", "AUROC ratio", value[0] / value[1], OneClass),
            Score("utility.mean-accuracy", "Accuracy, mean over learners", 3, 4, ""),
            Difference("utility.mean-accuracy-difference", "Accuracy difference, trained on synthetic minus trained on real", 5, ""),
        ];

        Measure Score(string id, string name, int synthetic, int real, string undefined) => Figures.Score(id, name, value[synthetic], undefined) with
        {
            Interval = interval[synthetic],
            Reference = double.IsNaN(value[real]) ? null : value[real],
            ReferenceInterval = interval[real],
            ReferenceName = Comparisons.Reference,
            N = truth.Length,
        };

        Measure Difference(string id, string name, int k, string undefined) => Figures.Near(id, name, value[k], 0, undefined, -1, 1) with { Interval = interval[k], N = truth.Length };
    }

    public static IReadOnlyList<Measure> Of(
        IReadOnlyList<(LearnerUtility Section, double[] Truth, double[] Tstr, double[] Trtr)> outcomes, Seed seed, int resamples)
    {
        double[] truth = outcomes[0].Truth;
        if (truth.Length == 0)
            return [];
        double[] Means(int[] rows)
        {
            double[] y = [.. rows.Select(i => truth[i])];
            double s = outcomes.Average(o => RegressionScores.R2(y, [.. rows.Select(i => o.Tstr[i])]));
            double r = outcomes.Average(o => RegressionScores.R2(y, [.. rows.Select(i => o.Trtr[i])]));
            return [s, r, s - r];
        }

        double[] value = Means([.. Enumerable.Range(0, truth.Length)]);
        Interval?[] interval = truth.Length < 2 ? new Interval?[3] : Bootstrap.Percentiles([], truth.Length, Means, seed, resamples);
        return
        [
            Figures.Make(new Measure { Id = "utility.mean-r2", Name = "R², mean over learners", Direction = Direction.Higher, Ideal = 1, Maximum = 1 }, value[0], "") with
            {
                Interval = interval[0],
                Reference = value[1],
                ReferenceInterval = interval[1],
                ReferenceName = Comparisons.Reference,
                N = truth.Length,
            },
            Figures.Near("utility.mean-r2-difference", "R² difference, trained on synthetic minus trained on real", value[2], 0, "") with { Interval = interval[2], N = truth.Length },
        ];
    }
}

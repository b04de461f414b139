using Lethe.Evaluation.Fidelity.Pairs;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.Tables;
using Lethe.Results;

namespace Lethe.Evaluation.Metrics;

/// <summary>Differences of association matrices.</summary>
internal sealed class AssociationMetric() : PairMetric(
    new Descriptor(
        "associations", "Differences of associations", "margins",
        "Mean absolute difference and Frobenius norm of Pearson, Spearman, mixed association and mutual information matrices.",
        "Cramér 1946; Bergsma 2013; Theil 1970"),
    MetricPlace.Overall, banded: true)
{
    protected override IEnumerable<Measure> Compute(TablePair pair, MetricInput input)
    {
        TablePair limited = pair.Limit(input.Limits.Margins), small = pair.Limit(input.Limits.Learners);
        (string Key, string Name, Func<AssociationMatrix.Difference> Of)[] kinds =
        [
            ("association", "Association difference", () => AssociationMatrix.Compare(AssociationMatrix.Mixed(limited.Real), AssociationMatrix.Mixed(limited.Other))),
            ("pearson", "Pearson difference", () => Numeric(limited, (x, y) => Moments.Pearson(x, y))),
            ("spearman", "Spearman difference", () => Numeric(small, (x, y) => Ranks.Spearman(x, y))),
            ("mutual-information", "Mutual information difference", () => AssociationMatrix.Compare(
                AssociationMatrix.NormalisedMutualInformation(limited.Labels, real: true), AssociationMatrix.NormalisedMutualInformation(limited.Labels, real: false))),
        ];
        foreach ((string key, string name, Func<AssociationMatrix.Difference> of) in kinds)
        {
            input.Cancellation.ThrowIfCancellationRequested();
            AssociationMatrix.Difference difference = of();
            const string Undefined = "fewer than two columns have a defined association";
            yield return Figures.Distance($"fidelity.{key}-difference", $"{name}, mean absolute", difference.MeanAbsolute, Undefined);
            yield return Figures.Distance(
                $"fidelity.{key}-frobenius", $"{name}, Frobenius", double.IsNaN(difference.MeanAbsolute) ? double.NaN : difference.Frobenius, Undefined);
        }
    }

    private static AssociationMatrix.Difference Numeric(TablePair pair, Func<double[], double[], double> correlation) =>
        AssociationMatrix.Compare(AssociationMatrix.Numeric(pair.Real, correlation), AssociationMatrix.Numeric(pair.Other, correlation));
}

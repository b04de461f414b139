namespace Lethe.Evaluation.Fairness;

/// <summary>
/// Differences between groups: Hardt et al., "Equality of opportunity in supervised learning", 2016. Groups where a rate is undefined do not enter its gap;
/// NaN with fewer than two groups.
/// </summary>
/// <param name="DemographicParityDifference">max − min of the selection rates, 0 is best.</param>
/// <param name="DemographicParityRatio">min/max of the selection rates, 1 is best; below 0.8 is often flagged.</param>
/// <param name="EqualOpportunityDifference">max − min of the true positive rates, 0 is best.</param>
/// <param name="FalsePositiveDifference">max − min of the false positive rates, 0 is best.</param>
/// <param name="AurocGap">max − min of the areas under the ROC curve, 0 is best.</param>
public sealed record FairnessGaps(
    double DemographicParityDifference, double DemographicParityRatio, double EqualOpportunityDifference, double FalsePositiveDifference, double AurocGap)
{
    /// <summary>max of the true and false positive gaps, 0 is best.</summary>
    public double EqualisedOddsDifference => Math.Max(EqualOpportunityDifference, FalsePositiveDifference);

    /// <summary>Mean of both gaps, 0 is best.</summary>
    public double EqualisedOddsAverageDifference => (EqualOpportunityDifference + FalsePositiveDifference) / 2;

    /// <summary>Gaps between these groups.</summary>
    public static FairnessGaps Of(IReadOnlyCollection<GroupScores> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        double[] selection = Defined(groups, g => g.SelectionRate);
        double largest = selection.DefaultIfEmpty(double.NaN).Max();
        return new FairnessGaps(
            Gap(selection),
            selection.Length < 2 || largest == 0 ? double.NaN : selection.Min() / largest,
            Gap(Defined(groups, g => g.TruePositiveRate)),
            Gap(Defined(groups, g => g.FalsePositiveRate)),
            Gap(Defined(groups, g => g.Auroc)));
    }

    /// <summary>
    /// One group against the rest: min(1 − |ΔTPR|, 1 − |ΔFPR|), where rates without cases have denominator 1. 1 is best.
    /// </summary>
    public static double EqualisedOddsScore(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> inGroup)
    {
        double[,] hits = new double[2, 2], cases = new double[2, 2];
        for (int i = 0; i < labels.Length; i++)
        {
            int g = inGroup[i] ? 1 : 0;
            cases[g, labels[i]]++;
            hits[g, labels[i]] += probabilities[i] >= 0.5 ? 1 : 0;
        }

        double Rate(int g, int y) => hits[g, y] / Math.Max(1, cases[g, y]);
        return Math.Min(1 - Math.Abs(Rate(1, 1) - Rate(0, 1)), 1 - Math.Abs(Rate(1, 0) - Rate(0, 0)));
    }

    private static double[] Defined(IReadOnlyCollection<GroupScores> groups, Func<GroupScores, double> rate) => [.. groups.Select(rate).Where(r => !double.IsNaN(r))];

    private static double Gap(double[] values) => values.Length < 2 ? double.NaN : values.Max() - values.Min();
}

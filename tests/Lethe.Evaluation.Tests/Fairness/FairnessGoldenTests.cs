using System.Text.Json;
using Lethe.Data.Tables;
using Lethe.Evaluation.Fairness;
using Lethe.Evaluation.Tests.Support;

namespace Lethe.Evaluation.Tests.Fairness;

public sealed class FairnessGoldenTests
{
    [Fact]
    public void Group_scores_and_gaps_agree()
    {
        Golden golden = Golden.Load("tabular/expected/fairness.json");
        GoldenCase c = new(golden.Case("d"));
        Table table = GoldenTable.Read(golden, c.Input("file"));
        int[] y = table.Labels("y");
        double[] p = table.Values("p");
        Dictionary<string, GroupScores> groups = [];
        foreach (JsonProperty group in c.Expected.GetProperty("groups").EnumerateObject())
        {
            int[] rows = [.. Enumerable.Range(0, y.Length).Where(i => table["group"].Format(i) == group.Name)];
            GroupScores g = groups[group.Name] = GroupScores.Of([.. rows.Select(i => y[i])], [.. rows.Select(i => p[i])]);
            c.Check(group.Value.GetProperty("n"), g.N, $"{group.Name} n");
            c.Check(group.Value.GetProperty("prevalence"), g.Prevalence, $"{group.Name} prevalence");
            c.Check(group.Value.GetProperty("selection_rate"), g.SelectionRate, $"{group.Name} selection rate");
            c.Check(group.Value.GetProperty("tpr"), g.TruePositiveRate, $"{group.Name} TPR");
            c.Check(group.Value.GetProperty("fpr"), g.FalsePositiveRate, $"{group.Name} FPR");
            c.Check(group.Value.GetProperty("precision"), g.Precision, $"{group.Name} precision");
            c.Check(group.Value.GetProperty("accuracy"), g.Accuracy, $"{group.Name} accuracy");
            c.Check(group.Value.GetProperty("auroc"), g.Auroc, $"{group.Name} AUROC");
            c.Check(group.Value.GetProperty("brier"), g.Brier, $"{group.Name} Brier");
            c.Check(group.Value.GetProperty("mean_calibration_gap"), g.CalibrationGap, $"{group.Name} calibration gap");
        }

        FairnessGaps gaps = FairnessGaps.Of(groups.Values);
        c.Check("demographic_parity_difference", gaps.DemographicParityDifference);
        c.Check("demographic_parity_ratio", gaps.DemographicParityRatio);
        c.Check("equal_opportunity_difference", gaps.EqualOpportunityDifference);
        c.Check("equalised_odds_difference", gaps.EqualisedOddsDifference);
        c.Check("equalised_odds_average_difference", gaps.EqualisedOddsAverageDifference);
        c.Check("auroc_gap", gaps.AurocGap);
        c.Check("equalised_odds_score_A_vs_rest", FairnessGaps.EqualisedOddsScore(y, p, [.. Enumerable.Range(0, y.Length).Select(i => table["group"].Format(i) == "A")]));
    }
}

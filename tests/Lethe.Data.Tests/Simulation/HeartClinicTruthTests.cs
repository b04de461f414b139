using Lethe.Data.Schemas;
using Lethe.Data.Simulation.HeartClinic;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Tests.Simulation;

public sealed class HeartClinicTruthTests
{
    private const int N = 100_000;
    private static readonly Table Clinic = HeartClinicSimulator.Simulate(N, new Seed(99));
    private static readonly int[] Ill = ((DiscreteColumn)Clinic["obstructive_cad"]).Codes.ToArray();
    private static readonly double[] Probability = new HeartClinicTruth().OutcomeProbability(Clinic);

    [Fact]
    public void The_stated_probability_is_the_observed_rate_in_every_band_and_for_every_pattern_of_gaps()
    {
        // Σ(y − p) / √Σp(1 − p) is standard normal in every group that the record decides. One-in-a-million error over 60 groups: |z| < 5.65.
        var groups = Enumerable.Range(0, N).GroupBy(i => (
            Band: Math.Min(9, (int)(10 * Probability[i])),
            NoCholesterol: Clinic["cholesterol"].IsMissing(i),
            NoTest: Clinic["st_depression"].IsMissing(i),
            NoScan: Clinic["calcium_score"].IsMissing(i)));
        int tested = 0;
        foreach (var group in groups.Where(g => g.Count() >= 100))
        {
            double z = group.Sum(i => Ill[i] - Probability[i]) / Math.Sqrt(group.Sum(i => Probability[i] * (1 - Probability[i])));
            Assert.True(Math.Abs(z) < 5.65, $"{group.Key}: z = {z:F2} over {group.Count()} patients");
            tested++;
        }

        Assert.InRange(tested, 40, 80);
    }

    [Fact]
    public void The_Bayes_classifier_has_the_documented_discrimination()
    {
        // Standard error at 100,000 patients: 0.001.
        Assert.InRange(Auroc(Probability, Ill), 0.902 - 0.005, 0.902 + 0.005);

        HeartClinicOptions complete = new() { MissingValues = false };
        Table all = HeartClinicSimulator.Simulate(N, new Seed(98), complete);
        Assert.InRange(Auroc(new HeartClinicTruth(complete).OutcomeProbability(all), ((DiscreteColumn)all["obstructive_cad"]).Codes.ToArray()), 0.925 - 0.005, 0.925 + 0.005);
    }

    [Fact]
    public void Outcome_probability_and_record_probability_agree()
    {
        // P(Y | rest) = P(rest, Y) / ΣP(rest, y): by flipping the target.
        Table some = Clinic.Take(Enumerable.Range(0, 500).ToArray());
        DiscreteColumn y = (DiscreteColumn)some["obstructive_cad"];
        Table flipped = new(some.Schema, some.Columns.Select(c => c.Name == y.Name ? new DiscreteColumn(y.Schema, [.. y.Codes.ToArray().Select(k => 1 - k)]) : c));
        double[] asIs = new HeartClinicTruth().LogProbability(some), other = new HeartClinicTruth().LogProbability(flipped);
        for (int i = 0; i < 500; i++)
        {
            double ofRecorded = 1 / (1 + Math.Exp(other[i] - asIs[i]));
            Assert.Equal(Probability[i], y[i] == 1 ? ofRecorded : 1 - ofRecorded, 9);
        }
    }

    [Fact]
    public void Record_probabilities_of_two_sites_have_the_right_ratio_on_average()
    {
        // E_p[q/p] = 1 for two distributions over the same records: an error in a normalisation or a factor breaks it.
        HeartClinicOptions near = new()
        {
            Site = HeartClinicSite.Referral with { MeanAge = 62, MaleShare = 0.5, SmokingLogit = 0.1, DiseaseLogit = 0.2, BloodPressureOffset = 2, NoScanLogit = 0.2, NoExerciseLogit = -0.2 },
        };
        double[] p = new HeartClinicTruth().LogProbability(Clinic), q = new HeartClinicTruth(near).LogProbability(Clinic);
        double[] ratio = [.. p.Select((log, i) => Math.Exp(q[i] - log))];
        double mean = ratio.Average(), error = Math.Sqrt(ratio.Average(r => (r - mean) * (r - mean)) / N);
        Assert.InRange((mean - 1) / error, -4.9, 4.9);
        Assert.InRange(error, 0.0001, 0.01);
    }

    [Fact]
    public void A_record_that_the_clinic_could_not_have_made_has_probability_zero()
    {
        Table one = HeartClinicSimulator.Simulate(1, new Seed(4), new HeartClinicOptions { MissingValues = false });
        HeartClinicTruth truth = new();
        Assert.InRange(truth.LogProbability(one)[0], -60, -10);
        Assert.Equal(double.NegativeInfinity, truth.LogProbability(With(one, "age", 91))[0]);
        Assert.Equal(double.NegativeInfinity, truth.LogProbability(With(one, "systolic_bp", 133))[0]); // between two steps
        Assert.Equal(double.NegativeInfinity, truth.LogProbability(With(one, "st_depression", double.NaN))[0]); // the test is there as a whole
        Assert.True(double.IsNaN(truth.OutcomeProbability(With(one, "age", 91))[0]));
    }

    [Fact]
    public void Levels_are_matched_by_name_and_columns_by_name()
    {
        Table some = Clinic.Take(Enumerable.Range(0, 200).ToArray());
        DiscreteColumn sex = (DiscreteColumn)some["sex"];
        DiscreteColumn swapped = new(sex.Schema with { Categories = ["male", "female"] }, [.. sex.Codes.ToArray().Select(k => 1 - k)]);
        Table reordered = new(some.Columns.Select(c => c.Name == "sex" ? swapped : c).Reverse());
        Assert.Equal(Probability[..200], new HeartClinicTruth().OutcomeProbability(reordered));
        Assert.Throws<KeyNotFoundException>(() => new HeartClinicTruth().OutcomeProbability(some.Where(c => c.Name != "age")));
    }

    private static Table With(Table table, string name, double value) =>
        new(table.Schema, table.Columns.Select(c => c.Name == name ? new NumericColumn(c.Schema, [value]) : c));

    /// <summary>Area under the ROC curve by ranks, ties counted half.</summary>
    private static double Auroc(double[] scores, int[] labels)
    {
        double[] sorted = [.. scores.Order()];
        double ranks = 0, positives = labels.Sum();
        for (int i = 0; i < scores.Length; i++)
        {
            if (labels[i] == 1)
                ranks += (FirstAtLeast(scores[i]) + FirstAtLeast(Math.BitIncrement(scores[i])) + 1) / 2.0;
        }

        return (ranks - (positives * (positives + 1) / 2)) / (positives * (scores.Length - positives));

        int FirstAtLeast(double x)
        {
            int low = 0, high = sorted.Length;
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = sorted[middle] < x ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }
}

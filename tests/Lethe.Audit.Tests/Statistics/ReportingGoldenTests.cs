using System.Text.Json;
using Lethe.Audit.Attacks;
using Lethe.Audit.Points;
using Lethe.Audit.Statistics;

namespace Lethe.Audit.Tests.Statistics;

public sealed class ReportingGoldenTests
{
    [Fact]
    public void CertificateFindsTheNeedleAndStaysSilentOnTheHonestRelease()
    {
        foreach (JsonElement c in AttackCases.Of("reporting.json", "report.low_fpr_certificate", out string folder))
        {
            JsonElement inputs = c.GetProperty("inputs"), expected = c.GetProperty("expected");
            PointSet release = AttackCases.Points(folder, inputs, "synthetic");
            double[] members = Distances(AttackCases.Points(folder, inputs, "members"), release);
            double[] others = Distances(AttackCases.Points(folder, inputs, "nonMembers"), release);
            LowFprCertificate certificate = LowFprCertificate.Of(members, others, c.GetProperty("parameters").GetProperty("targetFpr").GetDouble())!;
            Golden.Close(expected.GetProperty("threshold").GetDouble(), certificate.Threshold, 1e-9, 1e-9, "threshold");
            Assert.Equal(expected.GetProperty("tp").GetInt32(), certificate.TruePositives);
            Assert.Equal(expected.GetProperty("fp").GetInt32(), certificate.FalsePositives);
            Golden.Close(expected.GetProperty("tprLower").GetDouble(), certificate.TprLower, 1e-9, 0, "TPR lower");
            Golden.Close(expected.GetProperty("fprUpper").GetDouble(), certificate.FprUpper, 1e-9, 0, "FPR upper");
            Assert.Equal(expected.GetProperty("certifiedLeak").GetBoolean(), certificate.Leak);
        }

        static double[] Distances(PointSet candidates, PointSet release) => [.. GanLeaks.LogScores(candidates, release).Select(s => -Math.Sqrt(-s))];
    }

    [Fact]
    public void EquivalenceTestIsThatOfTheReference()
    {
        foreach (JsonElement c in AttackCases.Of("reporting.json", "report.roc", out _))
        {
            JsonElement expected = c.GetProperty("expected");
            if (!expected.TryGetProperty("tost", out JsonElement tost))
                continue;
            double p = Equivalence.P(expected.GetProperty("auc").GetDouble(), expected.GetProperty("delongSe").GetDouble(), tost.GetProperty("margin").GetDouble());
            Golden.Close(Golden.Number(tost.GetProperty("p")), p, 1e-8, 0, $"{c.GetProperty("id")} TOST");
        }
    }

    [Fact]
    public void PlanningFiguresAreThoseOfTheReference()
    {
        JsonElement expected = AttackCases.Of("reporting.json", "report.sample_size", out _).Single().GetProperty("expected");
        foreach (JsonElement e in expected.GetProperty("detect").EnumerateArray())
            Golden.Close(Get(e, "balancedTotalN"), AuditPower.CandidatesToDetect(Get(e, "alternativeAuc"), Get(e, "alphaOneSided"), Get(e, "power")), 0, 1e-9, "detect");
        foreach (JsonElement e in expected.GetProperty("equivalence").EnumerateArray())
            Golden.Close(Get(e, "balancedTotalN"), AuditPower.CandidatesForEquivalence(Get(e, "margin"), Get(e, "alpha"), Get(e, "power")), 0, 1e-9, "equivalence");
        foreach (JsonElement e in expected.GetProperty("se0").EnumerateArray())
            Golden.Close(Get(e, "value"), AuditPower.NullStandardError((int)Get(e, "m"), (int)Get(e, "n")), 0, 1e-9, "null SE");
    }

    [Fact]
    public void MinimumDetectableFiguresAreThoseOfTheReference()
    {
        JsonElement expected = AttackCases.Of("reporting.json", "report.minimum_detectable", out _).Single().GetProperty("expected");
        foreach (JsonElement e in expected.GetProperty("auc").EnumerateArray())
            Golden.Close(Get(e, "minAuc"), AuditPower.MinimumDetectableAuc((int)Get(e, "members"), (int)Get(e, "nonMembers"), Get(e, "alpha"), Get(e, "power")), 1e-9, 0, "minimum AUC");
        foreach (JsonElement e in expected.GetProperty("lowFpr").EnumerateArray())
            Assert.Equal((int)Get(e, "minTruePositives"), AuditPower.MinimumCertifiedMembers((int)Get(e, "members"), (int)Get(e, "nonMembers"), (int)Get(e, "falsePositives")));
    }

    [Fact]
    public void PermutationTestIsThatOfTheReference()
    {
        JsonElement c = AttackCases.Of("reporting.json", "report.max_permutation", out _).Single();
        JsonElement parameters = c.GetProperty("parameters"), expected = c.GetProperty("expected");
        MaxPermutationTest test = MaxPermutationTest.Of(
            Golden.Matrix(parameters.GetProperty("scores")),
            Integers(parameters.GetProperty("labels")),
            parameters.GetProperty("permutations").EnumerateArray().Select(Integers));
        Golden.Close(Get(expected, "observedMax"), test.ObservedMaximum, 1e-12, 0, "observed maximum");
        Golden.Close(Get(expected, "pMax"), test.P, 1e-12, 0, "p of the maximum");
        double[] adjusted = Golden.Vector(expected.GetProperty("adjustedP"));
        for (int i = 0; i < adjusted.Length; i++)
            Golden.Close(adjusted[i], test.AdjustedP[i], 1e-12, 0, $"adjusted p of attack {i}");
    }

    private static int[] Integers(JsonElement e) => [.. e.EnumerateArray().Select(v => v.GetInt32())];

    private static double Get(JsonElement e, string name) => e.GetProperty(name).GetDouble();
}

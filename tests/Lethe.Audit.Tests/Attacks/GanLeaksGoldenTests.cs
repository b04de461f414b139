using System.Globalization;
using System.Text.Json;
using Lethe.Audit.Attacks;
using Lethe.Audit.Points;
using Lethe.Evaluation.Statistics;

namespace Lethe.Audit.Tests.Attacks;

public sealed class GanLeaksGoldenTests
{
    [Theory]
    [InlineData("mia.ganleaks_fbb")]
    [InlineData("mia.ganleaks_cal")]
    [InlineData("mia.dcr")]
    [InlineData("mia.dcr_diff")]
    public void ScoresAndRocFiguresAreThoseOfTheReference(string kind)
    {
        foreach (JsonElement c in AttackCases.Of("mia.json", kind, out string folder))
        {
            JsonElement inputs = c.GetProperty("inputs"), expected = c.GetProperty("expected");
            PointSet members = AttackCases.Points(folder, inputs, "members"), others = AttackCases.Points(folder, inputs, "nonMembers");
            PointSet release = AttackCases.Points(folder, inputs, "synthetic");
            double[] scores = [.. Score(kind, folder, inputs, members, release), .. Score(kind, folder, inputs, others, release)];
            double[] want = Golden.Vector(expected.GetProperty("scores"));
            Assert.Equal(want.Length, scores.Length);
            for (int i = 0; i < want.Length; i++)
                Golden.Close(want[i], scores[i], 1e-12, 1e-9, $"{c.GetProperty("id")} score {i}");

            int[] labels = [.. Enumerable.Repeat(1, members.Count), .. Enumerable.Repeat(0, others.Count)];
            Golden.Close(expected.GetProperty("auc").GetDouble(), DeLong.Of(labels, scores).Auc, 1e-9, 0, "auc");
            foreach (JsonProperty tpr in expected.GetProperty("tprAtFpr").EnumerateObject())
            {
                double f = double.Parse(tpr.Name, CultureInfo.InvariantCulture);
                Golden.Close(tpr.Value.GetDouble(), RocCurve.Of(labels, scores).TprAtFpr(f), 1e-9, 0, $"TPR at {f}");
            }
        }
    }

    /// <summary>The attacks keep the logarithm or logit of the published score; published forms are taken back here.</summary>
    private static IEnumerable<double> Score(string kind, string folder, JsonElement inputs, PointSet candidates, PointSet release) => kind switch
    {
        "mia.ganleaks_fbb" => GanLeaks.LogScores(candidates, release).Select(Math.Exp),
        "mia.dcr" => GanLeaks.LogScores(candidates, release).Select(s => -Math.Sqrt(-s)),
        "mia.ganleaks_cal" => CalibratedGanLeaks.LogitScores(candidates, release, AttackCases.Points(folder, inputs, "reference")).Select(s => 1 / (1 + Math.Exp(-s))),
        _ => Nearest.Squared(candidates, AttackCases.Points(folder, inputs, "reference")).Zip(Nearest.Squared(candidates, release), (r, s) => Math.Sqrt(r) - Math.Sqrt(s)),
    };
}

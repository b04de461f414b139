using System.Text.Json;
using Lethe.Results;

namespace Lethe.Acceptance;

/// <summary><c>evaluate</c> and <c>audit</c> work on any files, made by whatever tool.</summary>
public sealed class ComparisonTests
{
    [Theory]
    [InlineData("ward-a", "Leak", Status.Red)]
    [InlineData("ward-a-missing", "Signal", Status.Amber)] // 90 patients a side with gaps: significant, too few for the size of a leak
    public void AuditFindsThePlantedLeakAndNoneInTheHonestRelease(string ward, string finding, Status status)
    {
        string data = SharedFolder.Require($"golden/attacks/data/{ward}");
        using TemporaryFolder folder = new();
        foreach ((string release, string verdict, Status colour) in new[] { ("synth_leaky", finding, status), ("synth_honest", "Inconclusive", Status.Grey) })
        {
            LetheProcess.Run(
                folder.Path,
                "audit", "--train", Path.Combine(data, "train.csv"), "--holdout", Path.Combine(data, "holdout.csv"),
                "--reference", Path.Combine(data, "reference.csv"), "--synthetic", Path.Combine(data, release + ".csv"),
                "--json", release + ".json", "--report", release + ".html").Expect(0);
            RunDocument document = RunDocument.FromJson(File.ReadAllText(folder[release + ".json"]));
            Assert.StartsWith(verdict, document.Privacy!.Verdict!, StringComparison.Ordinal);
            Assert.Equal(colour, document.Decision.Private.Status);
            Assert.Contains("</html>", File.ReadAllText(folder[release + ".html"]), StringComparison.Ordinal);
        }
    }

    /// <summary>Golden tables: an imperfect release that keeps what matters, and a collapsed one.</summary>
    [Fact]
    public void EvaluateTellsAnImperfectReleaseFromACollapsedOne()
    {
        string data = SharedFolder.Require("golden/tabular/data");
        using TemporaryFolder folder = new();
        string[] arguments = ["evaluate", "--train", Path.Combine(data, "d_train.csv"), "--holdout", Path.Combine(data, "d_holdout.csv"), "--target", "target", "--json"];
        LetheProcess.Run(folder.Path, [.. arguments, "imperfect.json", "--synthetic", Path.Combine(data, "d_synA.csv")]);
        LetheProcess.Result collapsed = LetheProcess.Run(folder.Path, [.. arguments, "collapsed.json", "--synthetic", Path.Combine(data, "d_synB.csv")]).Expect(4);
        Assert.Contains("Not met: spread of columns", collapsed.Error, StringComparison.Ordinal);
        RunDocument a = RunDocument.FromJson(File.ReadAllText(folder["imperfect.json"])), b = RunDocument.FromJson(File.ReadAllText(folder["collapsed.json"]));
        Assert.Equal(Status.Red, b.Decision.Faithful.Status);
        Assert.NotEqual(Status.Red, a.Decision.Useful.Status);
        Assert.True(Headline(a) > Headline(b));
        Assert.Null(a.Privacy);

        static double Headline(RunDocument d) => d.Utility!.Headline.Single(m => m.Id == "utility.mean-auroc").Value!.Value;
    }

    [Fact]
    public void AuditWithoutAHoldoutSaysWhyNothingWasComputed()
    {
        using TemporaryFolder folder = new();
        LetheProcess.Run(folder.Path, "data", "simulate", "heart-clinic", "--rows", "80", "--out", "a.csv").Expect(0);
        LetheProcess.Result audit = LetheProcess.Run(folder.Path, "audit", "--real", "a.csv", "--synthetic", "a.csv", "--json", "-").Expect(0);
        using JsonDocument json = JsonDocument.Parse(audit.Out);
        Assert.Contains("no holdout", json.RootElement.GetProperty("privacy").GetProperty("notComputedBecause").GetString(), StringComparison.Ordinal);
    }
}

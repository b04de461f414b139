using System.Security.Cryptography;
using Lethe.Data.Cohorts;
using Lethe.Data.Simulation.Icu;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Acceptance;

/// <summary>Cohort folders go through the same commands as tables.</summary>
public sealed class CohortRunTests
{
    [Fact]
    public void ARunOnACohortFolderWritesASyntheticCohortAndClaimsNoPrivacy()
    {
        using TemporaryFolder folder = new();
        Write(folder["icu"], 120);
        LetheProcess.Result run = LetheProcess.Run(folder.Path, "run", "icu", "--skip", "evaluate", "--method", "independent-series", "--rows", "70", "--seed", "7", "--out", "run").Expect(0);
        Assert.Contains(Path.Combine("run", "report.html"), run.Out, StringComparison.Ordinal);
        Cohort synthetic = CohortFolder.Read(folder["run", "synthetic"]), real = CohortFolder.Read(folder["icu"]);
        Assert.Equal(70, synthetic.Count);
        Assert.Equal(real.Channels.Select(c => c.Name), synthetic.Channels.Select(c => c.Name));
        RunDocument document = RunDocument.FromJson(File.ReadAllText(folder["run", "results.json"]));
        Assert.Equal(70, document.Data.Counts["synthetic"]);
        Assert.NotNull(document.Cohort);
        Assert.Null(document.Privacy);
        Assert.Equal(Status.Grey, document.Decision.Private.Status);
        Assert.Contains(document.Limitations, l => l.Contains("No attack was run", StringComparison.Ordinal));
        foreach (string file in (string[])["statics.csv.gz", "events.csv.gz", "channels.yaml", "statics.schema.yaml"])
            Assert.Contains(document.Provenance.Files, f => f.Role == "synthetic" && f.Sha256 == Hash(folder["run", "synthetic", file]));
    }

    [Fact]
    public void TheSameSeedGivesTheSameCohortAndSampleStreamsMore()
    {
        using TemporaryFolder folder = new();
        Write(folder["icu"], 80);
        foreach (string name in (string[])["a", "b"])
            LetheProcess.Run(folder.Path, "fit", "icu", "--method", "independent-series", "--seed", "3", "--out", $"{name}.lethe").Expect(0);
        Assert.Equal(Hash(folder["a.lethe"]), Hash(folder["b.lethe"]));
        foreach (string name in (string[])["a", "b"])
            LetheProcess.Run(folder.Path, "sample", $"{name}.lethe", "--rows", "600", "--seed", "8", "--out", name).Expect(0);
        Assert.Equal(Hash(folder["a", "events.csv.gz"]), Hash(folder["b", "events.csv.gz"]));
        Assert.Equal(600, CohortFolder.Read(folder["a"]).Count);

        LetheProcess.Run(folder.Path, "sample", "a.lethe", "--rows", "20", "--where", "sex=male", "--out", "men").Expect(0);
        Cohort men = CohortFolder.Read(folder["men"]);
        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal("male", men.Statics["sex"].Format(i)));
        Assert.Contains("--overwrite", LetheProcess.Run(folder.Path, "sample", "a.lethe", "--rows", "5", "--out", "men").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("folder", LetheProcess.Run(folder.Path, "sample", "a.lethe", "--rows", "5").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void EvaluationJudgesCoursesAndOutcomeModels()
    {
        using TemporaryFolder folder = new();
        Write(folder["train"], 60);
        Write(folder["holdout"], 50);
        LetheProcess.Run(folder.Path, "evaluate", "--train", "train", "--holdout", "holdout", "--synthetic", "train", "--json", "found.json", "--report", "found.html").Expect(0);
        RunDocument document = RunDocument.FromJson(File.ReadAllText(folder["found.json"]));
        Assert.Contains(document.Series!.Observation, m => m.Id == "series.missingness-error" && m is { Value: not null, Reference: not null });
        Assert.Contains("id=\"series\"", File.ReadAllText(folder["found.html"]), StringComparison.Ordinal);
        Assert.True(document.Utility is { Learners.Count: 4 } || document.Limitations.Any(l => l.Contains("outcome", StringComparison.Ordinal)));
    }

    [Fact]
    public void WhatDoesNotFitIsRefusedWithAReason()
    {
        using TemporaryFolder folder = new();
        Write(folder["icu"], 40);
        Directory.CreateDirectory(folder["empty"]);
        Assert.Contains("channels.yaml", LetheProcess.Run(folder.Path, "fit", "empty", "--out", "m.lethe").Expect(3).Error, StringComparison.Ordinal);
        Assert.Contains("time series", LetheProcess.Run(folder.Path, "fit", "icu", "--method", "cart", "--out", "m.lethe").Expect(3).Error, StringComparison.Ordinal);
        Assert.Contains("attacks on cohorts", LetheProcess.Run(folder.Path, "audit", "--train", "icu", "--synthetic", "icu").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("--synthetic", LetheProcess.Run(folder.Path, "evaluate", "--train", "icu", "--synthetic", "nowhere").Expect(2).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["m.lethe"]));
    }

    private static void Write(string place, int stays) =>
        CohortFolder.Write(place, new IcuSimulator(new IcuSimulatorOptions { Channels = 6, Hours = 12 }).Simulate(stays, new Seed(5)).Cohort);

    private static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}

using System.Security.Cryptography;
using System.Text.Json;
using Lethe.Results;

namespace Lethe.Acceptance;

public sealed class RunTests
{
    private static readonly string[] Files = ["log.txt", "model.lethe", "provenance.json", "report.html", "results.json", "run.yaml", "schema.yaml", "state.json", "synthetic.csv"];

    [Fact]
    public void ARunWritesItsWholeFolderAndNamesTheReport()
    {
        using TemporaryFolder folder = new();
        LetheProcess.Result run = LetheProcess.Run(folder.Path, "run", "simulated-heart-clinic", "--skip", "evaluate", "--method", "gaussian-copula", "--rows", "150", "--seed", "7", "--out", "run").Expect(0);
        Assert.Equal(Files, Directory.GetFiles(folder["run"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains(Path.Combine("run", "report.html"), run.Out, StringComparison.Ordinal);
        Assert.Equal(151, File.ReadLines(folder["run", "synthetic.csv"]).Count());
        Assert.Empty(Directory.GetFiles(folder.Path, "*.partial", SearchOption.AllDirectories));

        RunDocument document = RunDocument.FromJson(File.ReadAllText(folder["run", "results.json"]));
        Assert.Equal(150, document.Data.Counts["synthetic"]);
        Assert.True(document.Data.Simulated);
        foreach (FileFingerprint file in document.Provenance.Files)
            Assert.Equal(file.Sha256, Hash(folder["run", file.Name]));
    }

    [Fact]
    public void TheSameSeedGivesTheSameBytesWhateverTheThreads()
    {
        using TemporaryFolder folder = new();
        LetheProcess.Run(folder.Path, "run", "simulated-heart-clinic", "--skip", "evaluate", "--method", "gaussian-copula", "--seed", "7", "--out", "a").Expect(0);
        LetheProcess.Run(folder.Path, "run", "simulated-heart-clinic", "--skip", "evaluate", "--method", "gaussian-copula", "--seed", "7", "--threads", "1", "--out", "b").Expect(0);
        LetheProcess.Run(folder.Path, "run", "simulated-heart-clinic", "--skip", "evaluate", "--method", "gaussian-copula", "--seed", "8", "--out", "c").Expect(0);
        foreach (string file in (string[])["synthetic.csv", "model.lethe"])
        {
            Assert.Equal(Hash(folder["a", file]), Hash(folder["b", file]));
            Assert.NotEqual(Hash(folder["a", file]), Hash(folder["c", file]));
        }

        Assert.Equal(Figures(folder["a"]), Figures(folder["b"]));
    }

    [Fact]
    public void ARunIsRepeatedFromItsOwnConfiguration()
    {
        using TemporaryFolder folder = new();
        LetheProcess.Run(folder.Path, "data", "simulate", "heart-clinic", "--rows", "300", "--out", "clinic.csv").Expect(0);
        LetheProcess.Run(folder.Path, "run", "clinic.csv", "--skip", "evaluate", "--method", "gaussian-copula", "--rows", "99", "--where", "sex=male", "--seed", "3", "--out", "deep/first").Expect(0);
        LetheProcess.Run(folder.Path, "run", "--config", "deep/first/run.yaml", "--out", "second").Expect(0);
        Assert.Equal(Hash(folder["deep", "first", "synthetic.csv"]), Hash(folder["second", "synthetic.csv"]));
        Assert.Equal(Hash(folder["deep", "first", "model.lethe"]), Hash(folder["second", "model.lethe"]));
    }

    [Fact]
    public void JsonOnStandardOutputIsTheResultDocumentAndProgressIsJsonLines()
    {
        using TemporaryFolder folder = new();
        LetheProcess.Result run = LetheProcess.Run(folder.Path, "run", "simulated-heart-clinic", "--skip", "evaluate", "--method", "independent", "--out", "run", "--json").Expect(0);
        RunDocument document = RunDocument.FromJson(run.Out);
        Assert.Equal("independent", document.Method.Method!.Name);
        string[] lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        foreach (string line in lines)
            Assert.True(JsonDocument.Parse(line).RootElement.TryGetProperty("type", out _), line);
    }

    [Fact]
    public void AnotherRunIsNeverOverwrittenUnasked()
    {
        using TemporaryFolder folder = new();
        string[] first = ["run", "simulated-heart-clinic", "--skip", "evaluate", "--method", "independent", "--out", "run"];
        LetheProcess.Run(folder.Path, first).Expect(0);
        string before = Hash(folder["run", "synthetic.csv"]);
        Assert.Contains("--overwrite", LetheProcess.Run(folder.Path, [.. first, "--seed", "2"]).Expect(2).Error, StringComparison.Ordinal);
        Assert.Equal(before, Hash(folder["run", "synthetic.csv"]));
        LetheProcess.Run(folder.Path, [.. first, "--seed", "2", "--overwrite"]).Expect(0);
        Assert.NotEqual(before, Hash(folder["run", "synthetic.csv"]));

        Directory.CreateDirectory(folder["mine"]);
        folder.Write("mine/notes.txt", "not a run");
        LetheProcess.Run(folder.Path, "run", "simulated-heart-clinic", "--skip", "evaluate", "--method", "independent", "--out", "mine", "--overwrite").Expect(2);
        Assert.True(File.Exists(folder["mine", "notes.txt"]));
    }

    [Fact]
    public void ADryRunWritesNothingAndShowsEveryDefault()
    {
        using TemporaryFolder folder = new();
        LetheProcess.Result dry = LetheProcess.Run(folder.Path, "run", "simulated-heart-clinic", "--out", "run", "--dry-run").Expect(0);
        Assert.False(Directory.Exists(folder["run"]));
        Assert.Contains("train: 0.7", dry.Out, StringComparison.Ordinal);
        folder.Write("again.yaml", dry.Out);
        Assert.Equal(dry.Out, LetheProcess.Run(folder.Path, "run", "--config", "again.yaml", "--dry-run", "--out", "run").Expect(0).Out);
    }

    [Fact]
    public void ClevelandRunsByNameFromTheDataFolder()
    {
        Dictionary<string, string> environment = new() { ["LETHE_DATA_DIR"] = SharedFolder.Require("data") };
        using TemporaryFolder folder = new();
        LetheProcess.Run(folder.Path, environment, "run", "heart-cleveland", "--skip", "evaluate", "--method", "gaussian-copula", "--out", "run").Expect(0);
        RunDocument document = RunDocument.FromJson(File.ReadAllText(folder["run", "results.json"]));
        Assert.Equal(303, document.Data.RowsRead);
        Assert.False(document.Data.Simulated);
        Assert.NotNull(document.Data.Target);
        Assert.NotEmpty(document.Privacy!.Attacks);
    }

    [Fact]
    public void FitAndSampleGiveWhatTheyAreAskedFor()
    {
        using TemporaryFolder folder = new();
        LetheProcess.Run(folder.Path, "data", "simulate", "heart-clinic", "--rows", "400", "--out", "train.csv").Expect(0);
        LetheProcess.Run(folder.Path, "fit", "train.csv", "--method", "gaussian-copula", "--seed", "7", "--out", "model.lethe").Expect(0);
        LetheProcess.Run(folder.Path, "sample", "model.lethe", "--rows", "5000", "--seed", "8", "--out", "a.csv").Expect(0);
        LetheProcess.Run(folder.Path, "sample", "model.lethe", "--rows", "5000", "--seed", "8", "--out", "b.csv").Expect(0);
        Assert.Equal(Hash(folder["a.csv"]), Hash(folder["b.csv"]));
        Assert.Equal(5001, File.ReadLines(folder["a.csv"]).Count());

        LetheProcess.Result men = LetheProcess.Run(folder.Path, "sample", "model.lethe", "--rows", "50", "--where", "sex=male").Expect(0);
        string[][] rows = [.. men.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r').Split(','))];
        int sex = Array.IndexOf(rows[0], "sex");
        Assert.Equal(51, rows.Length);
        Assert.All(rows.Skip(1), r => Assert.Equal("male", r[sex]));

        LetheProcess.Run(folder.Path, "sample", "model.lethe", "--rows", "5", "--out", "a.csv").Expect(2);
        Assert.Contains("gaussian-copula", LetheProcess.Run(folder.Path, "inspect", "model.lethe").Expect(0).Out, StringComparison.OrdinalIgnoreCase);
    }

    private static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    /// <summary>The result document without times.</summary>
    private static string Figures(string run)
    {
        RunDocument d = RunDocument.FromJson(File.ReadAllText(Path.Combine(run, "results.json")));
        return (d with
        {
            Provenance = d.Provenance with { FinishedUtc = "", Seconds = 0, Threads = 0 },
            Method = d.Method with { FitSeconds = 0 },
        }).ToJson();
    }
}

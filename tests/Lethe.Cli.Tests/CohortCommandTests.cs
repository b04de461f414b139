using System.Text.Json;
using Lethe.Data.Cohorts;
using Lethe.Data.Cohorts.Export;
using Lethe.Data.Simulation.Icu;
using Lethe.Numerics.Randomness;

namespace Lethe.Cli.Tests;

public sealed class CohortCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lethe").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ATableOfOnesOwnIsImportedUnderItsOwnNames()
    {
        string cohort = await Import();
        Cohort read = CohortFolder.Read(cohort);
        Assert.Equal(3, read.Count);
        Assert.Equal([0.5f, 1f, -1f, 2f], read.Times.ToArray()); // minutes became hours
        Assert.Equal(["hr", "lactate"], read.Channels.Select(c => c.Name));
        Assert.True(File.Exists(Path.Combine(cohort, "summary.html")));
    }

    [Fact]
    public async Task TheImportSaysWhatBecameOfEveryEvent()
    {
        string cohort = Path.Combine(_folder, "cohort");
        (int code, string output, _) = await InProcess.RunAsync("data", "import", "tidy", "--from", Source(extra: "9,5,hr,80\n1,x,hr,80\n1,7,hr,fast\n"), "--column", "id=admission", "--column", "time=minute", "--time-unit", "minutes", "--out", cohort);
        Assert.Equal(0, code);
        Assert.Contains("Events  7 read = 4 kept + 3 left out for stated reasons", output, StringComparison.Ordinal);
        JsonElement report = JsonDocument.Parse(File.ReadAllText(Path.Combine(cohort, "import-report.json"))).RootElement;
        Assert.Equal(7, report.GetProperty("events").GetProperty("read").GetInt32());
        Assert.Equal(["events.csv:6", "events.csv:7", "events.csv:8"], report.GetProperty("left_out").EnumerateArray().Select(l => l.GetProperty("places")[0].GetString()).Order());
    }

    [Theory]
    [InlineData("tidy", "tidy")]
    [InlineData("wide", "wide")]
    [InlineData("sqlite", "tidy")]
    [InlineData("meds", "meds")]
    public async Task AnExportIsImportedAgainWithEveryEvent(string format, string source)
    {
        string cohort = await Import(), path = Path.Combine(_folder, "export"), again = Path.Combine(_folder, "again");
        Assert.Equal(0, (await InProcess.RunAsync("data", "export", cohort, "--format", format, "--out", path)).ExitCode);
        Assert.Equal(0, (await InProcess.RunAsync("data", "import", source, "--from", path, "--out", again)).ExitCode);
        Assert.Equal(CohortFolder.Read(cohort).Values.ToArray(), CohortFolder.Read(again).Values.ToArray());
    }

    [Fact]
    public async Task EveryFormSaysAsJsonWhatItWrote()
    {
        string cohort = await Import(negative: false);
        foreach (CohortExportFormat form in CohortExports.All)
        {
            string path = Path.Combine(_folder, form.Id);
            (int code, string json, string error) = await InProcess.RunAsync("data", "export", cohort, "--format", form.Id, "--out", path, "--json");
            Assert.True(code == 0, error);
            JsonElement result = JsonDocument.Parse(json).RootElement;
            Assert.Equal((form.Id, 3, 4), (result.GetProperty("format").GetString(), result.GetProperty("stays").GetInt32(), result.GetProperty("events").GetInt32()));
            Assert.Equal(form.IsFolder ? Directory.GetFiles(path).Length : 1, result.GetProperty("files").GetInt32());
            Assert.True(result.GetProperty("bytes").GetInt64() > 0);
            Assert.All(error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => JsonDocument.Parse(line).Dispose()); // progress as JSON lines
        }
    }

    [Fact]
    public async Task WhatIsThereIsReplacedOnlyOnDemandAndOnlyIfItIsAnExport()
    {
        string cohort = await Import(), path = Path.Combine(_folder, "fhir");
        string[] export = ["data", "export", cohort, "--format", "fhir", "--out", path];
        Assert.Equal(0, (await InProcess.RunAsync(export)).ExitCode);
        (int code, string output, string error) = await InProcess.RunAsync(export);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("--force", error, StringComparison.Ordinal);
        Assert.Equal(0, (await InProcess.RunAsync([.. export, "--force"])).ExitCode);
        File.WriteAllText(Path.Combine(path, "thesis.docx"), "years of work");
        (code, _, error) = await InProcess.RunAsync([.. export, "--force"]);
        Assert.Equal(2, code);
        Assert.Contains("thesis.docx", error, StringComparison.Ordinal);
        Assert.Equal("years of work", File.ReadAllText(Path.Combine(path, "thesis.docx")));
        Assert.Equal(2, (await InProcess.RunAsync("data", "export", cohort, "--format", "sqlite", "--out", path, "--force")).ExitCode); // a folder is no file
    }

    [Fact]
    public async Task WhatAFormCannotSayIsRefusedAndLeavesNothing()
    {
        string cohort = await Import(), path = Path.Combine(_folder, "challenge");
        (int code, _, string error) = await InProcess.RunAsync("data", "export", cohort, "--format", "physionet-2012", "--out", path);
        Assert.Equal(3, code);
        Assert.Contains("LC058", error, StringComparison.Ordinal);
        Assert.Equal(["cohort", "source"], Directory.GetDirectories(_folder).Select(d => Path.GetFileName(d)!).Order());
    }

    [Theory]
    [InlineData("fihr", "'fhir'")]
    [InlineData("csv", "There are: tidy")]
    public async Task AnUnknownFormIsToldWithTheOnesThereAre(string format, string hint)
    {
        (int code, _, string error) = await InProcess.RunAsync("data", "export", "nowhere", "--format", format, "--out", Path.Combine(_folder, "x"));
        Assert.Equal(2, code);
        Assert.Contains(hint, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "There is no folder", "data", "export", "nowhere", "--format", "fhir", "--out", "x")]
    [InlineData(2, "neither a folder nor a SQLite file", "data", "import", "mimic-iv", "--from", "nowhere", "--out", "x")]
    [InlineData(2, "Did you mean 'mimic-iv'?", "data", "import", "mimic-4", "--from", ".", "--out", "x")]
    [InlineData(2, "Did you mean", "data", "import", "mimic-iv", "--from", ".", "--cohort", "adult-first-48", "--out", "x")]
    [InlineData(2, "has names and units of its own", "data", "import", "mimic-iv", "--from", ".", "--column", "id=x", "--out", "x")]
    [InlineData(2, "NAME=COLUMN", "data", "import", "tidy", "--from", ".", "--column", "id", "--out", "x")]
    [InlineData(2, "none of the columns", "data", "import", "tidy", "--from", ".", "--column", "ward=x", "--out", "x")]
    [InlineData(2, "SOURCE=PLACE", "data", "compare", "mimic-iv", "--out", "-")]
    public async Task AMistakeIsToldWithItsRemedy(int expected, string message, params string[] arguments)
    {
        (int code, string output, string error) = await InProcess.RunAsync(arguments);
        Assert.True(code == expected, $"exit code {code}: {error}");
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Fact]
    public async Task AWrongFolderIsToldWithWhatIsMissing()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "empty"));
        string empty = Path.Combine(_folder, "empty");
        (int code, _, string error) = await InProcess.RunAsync("data", "import", "mimic-iii", "--from", empty, "--out", Path.Combine(_folder, "c"));
        Assert.Equal(3, code);
        Assert.Contains("LR001", error, StringComparison.Ordinal);
        (code, _, error) = await InProcess.RunAsync("data", "import", "tidy", "--from", empty, "--out", Path.Combine(_folder, "c"));
        Assert.Equal(3, code);
        Assert.Contains("no 'events'", error, StringComparison.Ordinal);
        Assert.Contains("no 'statics'", error, StringComparison.Ordinal);
        (code, _, error) = await InProcess.RunAsync("data", "export", empty, "--format", "wide", "--out", Path.Combine(_folder, "c"));
        Assert.Equal(3, code);
        Assert.Contains("LC030", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "c")));
    }

    [Fact]
    public async Task AComparisonNamesItsCommandAndHidesSmallCounts()
    {
        string cohort = await Import();
        (int code, string page, string error) = await InProcess.RunAsync("data", "compare", $"tidy={cohort}", "--cohort", "all-stays");
        Assert.True(code == 0, error);
        Assert.Contains($"lethe data compare tidy={cohort} --cohort all-stays", page, StringComparison.Ordinal);
        Assert.Contains("| stays | 3 |", page, StringComparison.Ordinal);
        Assert.Contains("suppressed", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SimulatedStaysComeWithTheirTruth()
    {
        string a = Path.Combine(_folder, "a"), b = Path.Combine(_folder, "b"), truth = Path.Combine(_folder, "truth.csv");
        string[] simulate = ["data", "simulate", "icu-cohort", "--rows", "40", "--hours", "24", "--channels", "9", "--seed", "5"];
        (int code, string json, string error) = await InProcess.RunAsync([.. simulate, "--out", a, "--truth", truth, "--json"]);
        Assert.True(code == 0, error);
        Cohort cohort = CohortFolder.Read(a);
        JsonElement said = JsonDocument.Parse(json).RootElement;
        Assert.Equal((40, cohort.EventCount), (said.GetProperty("rows").GetInt32(), said.GetProperty("events").GetInt32()));
        Assert.Equal((40, 11), (cohort.Count, cohort.Channels.Count)); // nine readings and two interventions
        Assert.All(cohort.Times.ToArray(), t => Assert.InRange(t, 0, 24));
        IcuCohort known = new IcuSimulator(new IcuSimulatorOptions { Hours = 24, Channels = 9 }).Simulate(40, new Seed(5));
        string[][] lines = [.. File.ReadAllLines(truth).Select(l => l.Split(','))];
        Assert.Equal(["stay_id", "death_probability", "mean_severity"], lines[0]);
        Assert.Equal(known.DeathProbability, lines.Skip(1).Select(l => double.Parse(l[1], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(0, (await InProcess.RunAsync([.. simulate, "--out", b, "--site", "B"])).ExitCode);
        Assert.NotEqual(cohort.Values.ToArray(), CohortFolder.Read(b).Values.ToArray());
        Assert.Equal(0, (await InProcess.RunAsync([.. simulate, "--out", b, "--calibration", "--truth", truth])).ExitCode); // over the cohort that is there
        Assert.EndsWith("log_density", File.ReadLines(truth).First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SinesAreWhatTheirFrequencyAndPhaseSay()
    {
        string folder = Path.Combine(_folder, "sines"), truth = Path.Combine(_folder, "truth.csv");
        Assert.Equal(0, (await InProcess.RunAsync("data", "simulate", "sines", "--rows", "7", "--hours", "12", "--channels", "3", "--out", folder, "--truth", truth)).ExitCode);
        Cohort cohort = CohortFolder.Read(folder);
        Assert.Equal(7 * 12 * 3, cohort.EventCount);
        double[] first = [.. File.ReadAllLines(truth)[1].Split(',').Skip(1).Select(t => double.Parse(t, System.Globalization.CultureInfo.InvariantCulture))];
        for (int e = 0; e < cohort[0].Count; e++)
        {
            int wave = cohort[0].Channels[e];
            Assert.Equal((Math.Sin((first[2 * wave] * cohort[0].Times[e]) + first[(2 * wave) + 1]) + 1) / 2, cohort[0].Values[e], 1e-6);
        }
    }

    [Fact]
    public async Task TheClinicsTruthStandsBesideItsPatients()
    {
        string table = Path.Combine(_folder, "clinic.csv"), truth = Path.Combine(_folder, "truth.csv");
        Assert.Equal(0, (await InProcess.RunAsync("data", "simulate", "heart-clinic", "--rows", "25", "--out", table, "--truth", truth)).ExitCode);
        Assert.Equal(26, File.ReadAllLines(truth).Length);
        Assert.All(File.ReadAllLines(truth).Skip(1), l => Assert.InRange(double.Parse(l.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture), 0, 1));
    }

    [Theory]
    [InlineData("Did you mean 'icu-cohort'?", "icu-cohorts")]
    [InlineData("1 to 20", "icu-cohort", "--channels", "21")]
    [InlineData("at most 1000", "icu-cohort", "--hours", "2000")]
    [InlineData("at least 1", "icu-cohort", "--rows", "0")]
    [InlineData("for cohorts", "heart-clinic", "--site", "B")]
    [InlineData("for icu-cohort", "sines", "--site", "B")]
    [InlineData("whole steps", "sines", "--hours", "2.5")]
    public async Task WhatASimulatorDoesNotHaveIsTold(string hint, params string[] arguments)
    {
        (int code, string output, string error) = await InProcess.RunAsync(["data", "simulate", .. arguments, "--out", Path.Combine(_folder, "x")]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(hint, error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    private async Task<string> Import(bool negative = true)
    {
        string cohort = Path.Combine(_folder, "cohort");
        (int code, _, string error) = await InProcess.RunAsync("data", "import", "tidy", "--from", Source(negative), "--column", "id=admission", "--column", "time=minute", "--time-unit", "minutes", "--out", cohort);
        Assert.True(code == 0, error);
        return cohort;
    }

    private string Source(bool negative = true, string extra = "")
    {
        string source = Path.Combine(_folder, "source");
        Directory.CreateDirectory(source);
        File.WriteAllText(Path.Combine(source, "statics.csv"), "admission,age,sex,in_hospital_death\n1,64,female,0\n2,71,male,1\n3,80,female,0\n");
        File.WriteAllText(Path.Combine(source, "events.csv"), $"admission,minute,variable,value\n1,30,hr,82\n1,60,lactate,1.4\n2,{(negative ? -60 : 60)},hr,101\n3,120,hr,77\n{extra}");
        return source;
    }
}

using FsCheck;
using FsCheck.Fluent;
using Lethe.Results;
using Lethe.Studies.Configuration;

namespace Lethe.Studies.Tests.Configuration;

public sealed class RunConfigTests
{
    private const string Full = """
        lethe_run: 1
        title: "Heart failure: 2026"
        data: { source: registry.csv, table: visits, schema: registry.schema.yaml, target: death_30d, positive: ">0", patient_key: id }
        split: { train: 0.6, holdout: 0.2, reference: 0.2, stratify: false }
        method: { name: gaussian-copula }
        sample: { rows: 2000, where: ["sex=1", "age>=70"] }
        evaluate: { fidelity: true, utility: false }
        audit: { enabled: true, attacks: [gan-leaks] }
        gates: { attack.gan-leaks.auc: { max: 0.6 }, fidelity.a2: { min: 0.8 } }
        context: { purpose: "teaching", controls: ["contract", "course account"] }
        edition: release
        seed: 20260101
        """;

    [Fact]
    public void EveryKeyIsRead()
    {
        RunConfig config = RunConfigReader.Read(Full, []);
        Assert.Equal("Heart failure: 2026", config.Title);
        Assert.Equal(new DataConfig { Source = "registry.csv", Table = "visits", Schema = "registry.schema.yaml", Target = "death_30d", Positive = ">0", PatientKey = "id" }, config.Data);
        Assert.Equal(new SplitConfig { Train = 0.6, Holdout = 0.2, Reference = 0.2, Stratify = false }, config.Split);
        Assert.Equal("gaussian-copula", config.Method.Name);
        Assert.Equal((2000, 2), (config.Sample.Rows!.Value, config.Sample.Where.Count));
        Assert.False(config.Evaluate.Utility);
        Assert.Equal("gan-leaks", Assert.Single(config.Audit.Attacks));
        Assert.Equal([new Gate("attack.gan-leaks.auc", null, 0.6), new Gate("fidelity.a2", 0.8, null)], config.Gates);
        Assert.Equal(["contract", "course account"], config.Context!.Controls);
        Assert.Equal(ReportEdition.Release, config.Edition);
        Assert.Equal(20260101UL, config.Seed);
    }

    [Fact]
    public void WhatIsWrittenReadsBackTheSame()
    {
        string written = RunConfigWriter.Write(RunConfigReader.Read(Full, []));
        Assert.Equal(written, RunConfigWriter.Write(RunConfigReader.Read(written, [])));
        Assert.Contains("positive: \">0\"", written, StringComparison.Ordinal);
    }

    [Fact]
    public void AnyTextSurvivesWritingAndReading() => FsCheck.Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyString>(), text =>
        {
            // Unpaired surrogates are no text; the YAML standard leaves control characters to escapes, which the writer uses.
            string title = new([.. text.Get.Where(c => !char.IsSurrogate(c))]);
            if (title.Length == 0)
                return;
            RunConfig config = new() { Title = title, Data = new DataConfig { Source = "a.csv", Positive = title } };
            RunConfig back = RunConfigReader.Read(RunConfigWriter.Write(config), []);
            Assert.Equal(title, back.Title);
            Assert.Equal(title, back.Data.Positive);
        }));

    [Theory]
    [InlineData("no")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("1e3")]
    [InlineData("0777")]
    [InlineData("- a")]
    [InlineData("a: b")]
    [InlineData("# x")]
    [InlineData(" leading")]
    public void TextThatYamlWouldMistakeStaysText(string text)
    {
        RunConfig back = RunConfigReader.Read(RunConfigWriter.Write(new RunConfig { Title = text, Data = new DataConfig { Source = "a.csv" } }), []);
        Assert.Equal(text, back.Title);
    }

    [Fact]
    public void OverridesWinOverTheFileAndTheFileOverDefaults()
    {
        RunConfig config = RunConfigReader.Read(Full, [new Override("seed", "9"), new Override("sample.rows", "5"), new Override("gates.attack.gan-leaks.auc.max", "0.7"), new Override("sample.where", "[a=1, b=2]")]);
        Assert.Equal(9UL, config.Seed);
        Assert.Equal(5, config.Sample.Rows);
        Assert.Equal(0.7, config.Gates.Single(g => g.Measure == "attack.gan-leaks.auc").Maximum);
        Assert.Equal(["a=1", "b=2"], config.Sample.Where);
        Assert.Equal("registry.csv", config.Data.Source);
        Assert.Equal(1UL, RunConfigReader.Read("data: { source: a.csv }", []).Seed);
    }

    [Fact]
    public void AllProblemsAreReportedAtOnce()
    {
        ConfigException e = Assert.Throws<ConfigException>(() => RunConfigReader.Read("""
            data: { sorce: a.csv }
            split: { train: 2 }
            method: { name: gausian-copula }
            evaluate: { fidelity: yes }
            edition: secret
            seed: -1
            surplus: 1
            """, []));
        Assert.Contains(e.Problems, p => p.Contains("line 1", StringComparison.Ordinal) && p.Contains("'source'", StringComparison.Ordinal));
        Assert.Contains(e.Problems, p => p.Contains("split.train", StringComparison.Ordinal));
        Assert.Contains(e.Problems, p => p.Contains("'gaussian-copula'", StringComparison.Ordinal));
        Assert.Contains(e.Problems, p => p.Contains("evaluate.fidelity", StringComparison.Ordinal) && p.Contains("true or false", StringComparison.Ordinal));
        Assert.Contains(e.Problems, p => p.Contains("edition", StringComparison.Ordinal));
        Assert.Contains(e.Problems, p => p.Contains("seed", StringComparison.Ordinal));
        Assert.Contains(e.Problems, p => p.Contains("surplus", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("data: [")]
    [InlineData("- a\n- b")]
    [InlineData("just text")]
    [InlineData("data: { source: a.csv }\nlethe_run: 99")]
    public void WhatIsNoConfigurationIsRefused(string yaml) => Assert.Throws<ConfigException>(() => RunConfigReader.Read(yaml, []));

    [Fact]
    public void AMissingSourceIsNamed() =>
        Assert.Contains("data.source", Assert.Throws<ConfigException>(() => RunConfigReader.Read("", [])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(null, null, null, 100, 0.7, 0.3, 0)]
    [InlineData(null, null, null, 5000, 0.6, 0.2, 0.2)]
    [InlineData(0.5, null, null, 100, 0.5, 0.5, 0)]
    [InlineData(0.5, null, 0.25, 100, 0.5, 0.25, 0.25)]
    [InlineData(null, 0.4, null, 100, 0.6, 0.4, 0)]
    public void SharesThatAreLeftOutAreFilledIn(double? train, double? holdout, double? reference, int patients, double wantTrain, double wantHoldout, double wantReference)
    {
        SplitConfig split = new SplitConfig { Train = train, Holdout = holdout, Reference = reference }.Resolve(patients);
        Assert.Equal(wantTrain, split.Train!.Value, 9);
        Assert.Equal(wantHoldout, split.Holdout!.Value, 9);
        Assert.Equal(wantReference, split.Reference!.Value, 9);
    }
}

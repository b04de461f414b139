using Lethe.Data.Cohorts;
using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Cohorts.Import;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Problems;
using Lethe.Data.Rows;

namespace Lethe.Data.Tests.Cohorts;

/// <summary>One mistake of every kind, from files and databases alike.</summary>
public sealed class Mimic4ReaderTests(PostgresServer server) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_row_is_kept_or_explained()
    {
        CohortReadResult result = Mimic4Reader.Read(new CsvFolderSource(SmallMimic.Folder(_folder)), null, TestContext.Current.CancellationToken);
        HospitalReaderTests.Balanced(result);
        Assert.Equal(34, result.Tally.Read);
        Dictionary<string, long> left = result.Tally.LeftOut.GroupBy(l => l.Reason).ToDictionary(g => g.Key, g => g.Sum(l => l.Count));
        Assert.Equal(1, left["value is outside the plausible range"]);
        Assert.Equal(1, left["value is missing"]);
        Assert.Equal(1, left["unit 'furlongs' is not known for this variable"]);
        Assert.Equal(3, left["time is in no stay of the patient"]); // two stays that are not known, and a result between two stays
        Assert.Equal(2, left["not a mapped variable"]);
        Assert.Equal(1, left["marked as an error by the source"]);
        Assert.Equal(1, left["end is missing or before the start"]);
        Assert.Equal(2, left["component of the Glasgow Coma Scale: part of the total"]);
        Assert.Equal(1, left["component of the Glasgow Coma Scale without the other two"]);
        Assert.Equal(1, left["static attribute: height"]);
        Assert.Equal("chartevents.csv:7", Assert.Single(result.Tally.LeftOut, l => l.Reason.Contains("furlongs", StringComparison.Ordinal)).Places[0]);
        Assert.Contains(result.Tally.Noted, n => n is { Reason: "time is before admission", Channel: "heart_rate", Count: 1 } && n.Places[0] == "chartevents.csv:4");
        Assert.Contains(result.Tally.Noted, n => n is { Reason: "same stay, time and variable as another reading, kept", Channel: "heart_rate", Count: 1 });
        Assert.Contains(result.Tally.Noted, n => n is { Reason: "unit converted from umol/L to mg/dL, as the row says", Count: 1 });
    }

    [Fact]
    public void Units_become_those_of_the_concepts_and_statics_those_of_every_database()
    {
        Cohort cohort = Mimic4Reader.Read(new CsvFolderSource(SmallMimic.Folder(_folder)), null, TestContext.Current.CancellationToken).Cohort;
        Assert.Equal(["100", "101", "200"], Enumerable.Range(0, 3).Select(i => cohort.Statics[Cohort.StayIdColumn].Format(i)));
        Assert.Equal(["1", "2", "1"], Enumerable.Range(0, 3).Select(i => cohort.Statics[StaticNames.StayNumber].Format(i)));
        Assert.Equal(["52", "52", "90"], Enumerable.Range(0, 3).Select(i => cohort.Statics[StaticNames.Age].Format(i)));
        Assert.Equal(["48.00", "24.00", "48.00"], Enumerable.Range(0, 3).Select(i => cohort.Statics[StaticNames.LengthHours].Format(i)));
        Assert.Equal(["0", "0", "1"], Enumerable.Range(0, 3).Select(i => cohort.Statics[StaticNames.DiedInUnit].Format(i)));
        Assert.Equal(("100.0", "177.8"), (cohort.Statics[StaticNames.Weight].Format(0), cohort.Statics[StaticNames.Height].Format(0)));
        float[] Of(string channel, int stay) => [.. CohortSamples.Events(cohort).Where(e => e.Stay == stay && e.Channel == cohort.ChannelIndex(channel)).Select(e => e.Value)];
        Assert.Equal([90f, 80f, 82f], Of("heart_rate", 0));
        Assert.All(Of("temperature", 0), t => Assert.Equal(37f, t, 0.001f));
        Assert.Equal(2, Of("temperature", 0).Length);
        Assert.Equal([0.4f, 0.5f], Of("fio2", 0));
        Assert.Equal([14f], Of("gcs", 0));
        Assert.Equal(1f, Assert.Single(Of("creatinine", 0)), 0.001f);
        Assert.Equal([1.1f], Of("creatinine", 1));
        Assert.Equal([4.1f], Of("potassium", 2));
        Assert.Equal([150f], Of("urine_output", 2));
        float[] Ventilated(int stay) => [.. CohortSamples.Events(cohort).Where(e => e.Stay == stay && e.Channel == cohort.ChannelIndex("mechanical_ventilation")).Select(e => e.Time)];
        Assert.Equal([2f, 3f, 4f, 26f], Ventilated(0)); // an interval at its start and every hour after, a moment once
        Assert.Equal([23f, 24f], Ventilated(1)); // no longer than the stay
    }

    [Fact]
    public void A_definition_keeps_its_stays_and_accounts_for_the_others()
    {
        CohortDefinition definition = CohortYaml.Find("adult-first-48h");
        CohortReadResult result = Mimic4Reader.Read(new CsvFolderSource(SmallMimic.Folder(_folder)), definition, TestContext.Current.CancellationToken);
        HospitalReaderTests.Balanced(result);
        Assert.Equal("3 → 3 → 2 → 2", result.Attrition.Line);
        Assert.Contains(result.Tally.LeftOut, l => l is { Reason: "stay is not part of the definition", Count: 1 });
        Assert.Contains(result.Tally.LeftOut, l => l is { Reason: "time is outside the window", Channel: "heart_rate", Count: 1 });
    }

    [Fact]
    public void Files_sqlite_and_postgresql_give_the_same_cohort()
    {
        string connection = server.ConnectionString; // skips where there is no server
        string schema = $"m{TestContext.Current.Test!.UniqueID}"[..20];
        SmallMimic.Postgres(connection, schema);
        Cohort files = Mimic4Reader.Read(RowSources.Open(SmallMimic.Folder(_folder)), null, TestContext.Current.CancellationToken).Cohort;
        Cohort sqlite = Mimic4Reader.Read(RowSources.Open(SmallMimic.Sqlite(_folder)), null, TestContext.Current.CancellationToken).Cohort;
        Cohort postgres = Mimic4Reader.Read(
            RowSources.Open($"postgresql://lethe:{Uri.EscapeDataString(PostgresServer.Password)}@127.0.0.1:{server.Port}/postgres?schema={schema}"), null, TestContext.Current.CancellationToken).Cohort;
        CohortFolderTests.Same(files, sqlite);
        CohortFolderTests.Same(files, postgres);
    }

    [Fact]
    public void Missing_tables_are_told_and_the_rest_is_read()
    {
        CohortReadResult result = Mimic4Reader.Read(new CsvFolderSource(SmallMimic.Folder(_folder, "labevents")), null, TestContext.Current.CancellationToken);
        Assert.Contains("there is no table 'labevents'", Assert.Single(result.Warnings).Message, StringComparison.Ordinal);
        HospitalReaderTests.Balanced(result);
    }

    [Fact]
    public void Missing_columns_and_missing_tables_of_stays_stop_with_their_names()
    {
        CsvFolderSource without = new(SmallMimic.Folder(_folder, "icustays"));
        Assert.Contains("no table 'icustays'", Assert.Throws<DataException>(() => Mimic4Reader.Read(without, null, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        _folder.Write("icustays.csv", "subject_id,hadm_id,stay_id,first_careunit,intime\n");
        DataException e = Assert.Throws<DataException>(() => Mimic4Reader.Read(new CsvFolderSource(_folder.Path), null, TestContext.Current.CancellationToken));
        Assert.Contains("LR002 icustays.csv, column 'outtime'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_import_writes_the_cohort_and_its_account()
    {
        string source = SmallMimic.Folder(_folder), target = Path.Combine(_folder.Path, "out", "cohort");
        CohortReadResult result = CohortImport.Run("mimic-iv", source, CohortDefinition.Everything, target, null, TestContext.Current.CancellationToken);
        CohortFolderTests.Same(result.Cohort, CohortFolder.Read(target));
        foreach (string file in (string[])[ImportReport.JsonFile, "attrition.md", "attrition.html", "data-quality.md"])
            Assert.True(File.Exists(Path.Combine(target, file)), file);
        string quality = File.ReadAllText(Path.Combine(target, "data-quality.md"));
        Assert.Contains("34 events read = 20 kept + 14 left out.", quality, StringComparison.Ordinal);
        Assert.Contains("| heart_rate | /min | 4 | 2 | 1 | 1 | 1 | 0 | 1 | 1 |", quality, StringComparison.Ordinal);
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(target, ImportReport.JsonFile)));
        Assert.Equal(34, json.RootElement.GetProperty("events").GetProperty("read").GetInt32());
        CohortReadResult again = CohortImport.Run("tidy", target, CohortDefinition.Everything, null, null, TestContext.Current.CancellationToken);
        Assert.Equal(CohortSamples.Events(result.Cohort).Count, again.Cohort.EventCount);
    }

    [Fact]
    public void A_misspelt_source_is_answered_with_the_nearest() =>
        Assert.Contains("Did you mean 'mimic-iv'?", Assert.Throws<KeyNotFoundException>(() => CohortFormats.Get("mimic4-iv")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_page_of_aggregates_suppresses_small_counts()
    {
        Assert.Equal("<10.0 %", ComparisonPage.Percent(new Share(3, 100)));
        Assert.Equal(">90.0 %", ComparisonPage.Percent(new Share(97, 100)));
        Assert.Equal("100.0 %", ComparisonPage.Percent(new Share(100, 100)));
        Assert.Equal("0.0 %", ComparisonPage.Percent(new Share(0, 100)));
        Assert.Equal("50.0 %", ComparisonPage.Percent(new Share(50, 100)));
        Cohort cohort = Mimic4Reader.Read(new CsvFolderSource(SmallMimic.Folder(_folder)), null, TestContext.Current.CancellationToken).Cohort;
        CohortSummary summary = CohortSummary.Of(cohort);
        Assert.Equal((3, 2, 20), (summary.Stays, summary.Patients, (int)summary.Events));
        string page = ComparisonPage.Write([new ComparedCohort("Small", summary, summary, Attrition.None)], CohortDefinition.Everything, "command");
        Assert.DoesNotContain("177.8", page, StringComparison.Ordinal);
        Assert.Contains("| death in hospital | suppressed |", page, StringComparison.Ordinal);
    }
}

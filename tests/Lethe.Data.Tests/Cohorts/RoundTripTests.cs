using System.Globalization;
using System.Text.Json;
using Lethe.Data.Cohorts;
using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Cohorts.Export;
using Lethe.Data.Cohorts.Import;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Cohorts.Writing;
using Lethe.Data.Concepts;
using Lethe.Data.Rows;
using Lethe.Data.Schemas;
using Lethe.Data.Simulation.Icu;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Tests.Cohorts;

/// <summary>Every writer with its reader keeps every event.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lethe").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("events.csv")]
    [InlineData("events.csv.gz")]
    public void Wide_files_keep_every_event_duplicates_included(string file)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            Cohort cohort = CohortSamples.Random(seed);
            string path = Path.Combine(_folder, file);
            WideCohortWriter.Write(cohort, path);
            CohortReadResult back = WideCohortReader.Read(path, cohort.Statics, cohort.Outcomes, new WideOptions { Channels = cohort.Channels });
            Assert.Equal(CohortSamples.Events(cohort), CohortSamples.Events(back.Cohort));
            Assert.Equal(back.Tally.Read, back.Tally.Kept);
        }
    }

    [Theory]
    [InlineData("tidy", "tidy")]
    [InlineData("wide", "wide")]
    [InlineData("sqlite", "tidy")]
    [InlineData("meds", "meds")]
    public void What_is_exported_is_imported_equal_events_statics_and_outcomes(string format, string source)
    {
        for (ulong seed = 0; seed < 12; seed++)
        {
            Cohort cohort = seed == 0 ? new IcuSimulator().Simulate(20, new Seed(3)).Cohort : CohortSamples.Odd(seed);
            string path = Path.Combine(_folder, $"{format}-{seed}");
            CohortExports.Run(cohort, CohortExports.Get(format), path);
            CohortReadResult back = CohortImport.Run(source, path, CohortDefinition.Everything, null, null, TestContext.Current.CancellationToken);
            if (format == "tidy")
                CohortFolderTests.Same(cohort, CohortFolder.Read(path));
            Same(cohort, back, renumbered: format == "meds");
        }
    }

    [Fact]
    public void An_event_stream_alone_tells_channels_levels_statics_and_outcomes()
    {
        Cohort cohort = CohortSamples.Random(9, stays: 30);
        MedsCsvWriter.Write(cohort, _folder);
        File.Delete(Path.Combine(_folder, CohortFolder.ChannelsFile));
        File.Delete(Path.Combine(_folder, CohortFolder.SchemaFile));
        CohortReadResult back = CohortImport.Run("meds", _folder, CohortDefinition.Everything, null, null, TestContext.Current.CancellationToken);
        Assert.Equal(Named(cohort), Named(back.Cohort));
        Assert.Equal(cohort.Outcomes, back.Cohort.Outcomes);
        Assert.Equal(Column(cohort, "age"), Column(back.Cohort, "age"));
        Assert.Equal(Column(cohort, "died"), Column(back.Cohort, "died"));
        Assert.Equal(back.Tally.Kept, cohort.EventCount);
    }

    [Fact]
    public void Every_text_survives_as_part_of_a_code()
    {
        string[] awkward = ["plain", "/min", "mg/dL", "a/", "a//b", "///", "100%", "%2F", "//", "/", "ü, \"北\"", " padded "];
        foreach (string a in awkward)
        {
            foreach (string b in awkward)
                Assert.Equal(["CHANNEL", a, b], MedsCode.Parts(MedsCode.Of("CHANNEL", a, b)));
        }
    }

    [Fact]
    public void Clinical_resources_hold_every_event()
    {
        for (ulong seed = 1; seed < 8; seed++)
        {
            Cohort cohort = CohortSamples.Odd(seed);
            string folder = Path.Combine(_folder, $"fhir-{seed}");
            FhirBulkWriter.Write(cohort, folder);
            List<(int Stay, float Time, int Channel, float Value)> was = CohortSamples.Events(cohort), now = ReadObservations(folder, cohort);
            Assert.Equal(was, now);
        }
    }

    [Fact]
    public void The_PhysioNet_layout_keeps_every_event_to_the_minute_and_the_unit()
    {
        Cohort simulated = new IcuSimulator(new IcuSimulatorOptions { Treatment = false }).Simulate(30, new Seed(3)).Cohort;
        Channel[] known = [.. simulated.Channels.Where(c => ConceptMap.Load("physionet-2012").Sources.Any(s => s.Concept == c.Name)).Select(c => ConceptTable.Get(c.Name))];
        CohortBuilder builder = new();
        foreach ((int stay, float time, int channel, float value) in CohortSamples.Events(simulated))
        {
            int at = Array.FindIndex(known, c => c.Name == simulated.Channels[channel].Name);
            if (at >= 0 && known[at].PlausibleRange!.Contains(value))
                builder.Add(stay, time, at, value);
        }

        Cohort cohort = builder.Build("c", simulated.Statics, known, ["died_in_hospital"]);
        PhysioNet2012Writer.Write(cohort, _folder);
        CohortReadResult back = PhysioNet2012Reader.Read(_folder, known);
        List<(int Stay, float Time, int Channel, float Value)> was = CohortSamples.Events(cohort), now = CohortSamples.Events(back.Cohort);
        Assert.Equal(was.Count, now.Count);
        foreach (((int Stay, float Time, int Channel, float Value) a, (int Stay, float Time, int Channel, float Value) b) in was.Zip(now))
        {
            Assert.Equal((a.Stay, a.Channel), (b.Stay, b.Channel));
            Assert.Equal(a.Time, b.Time, 1.0 / 3600);
            Assert.Equal(a.Value, b.Value, 1e-5 * Math.Max(1, Math.Abs(a.Value)));
        }

        Assert.Equal(Column(cohort, "died_in_hospital"), Column(back.Cohort, "in_hospital_death"));
        Assert.Equal(Column(cohort, "age"), Column(back.Cohort, "age"));
        Assert.Equal(Column(cohort, "sex"), Column(back.Cohort, "sex"));
    }

    [Fact]
    public void The_event_stream_is_sorted_and_holds_every_event()
    {
        Cohort cohort = new IcuSimulator(new IcuSimulatorOptions { Channels = 8 }).Simulate(25, new Seed(8)).Cohort;
        MedsCsvWriter.Write(cohort, _folder);
        using CsvRowReader rows = new(Path.Combine(_folder, MedsCsvWriter.EventsFile), "subject_id", "time", "code", "numeric_value");
        long previousSubject = 0, channelEvents = 0, deaths = 0;
        DateTime previousTime = DateTime.MinValue;
        while (rows.Read())
        {
            Assert.True(rows.TryInteger(0, out long subject));
            Assert.True(subject >= previousSubject);
            bool timed = rows.TryTime(1, out DateTime time);
            if (subject != previousSubject)
                previousTime = DateTime.MinValue;
            if (timed)
            {
                Assert.True(time >= previousTime);
                previousTime = time;
            }

            string code = rows.Text(2)!;
            Assert.Equal(code.StartsWith("STATIC//", StringComparison.Ordinal), !timed);
            channelEvents += code.StartsWith("CHANNEL//", StringComparison.Ordinal) ? 1 : 0;
            deaths += code == "MEDS_DEATH" ? 1 : 0;
            previousSubject = subject;
        }

        Assert.Equal(cohort.EventCount, channelEvents);
        Assert.Equal(Column(cohort, "died_in_hospital").Count(d => d == "1"), deaths);
    }

    // A reader of the published resources: nothing but their own text.
    private static List<(int Stay, float Time, int Channel, float Value)> ReadObservations(string folder, Cohort cohort)
    {
        List<(int, float, int, float)> events = [];
        foreach (string line in File.ReadLines(Path.Combine(folder, "Observation.ndjson")))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement r = document.RootElement;
            int stay = int.Parse(r.GetProperty("encounter").GetProperty("reference").GetString()!["Encounter/lethe-stay-".Length..], CultureInfo.InvariantCulture) - 1;
            string name = r.GetProperty("code").GetProperty("coding").EnumerateArray().Single(c => c.GetProperty("system").GetString() == "urn:lethe:channel").GetProperty("code").GetString()!;
            Channel channel = cohort.Channels[cohort.ChannelIndex(name)];
            DateTimeOffset time = DateTimeOffset.Parse(r.GetProperty("effectiveDateTime").GetString()!, CultureInfo.InvariantCulture);
            float value = r.TryGetProperty("valueQuantity", out JsonElement quantity)
                ? float.Parse(quantity.GetProperty("value").GetRawText(), CultureInfo.InvariantCulture)
                : channel.Levels.ToList().IndexOf(r.GetProperty("valueCodeableConcept").GetProperty("text").GetString()!);
            events.Add((stay, (float)(time.UtcDateTime - FhirBulkWriter.Anchor).TotalHours, cohort.ChannelIndex(name), value));
        }

        return events;
    }

    private static void Same(Cohort cohort, CohortReadResult back, bool renumbered)
    {
        Assert.Equal(cohort.Channels.Select(c => c.Name), back.Cohort.Channels.Select(c => c.Name));
        Assert.Equal(CohortSamples.Events(cohort), CohortSamples.Events(back.Cohort));
        Assert.Equal(cohort.EventCount, back.Tally.Kept);
        Assert.Equal(cohort.Outcomes, back.Cohort.Outcomes);
        foreach (Column column in cohort.Statics.Columns)
        {
            Column again = back.Cohort.Statics[column.Name];
            if (renumbered && column.Schema.Role is ColumnRole.Identifier or ColumnRole.PatientKey)
                Assert.Equal(Groups(column), Groups(again)); // other names, the same stays of one patient
            else if (column is NumericColumn numbers)
                Assert.Equal(numbers.Values.ToArray(), ((NumericColumn)again).Values.ToArray());
            else
                Assert.Equal(Enumerable.Range(0, column.Count).Select(column.Format), Enumerable.Range(0, again.Count).Select(again.Format));
        }
    }

    private static List<int> Groups(Column column)
    {
        List<string?> seen = [];
        return [.. Enumerable.Range(0, column.Count).Select(i =>
        {
            if (!seen.Contains(column.Format(i)))
                seen.Add(column.Format(i));
            return seen.IndexOf(column.Format(i));
        })];
    }

    // Events by the names of channels and levels: a stream alone does not tell their order.
    private static List<(int, float, string, string)> Named(Cohort cohort) =>
        [.. CohortSamples.Events(cohort).Select(e => (e.Stay, e.Time, cohort.Channels[e.Channel].Name, CsvText.Value(cohort.Channels[e.Channel], e.Value))).Order()];

    private static List<string?> Column(Cohort cohort, string name) => [.. Enumerable.Range(0, cohort.Count).Select(cohort.Statics[name].Format)];
}

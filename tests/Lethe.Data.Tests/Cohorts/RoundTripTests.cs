using Lethe.Data.Cohorts;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Cohorts.Writing;
using Lethe.Data.Concepts;
using Lethe.Data.Rows;
using Lethe.Data.Simulation.Icu;
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

    [Fact]
    public void Sqlite_keeps_every_event()
    {
        Cohort cohort = CohortSamples.Random(4);
        string path = Path.Combine(_folder, "cohort.sqlite");
        SqliteCohortWriter.Write(cohort, path);
        SqliteRowSource source = new(path);
        using RowReader rows = source.Open("events", "stay_id", "hours", "channel", "value");
        CohortReadResult back = TidyCohortReader.Read(rows, cohort.Statics, cohort.Outcomes, new TidyOptions { Channels = cohort.Channels });
        Assert.Equal(CohortSamples.Events(cohort), CohortSamples.Events(back.Cohort));
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
        string path = Path.Combine(_folder, "meds.csv.gz");
        MedsCsvWriter.Write(cohort, path);
        using CsvRowReader rows = new(path, "subject_id", "time", "code", "numeric_value");
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

    private static List<string?> Column(Cohort cohort, string name) => [.. Enumerable.Range(0, cohort.Count).Select(cohort.Statics[name].Format)];
}

using Lethe.Data.Cohorts;
using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Rows;
using Lethe.Data.Tables;

namespace Lethe.Data.Tests.Cohorts;

/// <summary>The open demos beside the checkout: counts agree with the published ones, and every event is accounted for.</summary>
public sealed class HospitalReaderTests
{
    private static CohortReadResult Mimic4(CohortDefinition? definition = null) => Mimic4Reader.Read(new CsvFolderSource(SharedFolder.Require("data/mimic-iv-demo-2.2")), definition, TestContext.Current.CancellationToken);

    private static CohortReadResult Mimic3(CohortDefinition? definition = null) => Mimic3Reader.Read(new CsvFolderSource(SharedFolder.Require("data/mimic-iii-demo-1.4")), definition, TestContext.Current.CancellationToken);

    [Fact]
    public void Mimic_iv_demo_loads_and_agrees_with_the_published_counts()
    {
        CohortReadResult result = Mimic4();
        Cohort cohort = result.Cohort;
        Balanced(result);
        Assert.Equal(140, cohort.Count);
        Assert.Equal(100, Patients(cohort));
        Assert.Equal(257_474 + 95_132 + 9_362 + 1_468 - 73 + Read(result, "mechanical_ventilation"), result.Tally.Read); // 73 of 1,468 procedures are ventilation, each of them as many readings as hours
        Assert.Equal(2, result.Warnings.Count(w => w.Code == "LC051")); // the numeric parts stand in for the two large tables
        Assert.InRange(Events(result, "heart_rate"), 13_900, 13_913); // 13,913 published values, a few in no stay or implausible
        Assert.Equal(922, Events(result, "creatinine")); // results between admission to and discharge from the unit, counted apart from this reader
        Assert.InRange(Events(result, "gcs"), 3_200, 3_244); // 3,244 times have all three components
        Assert.All(Ages(cohort), age => Assert.InRange(age, 18, 90));
        Assert.Equal(15, Deaths(cohort).Distinct().Count()); // 15 admissions end in death, each of another patient
    }

    [Fact]
    public void Mimic_iii_demo_loads_and_agrees_with_the_published_counts()
    {
        CohortReadResult result = Mimic3();
        Cohort cohort = result.Cohort;
        Balanced(result);
        Assert.Equal(136, cohort.Count);
        Assert.Equal(100, Patients(cohort));
        Assert.Equal(758_355 + 76_074 + 11_320 + 753 - 30 + Read(result, "mechanical_ventilation"), result.Tally.Read); // 30 of 753 procedures are ventilation
        Assert.Empty(result.Warnings);
        Assert.Equal(40, Deaths(cohort).Distinct().Count()); // 40 admissions end in death
        Assert.Contains(Ages(cohort), age => age == 90); // dates of birth 300 years back
        Assert.All(Ages(cohort), age => Assert.InRange(age, 17, 90));
        Assert.True(Events(result, "heart_rate") > 15_300); // 7,396 CareVue + 8,094 MetaVision, less those in no stay
        float[] temperatures = Values(cohort, "temperature");
        Assert.InRange(Median(temperatures), 36.3f, 37.5f); // °F and °C became one scale
        float[] oxygen = Values(cohort, "fio2");
        Assert.All(oxygen, f => Assert.InRange(f, 0.21f, 1f));
        Assert.DoesNotContain(result.Tally.LeftOut, l => l.Reason.StartsWith("unit '", StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_marked_as_errors_are_left_out_and_counted()
    {
        CohortReadResult result = Mimic3();
        long marked = result.Tally.LeftOut.Where(l => l.Reason == "marked as an error by the source").Sum(l => l.Count);
        Assert.InRange(marked, 1, 648); // 648 chart rows, those of unmapped items are counted as that
        Assert.All(result.Tally.LeftOut.Where(l => l.Count > 0 && l.Reason != "component of the Glasgow Coma Scale without the other two"), l => Assert.NotEmpty(l.Places));
    }

    [Fact]
    public void Eicu_demo_loads_and_agrees_with_the_published_counts()
    {
        CohortReadResult result = EicuReader.Read(new CsvFolderSource(SharedFolder.Require("data/eicu-demo-2.0")), null, TestContext.Current.CancellationToken);
        Cohort cohort = result.Cohort;
        Balanced(result);
        Assert.Equal(2520, cohort.Count);
        Assert.Equal(1841, Patients(cohort));
        DiscreteColumn died = (DiscreteColumn)cohort.Statics[StaticNames.InHospitalDeath];
        Assert.Equal((2280, 212, 28), (died.Codes.ToArray().Count(c => c == 0), died.Codes.ToArray().Count(c => c == 1), died.MissingCount));
        Assert.Equal(98, Ages(cohort).Count(a => a == 90));
        Assert.Contains(result.Warnings, w => w is { Code: "LC050", Message: var m } && m.Contains("vitalPeriodic", StringComparison.Ordinal));
        Assert.True(Events(result, "creatinine") > 900);
        Assert.All(Values(cohort, "calcium_ionised"), v => Assert.InRange(v, 0.5f, 2.5f)); // mg/dL and mmol/L under one name became one unit
    }

    [Fact]
    public void Eicu_hourly_grid_loads_and_agrees_with_the_published_counts()
    {
        CohortReadResult result = EicuHourlyReader.Read(new CsvFolderSource(SharedFolder.Require("data/eicu-demo-2.0")), null, TestContext.Current.CancellationToken);
        Cohort cohort = result.Cohort;
        Balanced(result);
        Assert.Equal(2267, cohort.Count);
        int heartRate = cohort.ChannelIndex("heart_rate");
        int hours = Enumerable.Range(0, cohort.Count).Sum(i => cohort[i].Channels.ToArray().Count(c => c == heartRate));
        Assert.InRange(hours / 124_094.0, 0.83, 0.95); // vitals are filled in 83–95 % of the hours
        Assert.All(cohort.Times.ToArray(), t => Assert.InRange(t, 0, 24 * 7));
    }

    [Fact]
    public void An_hourly_grid_without_a_table_of_patients_loads_with_a_warning()
    {
        CohortReadResult result = EicuHourlyReader.Read(new CsvFolderSource(SharedFolder.Require("data/mimic-iii-demo-1.4/hourly")), null, TestContext.Current.CancellationToken);
        Balanced(result);
        Assert.Equal(132, result.Cohort.Count);
        Assert.Equal("LC054", Assert.Single(result.Warnings).Code);
        Assert.Equal(21, ((DiscreteColumn)result.Cohort.Statics[StaticNames.DiedInUnit]).Codes.ToArray().Count(c => c == 1)); // 21 of the 99 stays of the published task
    }

    [Fact]
    public void The_laboratory_subset_and_the_hourly_grid_agree_on_creatinine()
    {
        CsvFolderSource source = new(SharedFolder.Require("data/eicu-demo-2.0"));
        CohortDefinition creatinine = CohortDefinition.Everything with { Channels = ["creatinine"] };
        Cohort raw = EicuReader.Read(source, creatinine, TestContext.Current.CancellationToken).Cohort, grid = EicuHourlyReader.Read(source, creatinine, TestContext.Current.CancellationToken).Cohort;
        Dictionary<string, float[]> values = Enumerable.Range(0, raw.Count).Where(i => raw[i].Count > 0).ToDictionary(i => raw.Statics[Cohort.StayIdColumn].Format(i)!, i => raw[i].Values.ToArray());
        int compared = 0, agree = 0;
        for (int i = 0; i < grid.Count; i++)
        {
            if (!values.TryGetValue(grid.Statics[Cohort.StayIdColumn].Format(i)!, out float[]? known))
                continue;
            foreach (float v in grid[i].Values)
            {
                compared++;
                agree += known.Any(k => Math.Abs(k - v) < 1e-4) ? 1 : 0;
            }
        }

        Assert.True(compared > 400);
        Assert.True(agree >= 0.98 * compared, $"{agree} of {compared}"); // a few hours average two results
    }

    [Fact]
    public void Meds_stream_and_tables_give_the_same_stays_and_nearly_the_same_events()
    {
        CohortReadResult stream = MedsReader.Read(new CsvFolderSource(SharedFolder.Require("data/mimic-iv-demo-2.2")), null, TestContext.Current.CancellationToken);
        CohortReadResult tables = Mimic4();
        Balanced(stream);
        Assert.Equal(916_166, stream.Tally.Read);
        Assert.Equal(140, stream.Cohort.Count);
        Assert.Equal(100, Patients(stream.Cohort));
        Assert.Equal(15, Deaths(stream.Cohort).Distinct().Count());
        Assert.Equal(Ages(tables.Cohort).Order(), Ages(stream.Cohort).Order());
        Assert.Equal(Lengths(tables.Cohort), Lengths(stream.Cohort));
        Assert.InRange(stream.Cohort.EventCount / (double)(tables.Cohort.EventCount - Events(tables, "mechanical_ventilation")), 0.97, 1.0); // the stream knows the stay by time alone
    }

    [Theory]
    [InlineData("physionet-2012")]
    [InlineData("mimic-iii")]
    [InlineData("mimic-iv")]
    [InlineData("eicu-hourly")]
    public void The_paper_cohort_is_adult_first_stays_and_their_first_48_hours(string database)
    {
        CohortDefinition paper = CohortYaml.Find("adult-first-48h");
        CohortReadResult result = database switch
        {
            "physionet-2012" => PhysioNet2012Reader.Read(SharedFolder.Require("data/physionet-2012"), paper),
            "mimic-iii" => Mimic3(paper),
            "mimic-iv" => Mimic4(paper),
            _ => EicuHourlyReader.Read(new CsvFolderSource(SharedFolder.Require("data/eicu-demo-2.0")), paper, TestContext.Current.CancellationToken),
        };
        Balanced(result);
        Assert.Equal(result.Cohort.Count, Patients(result.Cohort));
        Assert.All(Ages(result.Cohort), age => Assert.InRange(age, 18, 90));
        Assert.All(result.Cohort.Times.ToArray(), t => Assert.InRange(t, 0, 48));
        Assert.All(Enumerable.Range(0, result.Cohort.Count), i => Assert.True(result.Cohort[i].Count > 0));
        Assert.Equal(result.Cohort.Count, result.Attrition.Steps[^1].Stays);
        Assert.Equal(StaticNames.InHospitalDeath, result.Cohort.Schema.Target!.Name);
    }

    /// <summary>Events read = events kept + events explained; and what the account calls kept is in the cohort.</summary>
    internal static void Balanced(CohortReadResult result)
    {
        Assert.Equal(result.Tally.Read, result.Tally.Kept + result.Tally.LeftOut.Sum(l => l.Count));
        Assert.Equal(result.Tally.Kept, result.Cohort.EventCount);
    }

    private static int Patients(Cohort c) => c.Schema.PatientKey is { } key ? Enumerable.Range(0, c.Count).Select(i => c.Statics[key.Name].Format(i)).Distinct().Count() : c.Count;

    private static double[] Ages(Cohort c) => [.. ((NumericColumn)c.Statics[StaticNames.Age]).Values.ToArray().Where(a => !double.IsNaN(a))];

    private static double[] Lengths(Cohort c) => [.. ((NumericColumn)c.Statics[StaticNames.LengthHours]).Values.ToArray().Order()];

    /// <summary>Patients whose stay ended in death in hospital.</summary>
    private static IEnumerable<string> Deaths(Cohort c) => Enumerable.Range(0, c.Count).Where(i => c.Statics[StaticNames.InHospitalDeath].Format(i) == "1").Select(i => c.Statics[StaticNames.PatientId].Format(i)!);

    /// <summary>Readings of a channel, kept or left out.</summary>
    private static long Read(CohortReadResult r, string channel) => Events(r, channel) + r.Tally.LeftOut.Where(l => l.Channel == channel).Sum(l => l.Count);

    private static int Events(CohortReadResult r, string channel) => Values(r.Cohort, channel).Length;

    private static float[] Values(Cohort c, string channel)
    {
        int index = c.ChannelIndex(channel);
        float[] values = c.Values.ToArray();
        return [.. c.ChannelOfEvent.ToArray().Select((ch, e) => (ch, e)).Where(p => p.ch == index).Select(p => values[p.e])];
    }

    private static float Median(float[] values) => values.Order().ElementAt(values.Length / 2);
}

using Lethe.Data.Cohorts;
using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Tests.Cohorts;

public sealed class CohortDefinitionTests
{
    [Fact]
    public void Every_definition_that_ships_reads_and_bears_its_own_name()
    {
        Assert.Contains("adult-first-48h", CohortYaml.Names);
        foreach (string name in CohortYaml.Names)
            Assert.Equal(name, CohortYaml.Find(name).Name);
        CohortDefinition paper = CohortYaml.Find("adult-first-48h");
        Assert.Equal((18.0, true, new CohortWindow(0, 48)), (paper.MinimumAge!.Value, paper.FirstStayOnly, paper.Window!));
    }

    [Fact]
    public void Every_key_is_read()
    {
        CohortDefinition d = CohortYaml.Parse("""
            lethe_cohort: 1
            name: mine
            title: My cohort
            age: {min: 18, max: 80}
            first_stay_only: true
            minimum_hours: 24
            maximum_hours: 240
            window: {from: -6, to: 24}
            minimum_events: 5
            channels: [heart_rate, creatinine]
            statics: [age]
            outcome: long_stay
            long_stay_days: 5
            implausible: clamp
            """);
        Assert.Equal("mine|My cohort|18|80|True|24|240|-6|24|5|heart_rate,creatinine|age|LongStay|5|Clamp", FormattableString.Invariant(
            $"{d.Name}|{d.Title}|{d.MinimumAge}|{d.MaximumAge}|{d.FirstStayOnly}|{d.MinimumHours}|{d.MaximumHours}|{d.Window!.From}|{d.Window.To}|{d.MinimumEvents}|{string.Join(',', d.Channels!)}|{string.Join(',', d.Statics!)}|{d.Outcome}|{d.LongStayDays}|{d.Implausible}"));
    }

    [Fact]
    public void All_mistakes_are_told_at_once_with_line_and_suggestion()
    {
        DataException e = Assert.Throws<DataException>(() => CohortYaml.Parse("lethe_cohort: 1\nfrist_stay_only: true\nage: {mim: 18}\nwindow: {from: 48, to: 24}\nminimum_events: some\noutcome: in_hospital_deth\n", "c.yaml"));
        Assert.Equal(5, e.Problems.Count);
        Assert.Contains("LC021 c.yaml, line 2: a cohort definition has no key 'frist_stay_only'. Did you mean 'first_stay_only'?", e.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'min'?", e.Message, StringComparison.Ordinal);
        Assert.Contains("line 4: the window ends before it starts", e.Message, StringComparison.Ordinal);
        Assert.Contains("minimum_events must be a number", e.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'in_hospital_death'?", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1, 2]", "LC020")]
    [InlineData("a: [", "LC020")]
    [InlineData("name: x", "LC023")]
    [InlineData("lethe_cohort: 2", "LC023")]
    public void What_is_no_definition_is_refused(string yaml, string code) => Assert.Equal(code, Assert.Throws<DataException>(() => CohortYaml.Parse(yaml)).Problems[0].Code);

    [Fact]
    public void A_misspelt_name_is_answered_with_the_nearest() =>
        Assert.Contains("Did you mean 'adult-first-48h'?", Assert.Throws<KeyNotFoundException>(() => CohortYaml.Find("adult-frist-48h")).Message, StringComparison.Ordinal);

    [Fact]
    public void Stays_events_and_attrition_follow_the_definition_and_every_event_is_accounted_for()
    {
        // age, number of the patient's stay, hours, death; p0 has two stays.
        (string Patient, double Age, double Number, double Hours, int Died)[] rows = [("p0", 50, 1, 200, 0), ("p0", 51, 2, 30, 1), ("p1", 17, 1, 30, 0), ("p2", 70, 1, 10, 0), ("p3", 60, 1, 30, 1), ("p4", double.NaN, 1, 30, 0)];
        CohortReadResult all = Sample(rows, [(0, 1, 0), (0, 30, 0), (0, 5, 1), (1, 1, 0), (2, 1, 0), (3, 1, 0), (4, 40, 0), (4, -1, 0)]);
        CohortDefinition definition = CohortDefinition.Everything with
        {
            Name = "d", MinimumAge = 18, FirstStayOnly = true, MinimumHours = 12, Window = new CohortWindow(0, 24), MinimumEvents = 1, Channels = ["heart_rate"], Statics = [], Outcome = CohortOutcome.LongStay,
        };
        CohortReadResult result = CohortSelection.Apply(all, definition, "source");
        Assert.Equal(["p0"], Enumerable.Range(0, result.Cohort.Count).Select(i => result.Cohort.Statics[StaticNames.PatientId].Format(i)));
        Assert.Equal([(0, 1f, 0, 80f)], CohortSamples.Events(result.Cohort));
        Assert.Equal("6 → 4 → 3 → 2 → 1", result.Attrition.Line);
        Assert.Equal([5L, 3, 3, 2, 1], result.Attrition.Steps.Select(s => s.Patients));
        Assert.Equal(8, result.Tally.Read);
        Assert.Equal(1, result.Tally.Kept);
        Assert.Equal(7, result.Tally.LeftOut.Sum(l => l.Count));
        Assert.Equal("1", result.Cohort.Statics[StaticNames.LongStay].Format(0));
        Assert.Equal(StaticNames.LongStay, result.Cohort.Schema.Target!.Name);
        Assert.Equal(StaticNames.LongStay, result.Cohort.Outcomes[0]);
        Assert.DoesNotContain(result.Cohort.Schema.Columns, c => c.Name == StaticNames.Age);
    }

    [Fact]
    public void A_criterion_that_the_source_cannot_answer_is_told_and_leaves_nobody_out()
    {
        CohortReadResult all = new(CohortSamples.Random(1), new EventTally(), []);
        foreach (float _ in all.Cohort.Values)
            all.Tally.Keep();
        CohortDefinition definition = CohortDefinition.Everything with { MinimumHours = 24 };
        Assert.Equal(["died"], CohortSelection.Apply(all, definition, "source").Cohort.Outcomes); // the source's own, where none is asked for
        DataException e = Assert.Throws<DataException>(() => CohortSelection.Apply(all, definition with { Outcome = CohortOutcome.InHospitalDeath }, "source"));
        Assert.Equal("LC042", e.Problems[0].Code); // that table has no such outcome
        CohortSelection selection = CohortSelection.Stays(all.Cohort.Statics, definition, "source");
        Assert.Equal(12, selection.Kept.Length);
        Assert.Equal("LC040", Assert.Single(selection.Warnings).Code);
    }

    [Fact]
    public void A_channel_that_is_not_there_is_answered_with_the_nearest() =>
        Assert.Contains("Did you mean 'creatinine'?", Assert.Throws<DataException>(() => EventWindow.Choose(CohortSamples.Channels, ["creatinin"])).Message, StringComparison.Ordinal);

    [Fact]
    public void The_attrition_table_is_drawn_and_small_counts_are_suppressed()
    {
        Attrition flow = new([new AttritionStep("all", 4000, 3900), new AttritionStep("age < 20 & more", 3997, 3899), new AttritionStep("none", 0, 0)]);
        Assert.Equal("4,000 → 3,997 → 0", flow.Line);
        Assert.Contains("| age < 20 & more | 3,997 | 3,899 | <10 |", flow.ToMarkdown(10), StringComparison.Ordinal);
        Assert.Contains("| age < 20 & more | 3,997 | 3,899 | 3 |", flow.ToMarkdown(), StringComparison.Ordinal);
        Assert.Contains("<tr><td>age &lt; 20 &amp; more</td><td>3,997</td><td>3,899</td><td>&lt;10</td></tr>", flow.ToHtml("x", 10), StringComparison.Ordinal);
    }

    private static CohortReadResult Sample((string Patient, double Age, double Number, double Hours, int Died)[] rows, (int Stay, float Time, int Channel)[] events)
    {
        Table statics = new(
        [
            new TextColumn(new ColumnSchema { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = ColumnRole.Identifier }, [.. rows.Select((_, i) => $"s{i}")]),
            new TextColumn(new ColumnSchema { Name = StaticNames.PatientId, Kind = ColumnKind.Text, Role = ColumnRole.PatientKey }, [.. rows.Select(r => r.Patient)]),
            new NumericColumn(new ColumnSchema { Name = StaticNames.Age, Kind = ColumnKind.Integer }, [.. rows.Select(r => r.Age)]),
            new NumericColumn(new ColumnSchema { Name = StaticNames.StayNumber, Kind = ColumnKind.Integer }, [.. rows.Select(r => r.Number)]),
            new NumericColumn(new ColumnSchema { Name = StaticNames.LengthHours, Kind = ColumnKind.Continuous }, [.. rows.Select(r => r.Hours)]),
            new DiscreteColumn(new ColumnSchema { Name = StaticNames.InHospitalDeath, Kind = ColumnKind.Boolean, Categories = ["0", "1"], Role = ColumnRole.Target }, [.. rows.Select(r => r.Died)]),
        ]);
        CohortBuilder builder = new();
        EventTally tally = new();
        foreach ((int stay, float time, int channel) in events)
        {
            builder.Add(stay, time, channel, 80);
            tally.Keep();
        }

        return new CohortReadResult(builder.Build("c", statics, CohortSamples.Channels, [StaticNames.InHospitalDeath]), tally, []);
    }
}

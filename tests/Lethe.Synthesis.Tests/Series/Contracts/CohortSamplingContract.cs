using Lethe.Data.Cohorts;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Registry;
using Lethe.Synthesis.Tests.Contracts;

namespace Lethe.Synthesis.Tests.Series.Contracts;

/// <summary>What every registered method for time series promises about fitting and sampling, whatever its quality.</summary>
public sealed class CohortSamplingContract
{
    public static TheoryData<string> Names => SeriesContract.Methods;

    public static TheoryData<string, string> AwkwardCases
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string method in Methods.ForCohorts.Select(m => m.Descriptor.Name))
            {
                foreach (string name in ContractCohorts.AwkwardNames)
                    data.Add(method, name);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Announces_itself_as_it_is_registered(string method)
    {
        MethodRegistration registration = Methods.Get(method);
        ISynthesizer synthesizer = SeriesContract.Create(method);
        Assert.Equal(registration.Descriptor, synthesizer.Descriptor);
        Assert.Equal(registration.Descriptor, SeriesContract.Fitted(method).Descriptor);
        Assert.Equal(registration.Options.Select(o => o.Name), synthesizer.Options.Keys);
        Assert.Equal(registration.Options.Select(o => o.Default), registration.Create(new Dictionary<string, string>()).Options.Values);
        Assert.Matches("^[a-z][a-z0-9-]*$", registration.Descriptor.Name);
        Assert.All(registration.Options, o => Assert.EndsWith(".", o.Summary));
        Assert.EndsWith(".", registration.Descriptor.Summary);
        Assert.NotEmpty(registration.Descriptor.Paper);
        Assert.Throws<OptionException>(() => registration.Create(new Dictionary<string, string> { ["no-such-option"] = "1" }));
        Assert.NotEmpty(SeriesContract.Fitted(method).Report.LearntFromData);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Delivers_whole_patients_of_the_shape_it_promises(string method)
    {
        Cohort train = ContractCohorts.Mixed();
        FittedCohortSynthesizer model = SeriesContract.Fitted(method);
        Cohort cohort = model.SampleCohort(70, new Seed(3));
        Assert.Equal(70, cohort.Count);
        Assert.Equal(model.Schema.Columns, cohort.Schema.Columns);
        Assert.Equal([Cohort.StayIdColumn, "age", "poids", "sex", "died"], cohort.Schema.Columns.Select(c => c.Name));
        Assert.Equal("died", cohort.Schema.Target!.Name);
        Assert.Equal(["died"], cohort.Outcomes);
        Assert.Equal(train.Channels.Select(c => c.Name), cohort.Channels.Select(c => c.Name));
        Assert.Equal(70, Enumerable.Range(0, 70).Select(i => cohort.Statics[Cohort.StayIdColumn].Format(i)).Distinct().Count());
        Assert.True(cohort.EventCount > 70, $"only {cohort.EventCount} events");
        Assert.DoesNotContain((ushort)4, cohort.ChannelOfEvent.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Many_threads_may_sample_one_model_at_once(string method)
    {
        FittedCohortSynthesizer model = SeriesContract.Fitted(method);
        Cohort[] alone = [.. Enumerable.Range(0, 4).Select(i => model.SampleCohort(20, new Seed((ulong)i)))];
        Cohort[] together = new Cohort[16];
        Parallel.For(0, together.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = model.SampleCohort(20, new Seed((ulong)(i % alone.Length))));
        for (int i = 0; i < together.Length; i++)
            SeriesContract.AssertEqual(alone[i % alone.Length], together[i]);
    }

    [Theory]
    [MemberData(nameof(AwkwardCases))]
    public void Awkward_cohorts_are_learnt_and_values_stay_what_they_can_be(string method, string name)
    {
        Cohort train = ContractCohorts.Awkward(name);
        Cohort cohort = SeriesContract.Fit(method, train).SampleCohort(30, new Seed(4));
        Assert.Equal(30, cohort.Count);
        CheckValues(train, cohort);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_times_and_statics_stay_what_they_can_be(string method)
    {
        Cohort train = ContractCohorts.Mixed(), cohort = SeriesContract.Fitted(method).SampleCohort(300, new Seed(6));
        CheckValues(train, cohort);
        float latest = train.Times.ToArray().Max();
        Assert.All(cohort.Times.ToArray(), t => Assert.InRange(t, 0, latest + 1));
        NumericColumn age = (NumericColumn)cohort.Statics["age"], real = (NumericColumn)train.Statics["age"];
        Assert.All(age.Values.ToArray(), v => Assert.InRange(v, real.Values.ToArray().Min(), real.Values.ToArray().Max()));
        Assert.Contains(true, Enumerable.Range(0, 300).Select(i => cohort.Statics["poids"].IsMissing(i)));
        Assert.Equal(0, cohort.Statics["died"].MissingCount);
        Assert.True(Enumerable.Range(0, 300).Select(i => cohort[i].Count).Distinct().Count() > 5, "all stays have the same number of events");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_patients_and_another_seed_others(string method)
    {
        FittedCohortSynthesizer model = SeriesContract.Fitted(method);
        Cohort first = model.SampleCohort(40, new Seed(7));
        SeriesContract.AssertEqual(first, model.SampleCohort(40, new Seed(7)));
        Assert.NotEqual(first.Values.ToArray(), model.SampleCohort(40, new Seed(8)).Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fitting_again_with_the_seed_gives_the_same_model_on_one_thread_as_on_many(string method)
    {
        FittedCohortSynthesizer again = SeriesContract.Fit(method, ContractCohorts.Mixed(), new FitContext { Seed = new Seed(1), MaxThreads = 1 });
        SeriesContract.AssertEqual(SeriesContract.Fitted(method).SampleCohort(50, new Seed(5)), again.SampleCohort(50, new Seed(5)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Chunks_joined_are_the_whole_and_a_short_sample_begins_a_long_one(string method)
    {
        FittedCohortSynthesizer model = SeriesContract.Fitted(method);
        int stays = (2 * FittedCohortSynthesizer.ChunkStays) + 10;
        Cohort whole = model.SampleCohort(stays, new Seed(9));
        Cohort[] chunks = [.. model.SampleChunks(stays, new Seed(9))];
        Assert.All(chunks, c => Assert.InRange(c.Count, 1, FittedCohortSynthesizer.ChunkStays));
        SeriesContract.AssertEqual(whole, chunks[0].Append(chunks[1..]));
        SeriesContract.AssertEqual(SeriesContract.Head(whole, 300), model.SampleCohort(300, new Seed(9)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_stay_may_be_asked_for_but_not_fewer(string method)
    {
        FittedCohortSynthesizer model = SeriesContract.Fitted(method);
        Cohort none = model.SampleCohort(0, new Seed(1));
        Assert.Equal(0, none.Count);
        Assert.Equal(model.Schema.Columns, none.Schema.Columns);
        Assert.Empty(model.SampleChunks(0, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.SampleCohort(-1, new Seed(1)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Stays_meet_the_conditions_on_statics(string method)
    {
        FittedCohortSynthesizer model = SeriesContract.Fitted(method);
        IReadOnlyList<Condition> conditions = ConditionParser.Parse("died = yes and sex = male", model.Schema);
        Cohort cohort = model.SampleCohort(25, new Seed(31), conditions);
        Assert.Equal(25, cohort.Count);
        Assert.All(Enumerable.Range(0, 25), i => Assert.Equal(("yes", "male"), (cohort.Statics["died"].Format(i), cohort.Statics["sex"].Format(i))));
        SeriesContract.AssertEqual(SeriesContract.Head(cohort, 10), model.SampleCohort(10, new Seed(31), conditions));
        Assert.Throws<ConditionException>(() => model.SampleCohort(5, new Seed(1), [new Condition { Column = "nobody" }]));
        Assert.Throws<ConditionException>(() => model.SampleCohort(5, new Seed(1), [new Condition { Column = Cohort.StayIdColumn, Codes = [1] }]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cancellation_stops_a_fit_and_progress_is_told(string method)
    {
        FitContext cancelled = new() { Seed = new Seed(1), Cancellation = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(() => SeriesContract.Fit(method, ContractCohorts.Mixed(), cancelled));
        Recorder progress = new();
        SeriesContract.Fit(method, ContractCohorts.Mixed(20), new FitContext { Seed = new Seed(1), Progress = progress });
        Assert.NotEmpty(progress.Seen);
        Assert.All(progress.Seen, p => Assert.True(p.Total == 0 || p.Done <= p.Total));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_table_or_an_empty_cohort_is_refused_with_a_reason(string method)
    {
        ISynthesizer synthesizer = SeriesContract.Create(method);
        FitContext context = new() { Seed = new Seed(1) };
        Assert.Contains("cohort", Assert.Throws<SynthesisException>(() => synthesizer.Fit(ContractTables.Mixed(), context)).Message);
        Assert.Contains("no stay", Assert.Throws<SynthesisException>(() => synthesizer.Fit(SeriesContract.Head(ContractCohorts.Mixed(), 0), context)).Message);
        Cohort silent = new CohortBuilder().Build("silent", ContractCohorts.Mixed().Statics, ContractCohorts.Mixed().Channels, ["died"]);
        Assert.Contains("no event", Assert.Throws<SynthesisException>(() => synthesizer.Fit(silent, context)).Message);
    }

    /// <summary>A fit interrupted in the middle and resumed gives the same model as one that never stopped; quick methods have no middle.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void An_interrupted_fit_resumes_to_the_same_model(string method)
    {
        string folder = Directory.CreateTempSubdirectory("lethe-resume-").FullName;
        try
        {
            using CancellationTokenSource source = new();
            Interrupter interrupter = new(source);
            try
            {
                SeriesContract.Fit(method, ContractCohorts.Mixed(), new FitContext { Seed = new Seed(1), CheckpointFolder = folder, Progress = interrupter, Cancellation = source.Token });
            }
            catch (OperationCanceledException)
            {
                Assert.NotEmpty(Directory.EnumerateFiles(folder));
            }

            FittedCohortSynthesizer resumed = SeriesContract.Fit(method, ContractCohorts.Mixed(), new FitContext { Seed = new Seed(1), CheckpointFolder = folder });
            SeriesContract.AssertEqual(SeriesContract.Fitted(method).SampleCohort(30, new Seed(2)), resumed.SampleCohort(30, new Seed(2)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void CheckValues(Cohort train, Cohort cohort)
    {
        float[][] real = [.. train.Channels.Select((_, c) => Readings(train, c))];
        for (int c = 0; c < train.Channels.Count; c++)
        {
            float[] sampled = Readings(cohort, c);
            if (real[c].Length == 0)
            {
                Assert.Empty(sampled);
                continue;
            }

            Channel channel = train.Channels[c];
            Assert.All(sampled, v => Assert.InRange(v, real[c].Min(), real[c].Max()));
            if (channel.Kind == ChannelKind.Categorical)
                Assert.All(sampled, v => Assert.Contains(v, Enumerable.Range(0, channel.Levels.Count).Select(l => (float)l)));
            else if (channel.Decimals <= 2)
                Assert.All(sampled, v => Assert.Equal(Math.Round(v, channel.Decimals), v, 4));
        }

        for (int i = 0; i < cohort.Count; i++)
        {
            StayEvents events = cohort[i];
            HashSet<(float, ushort)> seen = [];
            for (int e = 0; e < events.Count; e++)
                Assert.True(seen.Add((events.Times[e], events.Channels[e])), "two readings of a channel at one time");
        }
    }

    private static float[] Readings(Cohort cohort, int channel)
    {
        List<float> found = [];
        for (int e = 0; e < cohort.EventCount; e++)
        {
            if (cohort.ChannelOfEvent[e] == channel)
                found.Add(cohort.Values[e]);
        }

        return [.. found];
    }

    private sealed class Recorder : IProgress<FitProgress>
    {
        public List<FitProgress> Seen { get; } = [];

        public void Report(FitProgress value) => Seen.Add(value);
    }

    private sealed class Interrupter(CancellationTokenSource source) : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            if (value.Stage == "training" && value.Done < value.Total && value.Done >= value.Total / 2)
                source.Cancel();
        }
    }
}

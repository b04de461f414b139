using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Registry;

namespace Lethe.Synthesis.Tests.Contracts;

/// <summary>What every registered method promises about fitting and sampling, whatever its quality.</summary>
public sealed class SamplingContract
{
    public static TheoryData<string> Names => Contract.Methods;

    [Theory]
    [MemberData(nameof(Names))]
    public void Delivers_the_schema_it_promises(string method)
    {
        FittedTableSynthesizer model = Contract.Fitted(method);
        ColumnSchema[] expected = [.. ContractTables.Mixed().Schema.Columns.Where(c => c.IsModelled)];
        Assert.Equal(expected.Select(c => c.Name), model.Schema.Columns.Select(c => c.Name));
        Assert.Equal(expected.Select(c => c.Kind), model.Schema.Columns.Select(c => c.Kind));
        Table table = model.SampleTable(50, new Seed(3));
        Assert.Equal(50, table.RowCount);
        Assert.Equal(model.Schema.Columns, table.Schema.Columns);
        Assert.Equal("outcome", table.Schema.Target!.Name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Announces_itself_as_it_is_registered(string method)
    {
        MethodRegistration registration = Methods.Get(method);
        ISynthesizer synthesizer = Contract.Create(method);
        Assert.Equal(registration.Descriptor, synthesizer.Descriptor);
        Assert.Equal(registration.Descriptor, Contract.Fitted(method).Descriptor);
        Assert.Equal(registration.Options.Select(o => o.Name), synthesizer.Options.Keys);
        Assert.Equal(registration.Options.Select(o => o.Default), registration.Create(new Dictionary<string, string>()).Options.Values);
        Assert.Matches("^[a-z][a-z0-9-]*$", registration.Descriptor.Name);
        Assert.All(registration.Options, o => Assert.EndsWith(".", o.Summary));
        Assert.EndsWith(".", registration.Descriptor.Summary);
        Assert.NotEmpty(registration.Descriptor.Paper);
        Assert.Throws<OptionException>(() => registration.Create(new Dictionary<string, string> { ["no-such-option"] = "1" }));
        Assert.NotEmpty(Contract.Fitted(method).Report.LearntFromData);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_rows_and_another_seed_others(string method)
    {
        FittedTableSynthesizer model = Contract.Fitted(method);
        Table first = model.SampleTable(200, new Seed(7));
        Contract.AssertEqual(first, model.SampleTable(200, new Seed(7)));
        Table other = model.SampleTable(200, new Seed(8));
        Assert.NotEqual(((NumericColumn)first["age"]).Values.ToArray(), ((NumericColumn)other["age"]).Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Many_threads_may_sample_one_model_at_once(string method)
    {
        FittedTableSynthesizer model = Contract.Fitted(method);
        Table[] alone = [.. Enumerable.Range(0, 8).Select(i => model.SampleTable(150, new Seed((ulong)i)))];
        Table[] together = new Table[40];
        Parallel.For(0, together.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = model.SampleTable(150, new Seed((ulong)(i % alone.Length))));
        for (int i = 0; i < together.Length; i++)
            Contract.AssertEqual(alone[i % alone.Length], together[i]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fitting_again_with_the_seed_gives_the_same_model_on_one_thread_as_on_many(string method)
    {
        FitContext context = new() { Seed = new Seed(1), MaxThreads = 1 };
        Table one = ((FittedTableSynthesizer)Contract.Create(method).Fit(ContractTables.Mixed(), context)).SampleTable(300, new Seed(5));
        Contract.AssertEqual(Contract.Fitted(method).SampleTable(300, new Seed(5)), one);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Chunks_joined_are_the_whole_and_a_short_sample_begins_a_long_one(string method)
    {
        FittedTableSynthesizer model = Contract.Fitted(method);
        int rows = (2 * FittedTableSynthesizer.ChunkRows) + 10;
        Table whole = model.SampleTable(rows, new Seed(9));
        Table[] chunks = [.. model.SampleChunks(rows, new Seed(9))];
        Assert.All(chunks, c => Assert.InRange(c.RowCount, 1, FittedTableSynthesizer.ChunkRows));
        Contract.AssertEqual(whole, chunks.Aggregate((a, b) => a.Append(b)));
        Contract.AssertEqual(Contract.Head(whole, 5000), model.SampleTable(5000, new Seed(9)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_row_may_be_asked_for_but_not_fewer(string method)
    {
        FittedTableSynthesizer model = Contract.Fitted(method);
        Table none = model.SampleTable(0, new Seed(1));
        Assert.Equal(0, none.RowCount);
        Assert.Equal(model.Schema.Columns, none.Schema.Columns);
        Assert.Empty(model.SampleChunks(0, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.SampleTable(-1, new Seed(1)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Streaming_many_rows_does_not_gather_them(string method)
    {
        FittedTableSynthesizer model = Contract.Fitted(method);
        long rows = 0;
        int kept = -1;
        List<WeakReference> drawn = [];
        foreach (Table chunk in model.SampleChunks(100_000, new Seed(2)))
        {
            rows += chunk.RowCount;
            drawn.Add(new WeakReference(chunk));
            if (drawn.Count != 24)
                continue;
            GC.Collect();
            kept = drawn.Take(20).Count(c => c.IsAlive);
        }

        Assert.Equal(100_000, rows);
        Assert.Equal(0, kept); // of the first twenty chunks, when the 24th is in hand
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cancellation_stops_a_fit_and_progress_is_told(string method)
    {
        Assert.ThrowsAny<OperationCanceledException>(() => Contract.Fit(method, ContractTables.Mixed(), cancellation: new CancellationToken(canceled: true)));
        Recorder progress = new();
        Contract.Fit(method, ContractTables.Mixed(60), progress: progress);
        Assert.NotEmpty(progress.Seen);
        Assert.All(progress.Seen, p => Assert.True(p.Total == 0 || p.Done <= p.Total));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cohort_or_an_empty_table_is_refused_with_a_reason(string method)
    {
        Table none = Contract.Head(ContractTables.Mixed(), 0);
        Assert.Contains("no row", Assert.Throws<SynthesisException>(() => Contract.Fit(method, none)).Message);
        Table names = ContractTables.Mixed().Where(c => c.Name == "name");
        Assert.Contains("no column", Assert.Throws<SynthesisException>(() => Contract.Fit(method, names)).Message);
    }

    private sealed class Recorder : IProgress<FitProgress>
    {
        public List<FitProgress> Seen { get; } = [];

        public void Report(FitProgress value) => Seen.Add(value);
    }
}

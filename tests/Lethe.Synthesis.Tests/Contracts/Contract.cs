using System.Collections.Concurrent;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Registry;
using KnownMethods = Lethe.Synthesis.Registry.Methods;

namespace Lethe.Synthesis.Tests.Contracts;

/// <summary>What the contract tests share: every registered method, fitted once to the mixed table.</summary>
internal static class Contract
{
    /// <summary>Settings that make slow methods quick; contracts hold whatever the quality of the fit.</summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Quick = new()
    {
        ["gan"] = new() { ["steps"] = "120", ["generator"] = "32,32", ["discriminator"] = "32", ["score-every"] = "50" },
        ["ctgan"] = new() { ["epochs"] = "40", ["generator"] = "32,32", ["critic"] = "32", ["score-every"] = "50" },
    };

    private static readonly ConcurrentDictionary<string, Lazy<FittedTableSynthesizer>> MixedFits = new();

    public static TheoryData<string> Methods => [.. KnownMethods.ForTables.Select(m => m.Descriptor.Name)];

    public static TheoryData<string> Saveable => [.. KnownMethods.ForTables.Select(m => m.Descriptor.Name).Where(name => name != "copy")];

    public static ISynthesizer Create(string method) => KnownMethods.Get(method).Create(Quick.GetValueOrDefault(method) ?? []);

    public static FittedTableSynthesizer Fit(string method, Table table, ulong seed = 1, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        Assert.IsAssignableFrom<FittedTableSynthesizer>(Create(method).Fit(table, new FitContext { Seed = new Seed(seed), Progress = progress, Cancellation = cancellation }));

    public static FittedTableSynthesizer Fitted(string method) =>
        MixedFits.GetOrAdd(method, m => new Lazy<FittedTableSynthesizer>(() => Fit(m, ContractTables.Mixed()))).Value;

    public static byte[] Bytes(FittedSynthesizer model)
    {
        using MemoryStream stream = new();
        ModelFile.Write(model, stream);
        return stream.ToArray();
    }

    public static FittedTableSynthesizer Reload(FittedSynthesizer model) =>
        Assert.IsAssignableFrom<FittedTableSynthesizer>(ModelFile.Read(new MemoryStream(Bytes(model))));

    public static void AssertEqual(Table expected, Table actual)
    {
        Assert.Equal(expected.RowCount, actual.RowCount);
        Assert.Equal(expected.Columns.Select(c => c.Name), actual.Columns.Select(c => c.Name));
        for (int j = 0; j < expected.Columns.Count; j++)
        {
            if (expected.Columns[j] is NumericColumn numbers)
                Assert.Equal(numbers.Values.ToArray().Select(BitConverter.DoubleToInt64Bits), ((NumericColumn)actual.Columns[j]).Values.ToArray().Select(BitConverter.DoubleToInt64Bits));
            else
                Assert.Equal(((DiscreteColumn)expected.Columns[j]).Codes.ToArray(), ((DiscreteColumn)actual.Columns[j]).Codes.ToArray());
        }
    }

    public static Table Head(Table table, int rows) => table.Take([.. Enumerable.Range(0, rows)]);
}

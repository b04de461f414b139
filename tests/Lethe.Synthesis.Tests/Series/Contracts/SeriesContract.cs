using System.Collections.Concurrent;
using Lethe.Data.Cohorts;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Tests.Contracts;
using KnownMethods = Lethe.Synthesis.Registry.Methods;

namespace Lethe.Synthesis.Tests.Series.Contracts;

/// <summary>What the contract tests of methods for time series share: every registered one, fitted once to the mixed cohort.</summary>
internal static class SeriesContract
{
    /// <summary>Settings that make slow methods quick; contracts hold whatever the quality of the fit.</summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Quick = new()
    {
        ["timegan"] = new() { ["hidden"] = "6", ["layers"] = "2", ["embedding-steps"] = "20", ["supervised-steps"] = "10", ["joint-steps"] = "20", ["batch-size"] = "16" },
        ["diffusion-ts"] = new() { ["width"] = "8", ["heads"] = "2", ["steps"] = "40", ["batch-size"] = "16", ["diffusion-steps"] = "20", ["sampling-steps"] = "5" },
        ["halo"] = new() { ["width"] = "16", ["blocks"] = "1", ["heads"] = "2", ["bins"] = "8", ["epochs"] = "12", ["batch-size"] = "16" },
        ["kovae"] = new() { ["hidden"] = "6", ["layers"] = "1", ["latent"] = "4", ["epochs"] = "12", ["batch-size"] = "16" },
        ["rcgan"] = new() { ["steps"] = "12", ["batch-size"] = "16", ["hidden"] = "12" },
        ["ghosts"] = new() { ["steps"] = "20", ["batch-size"] = "16", ["attribute-hidden"] = "16", ["lstm-hidden"] = "16", ["critic-hidden"] = "16" },
    };

    private static readonly ConcurrentDictionary<string, Lazy<FittedCohortSynthesizer>> MixedFits = new();

    public static TheoryData<string> Methods => [.. KnownMethods.ForCohorts.Select(m => m.Descriptor.Name)];

    /// <summary>A control that holds training stays has no model file.</summary>
    public static TheoryData<string> Saveable => [.. KnownMethods.ForCohorts.Select(m => m.Descriptor.Name).Where(name => name is not ("copy-series" or "block-bootstrap"))];

    public static ISynthesizer Create(string method) => KnownMethods.Get(method).Create(Quick.GetValueOrDefault(method) ?? []);

    public static FittedCohortSynthesizer Fit(string method, Cohort cohort, FitContext? context = null) =>
        Assert.IsAssignableFrom<FittedCohortSynthesizer>(Create(method).Fit(cohort, context ?? new FitContext { Seed = new Seed(1) }));

    public static FittedCohortSynthesizer Fitted(string method) =>
        MixedFits.GetOrAdd(method, m => new Lazy<FittedCohortSynthesizer>(() => Fit(m, ContractCohorts.Mixed()))).Value;

    public static FittedCohortSynthesizer Reload(FittedSynthesizer model) =>
        Assert.IsAssignableFrom<FittedCohortSynthesizer>(ModelFile.Read(new MemoryStream(Contract.Bytes(model))));

    public static void AssertEqual(Cohort expected, Cohort actual)
    {
        Assert.Equal(expected.Statics.Columns.Select(c => c.Name), actual.Statics.Columns.Select(c => c.Name));
        for (int j = 0; j < expected.Statics.Columns.Count; j++)
            Assert.Equal(Texts(expected, j), Texts(actual, j));
        Assert.Equal(expected.Offsets.ToArray(), actual.Offsets.ToArray());
        Assert.Equal(expected.ChannelOfEvent.ToArray(), actual.ChannelOfEvent.ToArray());
        Assert.Equal(expected.Times.ToArray().Select(BitConverter.SingleToInt32Bits), actual.Times.ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(expected.Values.ToArray().Select(BitConverter.SingleToInt32Bits), actual.Values.ToArray().Select(BitConverter.SingleToInt32Bits));
    }

    public static Cohort Head(Cohort cohort, int stays) => cohort.Take([.. Enumerable.Range(0, stays)]);

    private static IEnumerable<string?> Texts(Cohort cohort, int column) => Enumerable.Range(0, cohort.Count).Select(i => cohort.Statics.Columns[column].Format(i));
}

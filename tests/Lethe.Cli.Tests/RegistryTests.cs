using System.Text.Json;
using Lethe.Audit.Attacks;
using Lethe.Data.Catalogue;
using Lethe.Evaluation.Metrics;
using Lethe.Synthesis.Registry;

namespace Lethe.Cli.Tests;

public sealed class RegistryTests
{
    [Theory]
    [InlineData("methods")]
    [InlineData("attacks")]
    [InlineData("metrics")]
    [InlineData("datasets")]
    public async Task WhatIsListedCanBeDescribedInTextAndJson(string what)
    {
        (int code, string json, _) = await InProcess.RunAsync("list", what, "--json");
        Assert.Equal(0, code);
        string[] names = [.. JsonDocument.Parse(json).RootElement.EnumerateArray().Select(e => e.GetProperty("name").GetString()!)];
        Assert.Equal(Known(what), names);
        string table = (await InProcess.RunAsync("list", what)).Out;
        foreach (string name in names)
        {
            Assert.Contains(name, table, StringComparison.Ordinal);
            Assert.Equal(0, (await InProcess.RunAsync("describe", name)).ExitCode);
        }
    }

    [Fact]
    public async Task AMethodIsDescribedWithEveryOption()
    {
        foreach (MethodRegistration method in Methods.All)
        {
            JsonElement json = JsonDocument.Parse((await InProcess.RunAsync("describe", method.Descriptor.Name, "--json")).Out).RootElement;
            Assert.Equal(method.Options.Select(o => o.Name), json.GetProperty("options").EnumerateArray().Select(o => o.GetProperty("name").GetString()));
        }
    }

    private static IEnumerable<string> Known(string what) => what switch
    {
        "methods" => Methods.All.Select(m => m.Descriptor.Name),
        "attacks" => AttackRegistry.All.Select(a => a.Descriptor.Name),
        "metrics" => FidelityMetrics.All.Select(m => m.Descriptor.Name),
        _ => DatasetCatalogue.Default.Entries.Select(e => e.Id),
    };
}

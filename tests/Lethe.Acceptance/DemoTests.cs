namespace Lethe.Acceptance;

public sealed class DemoTests
{
    [Fact]
    public void TheDemonstrationNeedsNoDataAndNoNetworkAndNamesItsReport()
    {
        using TemporaryFolder folder = new();
        LetheProcess.Result demo = LetheProcess.Run(folder.Path, "demo");
        Assert.True(demo.ExitCode is 0 or 4, demo.Error);
        string report = folder["runs", "demo", "report.html"];
        Assert.True(File.Exists(report));
        Assert.Contains("simulates", demo.Error, StringComparison.Ordinal);
        Assert.EndsWith($"Open {report} in a browser.", demo.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("simulated", File.ReadAllText(report), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void EveryVerbTeachesByTwoExamplesAndTheRootListsTheExitCodes()
    {
        using TemporaryFolder folder = new();
        string root = LetheProcess.Run(folder.Path, "--help").Expect(0).Out;
        foreach (string code in (string[])["  0  ", "  1  ", "  2  ", "  3  ", "  4  ", "  5  ", "130  "])
            Assert.Contains(code, root, StringComparison.Ordinal);
        foreach (string verb in (string[])["demo", "run", "fit", "sample", "evaluate", "audit", "report", "data", "schema", "list", "describe", "inspect", "data list", "data get", "data describe", "data simulate", "schema infer", "schema check"])
        {
            string help = LetheProcess.Run(folder.Path, [.. verb.Split(' '), "--help"]).Expect(0).Out;
            string examples = help[help.IndexOf("Examples:", StringComparison.Ordinal)..];
            Assert.True(examples.Split($"  lethe {verb}").Length > 2 || verb is "data" or "schema", $"{verb} has fewer than two examples");
        }
    }
}

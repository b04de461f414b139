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
}

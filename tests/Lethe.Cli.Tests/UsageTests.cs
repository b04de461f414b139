namespace Lethe.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("no-such-verb")]
    [InlineData("run")]
    [InlineData("run", "no-such-file.csv")]
    [InlineData("run", "simulated-heart-clinic", "--method", "no-such-method")]
    [InlineData("run", "simulated-heart-clinic", "--set", "splitt.train=0.5")]
    [InlineData("run", "simulated-heart-clinic", "--set", "split.train=1.5")]
    [InlineData("run", "simulated-heart-clinic", "--option", "epochs")]
    [InlineData("run", "simulated-heart-clinic", "--gate", "auc<0.6")]
    [InlineData("run", "simulated-heart-clinic", "--skip", "everything")]
    [InlineData("run", "simulated-heart-clinic", "--rows", "many")]
    [InlineData("run", "simulated-heart-clinic", "--set", "privacy.epsilon=3")]
    [InlineData("run", "--config", "no-such-file.yaml")]
    [InlineData("fit", "no-such-file.csv", "--out", "m.lethe")]
    [InlineData("fit", "train.csv")]
    [InlineData("sample", "no-such-model.lethe", "--rows", "5")]
    [InlineData("sample", "no-such-model.lethe", "--rows", "-5")]
    [InlineData("audit", "--train", "a.csv", "--synthetic", "b.csv")]
    [InlineData("evaluate", "--train", "a.csv")]
    [InlineData("report", "no-such-folder")]
    [InlineData("inspect", "no-such-model.lethe")]
    [InlineData("list", "nonsense")]
    [InlineData("describe", "nonsense")]
    [InlineData("schema", "infer", "no-such-file.csv")]
    [InlineData("data", "get", "nonsense")]
    [InlineData("run", "simulated-heart-clinic", "--target", "nonsense")]
    [InlineData("data", "simulate", "heart-cleveland", "--out", "x.csv")]
    [InlineData("--threads", "0", "list", "methods")]
    public async Task WrongUsageGivesTwoAndAMessage(params string[] arguments)
    {
        (int code, string output, string error) = await InProcess.RunAsync(arguments);
        Assert.True(code == 2, $"exit code {code}: {error}");
        Assert.NotEmpty(error);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Fact]
    public async Task ANearNameIsSuggested()
    {
        Assert.Contains("'gan-leaks'", (await InProcess.RunAsync("describe", "gan-leak")).Error, StringComparison.Ordinal);
        Assert.Contains("'gaussian-copula'", (await InProcess.RunAsync("run", "simulated-heart-clinic", "--method", "gausian-copula")).Error, StringComparison.Ordinal);
        Assert.Contains("'heart-cleveland'", (await InProcess.RunAsync("run", "heart-clevland")).Error, StringComparison.Ordinal);
    }
}

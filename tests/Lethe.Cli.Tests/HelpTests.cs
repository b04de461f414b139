using System.CommandLine;
using Lethe.Cli.Commands;
using Lethe.Cli.Help;
using Lethe.Cli.Terminal;

namespace Lethe.Cli.Tests;

public sealed class HelpTests
{
    private static readonly RootCommand Root = LetheCommand.Create(new CommandHost(Streams.OfProcess(), CancellationToken.None));

    private static IEnumerable<(string Path, Command Command)> Verbs => Of("lethe", Root);

    [Fact]
    public void EveryVerbTeachesByTwoExamplesOfItsOwn()
    {
        foreach ((string path, Command command) in Verbs)
        {
            Verb verb = Assert.IsType<Verb>(command);
            Assert.True(verb.Examples.Count >= 2, $"{path} has fewer than two examples");
            Assert.All(verb.Examples, e => Assert.StartsWith(path + " ", e.Line + " ", StringComparison.Ordinal));
        }
    }

    /// <summary>An example whose options do not exist teaches nothing.</summary>
    [Fact]
    public void EveryExampleParses()
    {
        foreach (Example example in Verbs.SelectMany(v => ((Verb)v.Command).Examples))
            Assert.Empty(Root.Parse(example.Line["lethe ".Length..]).Errors.Select(e => $"{example.Line}: {e.Message}"));
    }

    [Fact]
    public async Task TheRootListsTheExitCodesAndAVerbItsExamples()
    {
        (int code, string help, _) = await InProcess.RunAsync("--help");
        Assert.Equal(0, code);
        foreach ((int exit, string meaning) in ExitCode.All)
            Assert.Contains($"{exit,3}  {meaning}", help, StringComparison.Ordinal);
        Assert.Contains("Examples:", (await InProcess.RunAsync("run", "--help")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void TheDocumentationNamesEveryVerbOptionOfRunAndExitCode()
    {
        string page = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "docs", "command-line.md"));
        foreach ((string path, _) in Verbs.Where(v => v.Path.Count(c => c == ' ') == 1))
            Assert.Contains($"`{path}", page, StringComparison.Ordinal);
        foreach (Option option in Verbs.Single(v => v.Path == "lethe run").Command.Options)
            Assert.True(page.Contains(option.Name, StringComparison.Ordinal), $"docs/command-line.md does not mention {option.Name}");
        foreach ((int exit, string meaning) in ExitCode.All)
            Assert.Contains($"| {exit} | {meaning} |", page, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Path, Command Command)> Of(string path, Command command) =>
        command.Subcommands.SelectMany(c => Of($"{path} {c.Name}", c).Prepend(($"{path} {c.Name}", c)));
}

using System.CommandLine;

namespace Lethe.Cli.Terminal;

/// <summary>Options that every verb has.</summary>
internal static class CommonOptions
{
    public static Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Say nothing but results and errors.", Recursive = true };

    public static Option<bool> NoColor { get; } = new("--no-color") { Description = "Plain text without colours; also by the environment variable NO_COLOR.", Recursive = true };

    public static Option<int?> Threads { get; } = Positive(new("--threads") { Description = "Most threads to compute with. Never changes a result. [default: all]", HelpName = "N", Recursive = true });

    /// <summary>Results as JSON on standard output; verbs that write a document have their own.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "The result as JSON on standard output; progress as JSON lines on standard error." };

    private static Option<int?> Positive(Option<int?> option)
    {
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) is < 1)
                result.AddError("--threads must be at least 1.");
        });
        return option;
    }
}

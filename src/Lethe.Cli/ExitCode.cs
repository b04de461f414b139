namespace Lethe.Cli;

/// <summary>What the exit codes of <c>lethe</c> mean; documented in <c>--help</c> and docs/command-line.md.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Data = 3;
    public const int GateMissed = 4;
    public const int BudgetExceeded = 5;
    public const int Interrupted = 130;

    /// <summary>Code and meaning, for help texts.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Done, "done"),
        (Failed, "unexpected failure"),
        (Usage, "wrong usage or configuration"),
        (Data, "the data do not fit the schema, or cannot be read"),
        (GateMissed, "finished, but a gate was not met (audit, utility, or a collapse check)"),
        (BudgetExceeded, "the privacy budget would be exceeded; nothing was released"),
        (Interrupted, "interrupted; can be resumed"),
    ];
}

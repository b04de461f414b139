namespace Lethe.Results;

/// <summary>How the synthetic data were made.</summary>
public sealed record MethodSection
{
    /// <summary>The generator; null when the synthetic file came from elsewhere.</summary>
    public Descriptor? Method { get; init; }

    /// <summary>Every option with its resolved value.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Deviations from the paper, one sentence each.</summary>
    public IReadOnlyList<string> Deviations { get; init; } = [];

    /// <summary>What pre-processing learnt from the data, one sentence each.</summary>
    public IReadOnlyList<string> LearntFromData { get; init; } = [];

    /// <summary>Losses or held-out scores over training; empty for methods without training.</summary>
    public IReadOnlyList<Series> Training { get; init; } = [];

    /// <summary>The scores by which <c>auto</c> chose; null when the method was named.</summary>
    public SelectionTable? Selection { get; init; }

    /// <summary>Collapse checks: which fired and which did not.</summary>
    public IReadOnlyList<Check> CollapseChecks { get; init; } = [];

    /// <summary>Notices about the method for this data, e.g. settings switched by size.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Seconds of fitting.</summary>
    public double FitSeconds { get; init; }

    /// <summary>The formal claim in one sentence, or <c>No formal privacy claim.</c></summary>
    public string PrivacyClaim { get; init; } = "No formal privacy claim.";
}

/// <summary>Candidates of the automatic choice with their scores.</summary>
/// <param name="Criteria">Names of the criteria, in column order.</param>
/// <param name="Rows">One row a candidate, best first.</param>
/// <param name="Rule">The rule in one sentence.</param>
public sealed record SelectionTable(IReadOnlyList<string> Criteria, IReadOnlyList<SelectionRow> Rows, string Rule);

/// <summary>One candidate of the automatic choice.</summary>
/// <param name="Method">Method name.</param>
/// <param name="Scores">Value per criterion; null when not computed.</param>
/// <param name="MeanRank">Mean rank over the criteria, 1 is best.</param>
/// <param name="Chosen">True for the winner.</param>
public sealed record SelectionRow(string Method, IReadOnlyList<double?> Scores, double MeanRank, bool Chosen);

/// <summary>A check that passed or failed.</summary>
/// <param name="Name">What is checked.</param>
/// <param name="Passed">True when in order.</param>
/// <param name="Detail">The figure and its limit.</param>
public sealed record Check(string Name, bool Passed, string Detail);

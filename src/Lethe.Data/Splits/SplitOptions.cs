namespace Lethe.Data.Splits;

/// <summary>What happens to identical records of different patients.</summary>
public enum DuplicatePolicy
{
    /// <summary>They are split like all others, and a warning counts them.</summary>
    Warn,

    /// <summary>Their patients are put into one group, so that no record of one part stands in another; counted in the warning too.</summary>
    KeepTogether,
}

/// <summary>How a dataset is split into training, holdout and reference patients. Immutable.</summary>
public sealed record SplitOptions
{
    /// <summary>Patients a part. Lower the training share for audits that need many unseen patients.</summary>
    public SplitSizes Sizes { get; init; } = SplitSizes.Default;

    /// <summary>Whether all parts get the target's distribution. Turn off to imitate a purely random draw.</summary>
    public bool Stratify { get; init; } = true;

    /// <summary>Quantile bins of a numeric target, at least 1. More bins match the distributions more finely; each should hold several patients.</summary>
    public int NumericStrata { get; init; } = 5;

    /// <summary>What to do with identical records of different patients. Keep them together where the table was replicated by mistake.</summary>
    public DuplicatePolicy Duplicates { get; init; } = DuplicatePolicy.Warn;
}

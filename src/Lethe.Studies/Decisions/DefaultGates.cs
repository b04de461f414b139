namespace Lethe.Studies.Decisions;

/// <summary>
/// The limits that colour the decision page when the user states none, each with its origin. They colour; only gates that
/// the user states, and collapse checks, decide the exit code.
/// </summary>
internal static class DefaultGates
{
    /// <summary>Loss of AUROC against training on real data up to which synthetic data count as useful: the better generators lost 0.02 or less on four clinical tables.</summary>
    public const double UsefulLoss = 0.02;

    /// <summary>Loss beyond which they do not: no serviceable generator lost more on those tables, collapsed ones lost 0.2 and more.</summary>
    public const double UselessLoss = 0.10;

    /// <summary>Share of the real holdout's bivariate accuracy from which data count as faithful: the better generators reached 0.94 to 0.97 of the copy's figure.</summary>
    public const double FaithfulShare = 0.95;

    /// <summary>Share below which they do not: collapsed generators lay there.</summary>
    public const double UnfaithfulShare = 0.85;

    /// <summary>Where the limits come from, as the decision page names it.</summary>
    public const string Origin = "Lethe's default, see docs/defaults.md";
}

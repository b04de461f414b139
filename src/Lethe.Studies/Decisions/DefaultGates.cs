namespace Lethe.Studies.Decisions;

/// <summary>
/// The limits that colour the decision page when the user states none, each with its origin. They colour; only gates that
/// the user states, and collapse checks, decide the exit code.
/// </summary>
internal static class DefaultGates
{
    /// <summary>Loss of AUROC (or R²) against training on real data up to which synthetic data count as useful: the better generators lost 0.02 or less on four clinical tables.</summary>
    public const double UsefulLoss = 0.02;

    /// <summary>Loss beyond which they do not: no serviceable generator lost more on those tables, collapsed ones lost 0.2 and more.</summary>
    public const double UselessLoss = 0.10;

    /// <summary>
    /// Bivariate accuracy, relative to a fresh real sample, from which data count as faithful. On four clinical tables the
    /// serviceable generators reached 0.93 to 0.97 of what a copy of the real rows reaches, independent columns 0.90.
    /// </summary>
    public const double Faithful = 0.92;

    /// <summary>Relative accuracy below which they do not: a generator trained far too briefly reached 0.75 there.</summary>
    public const double Unfaithful = 0.80;

    /// <summary>Where the limits come from, as the decision page names it.</summary>
    public const string Origin = "Lethe's default, see docs/defaults.md";
}

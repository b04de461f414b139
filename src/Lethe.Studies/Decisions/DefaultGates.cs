using Lethe.Evaluation.Fidelity.Detection;

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
    /// Detection AUC up to which data count as faithful: on four clinical tables the better generators stayed at 0.65 or below on
    /// average, independent columns lay between 0.69 and 0.98.
    /// </summary>
    public const double Detectable = 0.65;

    /// <summary>Detection AUC below which data do not count as faithful without a word about copies.</summary>
    public const double Copied = ClassifierTwoSampleTest.LikelyCopies;

    /// <summary>Detection AUC beyond which they do not: networks trained too briefly and independent columns lay there.</summary>
    public const double Obvious = 0.90;

    /// <summary>Relative bivariate accuracy that data need to count as faithful; a generator trained far too briefly reached 0.75.</summary>
    public const double PairsAgree = 0.92;

    /// <summary>Relative bivariate accuracy below which they do not.</summary>
    public const double PairsDiffer = 0.80;

    /// <summary>Discriminative score of courses up to which they count as faithful: the accuracy that <see cref="Detectable"/> is for tables.</summary>
    public const double CoursesDetectable = 0.15;

    /// <summary>Discriminative score of courses beyond which they do not: the accuracy that <see cref="Obvious"/> is for tables.</summary>
    public const double CoursesObvious = 0.40;

    /// <summary>Where the limits come from, as the decision page names it.</summary>
    public const string Origin = "Lethe's default, see docs/defaults.md";
}

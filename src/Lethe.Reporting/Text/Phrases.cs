using System.Text.RegularExpressions;
using Lethe.Results;

namespace Lethe.Reporting.Text;

/// <summary>
/// The sentences that reports make from figures. A finding is always bound to the attacks, the knowledge and the data; a
/// result near blind guessing is "not detected by this attack at this power", nothing stronger.
/// </summary>
internal static partial class Phrases
{
    public const string NotDetected = "not detected by this attack at this power";

    /// <summary>The value with its interval, or why there is none.</summary>
    public static string ValueWithInterval(Measure measure)
    {
        if (measure.Value is not { } value)
            return NotComputed(measure.NotComputedBecause);
        return measure.Interval is { } interval
            ? $"{Figures.Number(value)} {Figures.Range(interval)}"
            : Figures.Number(value);
    }

    /// <summary>"not computed, because …" with exactly one full stop less than a sentence.</summary>
    public static string NotComputed(string? reason) =>
        reason is null ? "not computed, because no reason was recorded" : "not computed, because " + Trimmed(reason);

    /// <summary>Confidence level of an interval in words, e.g. <c>95 % interval (Wilson)</c>.</summary>
    public static string Level(Interval interval) => $"{Figures.Percent(interval.Level)} interval, {interval.Method}";

    /// <summary>What an attack's figure says against blind guessing.</summary>
    public static string AgainstGuessing(Measure measure)
    {
        if (measure.Value is not { } value)
            return NotComputed(measure.NotComputedBecause);
        if (measure.Ideal is not { } ideal)
            return "no value of blind guessing to compare with";
        double lower = measure.Interval?.Lower ?? double.NegativeInfinity, upper = measure.Interval?.Upper ?? double.PositiveInfinity;
        bool lowerIsWorse = measure.Direction == Direction.Higher;
        if (measure.Interval is null)
        {
            // Without an interval nothing is established; a distance beyond 0.05 is still said plainly.
            return Math.Abs(value - ideal) <= 0.05 ? NotDetected : $"{(value > ideal ? "above" : "below")} blind guessing, without an interval";
        }

        if (lower > ideal)
            return lowerIsWorse ? NotDetected : "detected: better than blind guessing";
        if (upper < ideal)
            return lowerIsWorse ? "detected: better than blind guessing" : "below blind guessing: a leak may be readable backwards";
        return NotDetected;
    }

    /// <summary>The word of a traffic light; the answer's sentence carries the meaning.</summary>
    public static string StatusWord(Status status) => status switch
    {
        Status.Green => "Gate met",
        Status.Amber => "Close to the gate",
        Status.Red => "Gate missed",
        _ => "Not decided",
    };

    /// <summary>The word for the question on privacy: a met gate speaks of the attacks, not of the file.</summary>
    public static string PrivacyStatusWord(Status status) => status == Status.Green ? "No attack beyond its gate" : StatusWord(status);

    /// <summary>Mark beside the status word, so that shape carries it too.</summary>
    public static string StatusMark(Status status) => status switch
    {
        Status.Green => "●",
        Status.Amber => "▲",
        Status.Red => "■",
        _ => "○",
    };

    /// <summary>Style class of a status.</summary>
    public static string StatusClass(Status status) => status switch
    {
        Status.Green => "green",
        Status.Amber => "amber",
        Status.Red => "red",
        _ => "grey",
    };

    /// <summary>Which way is better, in words.</summary>
    public static string DirectionWord(Direction direction) => direction switch
    {
        Direction.Higher => "higher is better",
        Direction.Lower => "lower is better",
        Direction.Ideal => "closer to the ideal is better",
        _ => "descriptive",
    };

    /// <summary>Name of an edition.</summary>
    public static string EditionName(ReportEdition edition) => edition == ReportEdition.Release ? "Release edition" : "Internal edition";

    /// <summary>What an edition means for the reader.</summary>
    public static string EditionMeaning(ReportEdition edition) => edition == ReportEdition.Release
        ? "No real rows, no extremes, no cells under 10, rounded rates, no figures of single patients."
        : "Computed from real patients: stays inside the institution.";

    /// <summary>The highest certainty about participation that ε allows, from even odds: e^ε/(1+e^ε).</summary>
    public static string EpsilonMeaning(double epsilon, double delta)
    {
        string rise = Figures.Percent(1 / (1 + Math.Exp(-epsilon)));
        string text = $"Someone who is 50 % certain that a given patient took part can become at most {rise} certain by seeing the output" +
            (delta > 0 ? $", except with a probability of about {Figures.Number(delta)} (δ)." : ".");
        return epsilon >= 8 ? text + " This is no meaningful formal limit." : text;
    }

    /// <summary>A sentence with its first letter in upper case and a full stop.</summary>
    public static string Sentence(string text)
    {
        string trimmed = Trimmed(text);
        return trimmed.Length == 0 ? "" : char.ToUpperInvariant(trimmed[0]) + trimmed[1..] + ".";
    }

    /// <summary>A name inside a sentence: a small first letter unless it begins an abbreviation.</summary>
    public static string Inner(string name) =>
        name.Length > 1 && char.IsUpper(name[0]) && char.IsLower(name[1]) ? char.ToLowerInvariant(name[0]) + name[1..] : name;

    /// <summary>"a, b and c".</summary>
    public static string List(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => string.Join(", ", items.Take(items.Count - 1)) + " and " + items[^1],
    };

    /// <summary>"1 row", "2 rows".</summary>
    public static string Plural(long count, string one, string? many = null) => $"{Figures.Count(count)} {(count == 1 ? one : many ?? one + "s")}";

    // A percentage stays on one line; a hyphen before a figure is a minus.
    private static string Trimmed(string text) => HyphenMinus().Replace(text.Trim().TrimEnd('.').Replace(" %", "\u00a0%", StringComparison.Ordinal), "−");

    [GeneratedRegex(@"(?<=^|[\s\[(])-(?=[0-9])")]
    private static partial Regex HyphenMinus();
}

using Lethe.Results;

namespace Lethe.Evaluation.Metrics;

/// <summary>The usual shapes of a figure. A value that is NaN becomes "not computed, because …".</summary>
internal static class Figures
{
    /// <summary>A score in [0, 1], larger is better.</summary>
    public static Measure Score(string id, string name, double value, string undefined, string? subject = null, string? note = null) => Make(
        new Measure { Id = id, Name = name, Direction = Direction.Higher, Ideal = 1, Minimum = 0, Maximum = 1, Subject = subject, Note = note }, value, undefined);

    /// <summary>A distance ≥ 0, smaller is better.</summary>
    public static Measure Distance(string id, string name, double value, string undefined, double? maximum = null, string? subject = null, string? note = null) => Make(
        new Measure { Id = id, Name = name, Direction = Direction.Lower, Ideal = 0, Minimum = 0, Maximum = maximum, Subject = subject, Note = note }, value, undefined);

    /// <summary>A figure whose best value lies inside its range.</summary>
    public static Measure Near(
        string id, string name, double value, double ideal, string undefined, double? minimum = null, double? maximum = null, string? subject = null, string? note = null) => Make(
        new Measure { Id = id, Name = name, Direction = Direction.Ideal, Ideal = ideal, Minimum = minimum, Maximum = maximum, Subject = subject, Note = note }, value, undefined);

    /// <summary>A figure that neither way is better.</summary>
    public static Measure Plain(string id, string name, double value, string undefined, string? subject = null, string? note = null) => Make(
        new Measure { Id = id, Name = name, Subject = subject, Note = note }, value, undefined);

    public static Measure Make(Measure shape, double value, string undefined) =>
        double.IsNaN(value) || double.IsInfinity(value) ? shape with { NotComputedBecause = undefined } : shape with { Value = value };
}

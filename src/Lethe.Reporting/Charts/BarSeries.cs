namespace Lethe.Reporting.Charts;

/// <summary>One bar per group.</summary>
/// <param name="Name">Legend text.</param>
/// <param name="Tone">Whose bars they are.</param>
/// <param name="Values">Length per group, zero or more.</param>
public sealed record BarSeries(string Name, Tone Tone, IReadOnlyList<double> Values);

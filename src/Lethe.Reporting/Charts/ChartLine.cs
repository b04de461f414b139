using Lethe.Results;

namespace Lethe.Reporting.Charts;

/// <summary>A series with the tone it is drawn in.</summary>
/// <param name="Series">Points in drawing order.</param>
/// <param name="Tone">Whose it is.</param>
public sealed record ChartLine(Series Series, Tone Tone);

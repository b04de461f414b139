namespace Lethe.Results;

/// <summary>A named line of points, e.g. a loss over steps or an ROC curve.</summary>
/// <param name="Name">Legend text.</param>
/// <param name="X">Horizontal positions.</param>
/// <param name="Y">Vertical positions, as many as <paramref name="X"/>.</param>
public sealed record Series(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y);

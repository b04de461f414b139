namespace Lethe.Synthesis.Series.Encoding;

/// <summary>How stays are laid on the grid that a network learns.</summary>
/// <param name="BinHours">Width of a step in hours, above 0.</param>
/// <param name="Steps">Number of steps; null: as many as the training events need, at most <see cref="SeriesEncoder.MostSteps"/>.</param>
/// <param name="Scaling">How readings are brought to [0, 1].</param>
public sealed record SeriesGridOptions(double BinHours = 1, int? Steps = null, SeriesScaling Scaling = SeriesScaling.Auto);

namespace Lethe.Synthesis.Series.Halo;

/// <summary>Codes of a row of which at most one is 1: a static column, the time gap, a channel, or whether the record ends.</summary>
/// <param name="First">First code.</param>
/// <param name="Width">Number of codes.</param>
internal readonly record struct CodeGroup(int First, int Width);

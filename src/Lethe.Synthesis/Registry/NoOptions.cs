namespace Lethe.Synthesis.Registry;

/// <summary>The options of a method that has none.</summary>
public sealed record NoOptions;

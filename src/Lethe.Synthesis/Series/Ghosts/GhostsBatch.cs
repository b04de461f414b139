using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>What the generator gives for a batch of B stays.</summary>
/// <param name="Row">What the critic sees, [B, T·W + A].</param>
/// <param name="Attributes">The attributes alone, [B, A]; null when there are none.</param>
/// <param name="Gaps">δ of valid steps, else 0, [B, T, 1].</param>
/// <param name="Readings">Scaled readings of numeric channels, not cut to [0, 1], [B, T, C]; null without numeric channels.</param>
/// <param name="Masks">Drawn masks, 0 beyond a stay's end, [B, T, F]; null when everything is observed.</param>
/// <param name="Lengths">Valid steps of each stay.</param>
internal sealed record GhostsBatch(Tensor Row, Tensor? Attributes, Tensor Gaps, Tensor? Readings, Tensor? Masks, int[] Lengths);

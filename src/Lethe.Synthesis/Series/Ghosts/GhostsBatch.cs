using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>What the generator gives for a batch of B stays.</summary>
/// <param name="Row">What the critic sees, [B, T·W + A].</param>
/// <param name="Attributes">The attributes alone, [B, A]; null when there are none.</param>
/// <param name="Gaps">δ of valid steps, else 0, [B, T, 1].</param>
/// <param name="Readings">Scaled readings of numeric channels, not cut to [0, 1], [B, T, C]; null without numeric channels.</param>
/// <param name="Masks">Drawn masks, 0 beyond a stay's end, [B, T, F]; null when everything is observed.</param>
/// <param name="Lengths">Valid steps of each stay.</param>
/// <param name="Before">See <see cref="ReadingsBefore"/>.</param>
internal sealed record GhostsBatch(Tensor Row, Tensor? Attributes, Tensor Gaps, Tensor? Readings, Tensor? Masks, int[] Lengths, int[] Before)
{
    /// <summary>For every cell of [B, T, C] the cell of the channel's observed reading before it; −1 for the first one and where nothing is observed.</summary>
    public static int[] ReadingsBefore(Tensor? masks, int[] lengths, int steps, int numbers)
    {
        int[] before = new int[lengths.Length * steps * numbers];
        Array.Fill(before, -1);
        int width = masks?.Shape.Columns ?? 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            for (int j = 0; j < numbers; j++)
            {
                int latest = -1;
                for (int t = 0; t < lengths[i]; t++)
                {
                    int row = (i * steps) + t, at = (row * numbers) + j;
                    if (masks is not null && masks.Values[(row * width) + j] == 0)
                        continue;
                    (before[at], latest) = (latest, at);
                }
            }
        }

        return before;
    }
}

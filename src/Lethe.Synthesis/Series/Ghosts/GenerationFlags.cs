namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>
/// The generation flag of DoppelGANger (Lin et al. 2020): two classes a step, [1, 0] "the series goes on", [0, 1] "this is the
/// last step", [0, 0] padding. Steps come in blocks of S; the block with the last step holds [0, 1] from there to its end.
/// </summary>
internal static class GenerationFlags
{
    /// <summary>The flag of one step of a series of <paramref name="length"/> ≥ 1 steps.</summary>
    public static (float Goes, float Ends) Of(int step, int length, int block)
    {
        int last = length - 1;
        return step < last ? (1, 0) : step / block == last / block ? (0, 1) : (0, 0);
    }

    /// <summary>Number of steps that are alive: the step of the first flag that is not "goes on" is the last one.</summary>
    /// <param name="goes">Scores of "goes on", by step.</param>
    /// <param name="ends">Scores of "ends", by step; a tie goes on.</param>
    public static int Length(ReadOnlySpan<float> goes, ReadOnlySpan<float> ends)
    {
        for (int step = 0; step < goes.Length; step++)
        {
            if (ends[step] > goes[step])
                return step + 1;
        }

        return goes.Length;
    }

    /// <summary>First step after the block that holds the last step: there flags are padding.</summary>
    public static int PaddingFrom(int length, int block) => (length + block - 1) / block * block;
}

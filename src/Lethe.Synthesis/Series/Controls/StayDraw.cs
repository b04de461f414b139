using Lethe.Data.Cohorts;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;

namespace Lethe.Synthesis.Series.Controls;

/// <summary>Training stays drawn by controls that copy.</summary>
internal static class StayDraw
{
    /// <summary>Positions of stays that meet the conditions, each draw from all of them.</summary>
    /// <exception cref="SynthesisException">No training stay meets the conditions.</exception>
    public static int[] WithReplacement(Cohort train, int stays, IReadOnlyList<Condition> conditions, RandomStream stream)
    {
        int[] candidates = ChunkedSampling.Matching(train.Statics, conditions);
        if (candidates.Length == 0)
            throw new SynthesisException("No training stay meets the conditions; widen them.");
        int[] drawn = new int[stays];
        for (int i = 0; i < stays; i++)
            drawn[i] = candidates[stream.NextInt(candidates.Length)];
        return drawn;
    }
}

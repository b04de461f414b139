namespace Lethe.Synthesis.Tabular.BayesianNetwork;

/// <summary>Parent configurations as numbers: mixed radix over the parents' states.</summary>
internal static class ParentConfigurations
{
    /// <summary>False when there are more configurations than numbers: no table of patients could fill a fraction of them.</summary>
    public static bool Fit(int[] sizes, ReadOnlySpan<int> parents)
    {
        double configurations = 1;
        foreach (int parent in parents)
            configurations *= sizes[parent];
        return configurations < long.MaxValue;
    }

    /// <summary>The configuration of every row.</summary>
    public static long[] Keys(int[][] states, int[] sizes, ReadOnlySpan<int> parents)
    {
        long[] keys = new long[states[0].Length];
        foreach (int parent in parents)
        {
            int[] state = states[parent];
            for (int i = 0; i < keys.Length; i++)
                keys[i] = (keys[i] * sizes[parent]) + state[i];
        }

        return keys;
    }
}

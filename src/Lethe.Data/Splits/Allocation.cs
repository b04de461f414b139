using Lethe.Numerics.Randomness;

namespace Lethe.Data.Splits;

/// <summary>Stratified random assignment of groups to parts of given sizes.</summary>
internal static class Allocation
{
    /// <summary>The part of each group; <paramref name="sizes"/> sum to the number of groups.</summary>
    public static int[] Draw(ReadOnlySpan<int> strata, ReadOnlySpan<int> sizes, RandomStream stream)
    {
        List<int>[] members = Members(strata);
        int[,] counts = ControlledRounding.Draw(members.Select(m => m.Count).ToArray(), sizes, stream);

        int[] partOfGroup = new int[strata.Length];
        for (int s = 0; s < members.Length; s++)
        {
            int[] shuffled = [.. members[s]];
            stream.Shuffle<int>(shuffled);
            int next = 0;
            for (int part = 0; part < sizes.Length; part++)
            {
                for (int k = 0; k < counts[s, part]; k++)
                    partOfGroup[shuffled[next++]] = part;
            }
        }

        return partOfGroup;
    }

    /// <summary>Groups by stratum, strata ascending by number (numbers need not be dense).</summary>
    private static List<int>[] Members(ReadOnlySpan<int> strata)
    {
        SortedDictionary<int, List<int>> members = [];
        for (int g = 0; g < strata.Length; g++)
        {
            if (!members.TryGetValue(strata[g], out List<int>? list))
                members.Add(strata[g], list = []);
            list.Add(g);
        }

        return [.. members.Values];
    }
}

using Lethe.Evaluation.Tables;

namespace Lethe.Evaluation.Plausibility;

/// <summary>
/// Rows with a pair of labels that the real table never shows although independence would let expect it: a combination that is probably
/// impossible, or at least unheard of.
/// </summary>
public static class ImplausiblePairs
{
    /// <summary>A pair counts when its real count is 0 and its expected count under independence is at least this.</summary>
    public const double LeastExpected = 5;

    /// <summary>Number of rows of the other table with at least one such pair.</summary>
    public static int Count(IReadOnlyList<LabelledColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
            return 0;
        bool[] implausible = new bool[columns[0].Other.Length];
        for (int a = 0; a < columns.Count; a++)
        {
            for (int b = a + 1; b < columns.Count; b++)
                Mark(columns[a], columns[b], implausible);
        }

        return implausible.Count(i => i);
    }

    private static void Mark(LabelledColumn x, LabelledColumn y, bool[] implausible)
    {
        int[] rowSums = new int[x.Levels], columnSums = new int[y.Levels];
        bool[] seen = new bool[x.Levels * y.Levels];
        for (int i = 0; i < x.Real.Length; i++)
        {
            rowSums[x.Real[i]]++;
            columnSums[y.Real[i]]++;
            seen[(x.Real[i] * y.Levels) + y.Real[i]] = true;
        }

        double n = x.Real.Length;
        for (int i = 0; i < implausible.Length; i++)
        {
            int a = x.Other[i], b = y.Other[i];
            if (!seen[(a * y.Levels) + b] && rowSums[a] * (double)columnSums[b] / n >= LeastExpected)
                implausible[i] = true;
        }
    }
}

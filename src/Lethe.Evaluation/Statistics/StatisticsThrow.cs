using System.Diagnostics.CodeAnalysis;

namespace Lethe.Evaluation.Statistics;

/// <summary>The errors of the statistics, in one cold place.</summary>
internal static class StatisticsThrow
{
    public static void UnlessSameLength(int first, int second)
    {
        if (first != second)
            Lengths(first, second);
    }

    public static void UnlessBinary(ReadOnlySpan<int> labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] is not (0 or 1))
                throw new ArgumentException($"Label {i} is {labels[i]}; a binary figure needs labels 0 and 1. Code the positive class as 1.");
        }
    }

    public static void IfEmpty(int count)
    {
        if (count == 0)
            throw new ArgumentException("There are no values; at least one is needed.");
    }

    [DoesNotReturn]
    private static void Lengths(int first, int second) =>
        throw new ArgumentException($"One vector has {first} values, the other {second}; they must have the same length.");
}

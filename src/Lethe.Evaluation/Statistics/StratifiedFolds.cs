using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Statistics;

/// <summary>Seeded folds and splits that keep the share of every class.</summary>
public static class StratifiedFolds
{
    /// <summary>Fold of each row, 0 … <paramref name="folds"/> − 1: the rows of each class are shuffled and dealt in turn.</summary>
    public static int[] Assign(ReadOnlySpan<int> classes, int folds, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        int[] fold = new int[classes.Length];
        int next = 0;
        foreach (int[] rows in Shuffled(classes, seed))
        {
            foreach (int row in rows)
                fold[row] = next++ % folds;
        }

        return fold;
    }

    /// <summary>Row positions of a split with <paramref name="trainShare"/> of every class in the first part (rounded), both in ascending order.</summary>
    public static (int[] Train, int[] Test) Split(ReadOnlySpan<int> classes, double trainShare, Seed seed)
    {
        List<int> train = [], test = [];
        foreach (int[] rows in Shuffled(classes, seed))
        {
            int first = (int)Math.Round(trainShare * rows.Length);
            train.AddRange(rows[..first]);
            test.AddRange(rows[first..]);
        }

        return ([.. train.Order()], [.. test.Order()]);
    }

    private static List<int[]> Shuffled(ReadOnlySpan<int> classes, Seed seed)
    {
        SortedDictionary<int, List<int>> groups = [];
        for (int i = 0; i < classes.Length; i++)
        {
            if (!groups.TryGetValue(classes[i], out List<int>? rows))
                groups[classes[i]] = rows = [];
            rows.Add(i);
        }

        RandomStream random = seed.Stream("stratified");
        List<int[]> shuffled = [];
        foreach (List<int> rows in groups.Values)
        {
            int[] order = [.. rows];
            random.Shuffle<int>(order);
            shuffled.Add(order);
        }

        return shuffled;
    }
}

using Lethe.Data.Problems;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Splits;

/// <summary>Rows to learn from and rows to test on, both ascending; no patient is in both.</summary>
/// <param name="Train">Rows to learn from.</param>
/// <param name="Test">Rows to test on.</param>
public sealed record TrainTest(int[] Train, int[] Test);

/// <summary>
/// Repeated views of one dataset for evaluation: repeated train/test splits, cross-validation folds, and nested training
/// subsets. All by patient, stratified like <see cref="Split"/>, and repeatable from the seed.
/// </summary>
public static class Resampling
{
    /// <summary>Independent train/test splits, by default ten of 70 % / 30 %.</summary>
    /// <param name="table">The dataset.</param>
    /// <param name="seed">The run's seed; repeat i uses its child <c>repeat</c> number i, so more repeats never change the first ones.</param>
    /// <param name="repeats">Number of splits, at least 1.</param>
    /// <param name="trainFraction">Share of the patients in the training part, in (0, 1).</param>
    /// <exception cref="DataException">LD202: too few patients for both parts to have one.</exception>
    public static IReadOnlyList<TrainTest> Repeat(Table table, Seed seed, int repeats = 10, double trainFraction = 0.7)
    {
        (Grouping groups, int[] strata) = GroupsAndStrata(table);
        return Repeat(groups, strata, seed, repeats, trainFraction);
    }

    /// <summary>Independent train/test splits of groups with one stratum each.</summary>
    /// <exception cref="DataException">LD202: too few patients for both parts to have one.</exception>
    public static IReadOnlyList<TrainTest> Repeat(Grouping groups, ReadOnlySpan<int> strata, Seed seed, int repeats = 10, double trainFraction = 0.7)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        int[] sizes = SplitSizes.Fractions(trainFraction, 1 - trainFraction).Resolve(groups.GroupCount);
        TrainTest[] splits = new TrainTest[repeats];
        for (int i = 0; i < repeats; i++)
        {
            int[] part = Allocation.Draw(strata, sizes, seed.Stream("repeat", i));
            splits[i] = new TrainTest(RowsWhere(groups, part, p => p == 0), RowsWhere(groups, part, p => p == 1));
        }

        return splits;
    }

    /// <summary>Cross-validation: <paramref name="folds"/> splits whose test parts together hold every row exactly once.</summary>
    /// <param name="table">The dataset.</param>
    /// <param name="seed">The run's seed; the draw uses its child <c>folds</c>.</param>
    /// <param name="folds">Number of folds, at least 2.</param>
    /// <exception cref="DataException">LD204: fewer patients than folds.</exception>
    public static IReadOnlyList<TrainTest> Folds(Table table, Seed seed, int folds = 5)
    {
        (Grouping groups, int[] strata) = GroupsAndStrata(table);
        return Folds(groups, strata, seed, folds);
    }

    /// <summary>Cross-validation over groups with one stratum each.</summary>
    /// <exception cref="DataException">LD204: fewer patients than folds.</exception>
    public static IReadOnlyList<TrainTest> Folds(Grouping groups, ReadOnlySpan<int> strata, Seed seed, int folds = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        if (groups.GroupCount < folds)
            throw SplitErrors.TooFewForFolds(groups.GroupCount, folds);

        int[] sizes = new int[folds];
        for (int f = 0; f < folds; f++)
            sizes[f] = (groups.GroupCount / folds) + (f < groups.GroupCount % folds ? 1 : 0);
        int[] foldOfGroup = Allocation.Draw(strata, sizes, seed.Stream("folds"));

        TrainTest[] splits = new TrainTest[folds];
        for (int f = 0; f < folds; f++)
        {
            int fold = f;
            splits[f] = new TrainTest(RowsWhere(groups, foldOfGroup, p => p != fold), RowsWhere(groups, foldOfGroup, p => p == fold));
        }

        return splits;
    }

    /// <summary>
    /// Nested training subsets for learning curves: one set of rows for each size in <paramref name="sizes"/> (patients),
    /// every smaller set inside every larger one, each stratified.
    /// </summary>
    /// <param name="table">The training part.</param>
    /// <param name="seed">The run's seed; the subset of n patients uses its child <c>ladder</c> number n.</param>
    /// <param name="sizes">Numbers of patients, in any order; the result follows that order.</param>
    /// <exception cref="DataException">LD205: a size is below 1 or above the number of patients.</exception>
    public static IReadOnlyList<int[]> Ladder(Table table, Seed seed, params ReadOnlySpan<int> sizes)
    {
        (Grouping groups, int[] strata) = GroupsAndStrata(table);
        return Ladder(groups, strata, seed, sizes);
    }

    /// <summary>Nested training subsets of groups with one stratum each.</summary>
    /// <exception cref="DataException">LD205: a size is below 1 or above the number of patients.</exception>
    public static IReadOnlyList<int[]> Ladder(Grouping groups, ReadOnlySpan<int> strata, Seed seed, params ReadOnlySpan<int> sizes)
    {
        // From the largest down: each subset is a stratified draw from the one above it.
        int[] kept = [.. Enumerable.Range(0, groups.GroupCount)];
        Dictionary<int, int[]> rowsOfSize = [];
        foreach (int size in sizes.ToArray().OrderDescending())
        {
            if (size < 1 || size > groups.GroupCount)
                throw SplitErrors.LadderTooLarge(groups.GroupCount, size);
            int[] keptStrata = new int[kept.Length];
            for (int i = 0; i < kept.Length; i++)
                keptStrata[i] = strata[kept[i]];
            int[] part = Allocation.Draw(keptStrata, [size, kept.Length - size], seed.Stream("ladder", size));
            kept = [.. kept.Where((_, i) => part[i] == 0)];

            int[] inside = new int[groups.GroupCount];
            foreach (int g in kept)
                inside[g] = 1;
            rowsOfSize[size] = RowsWhere(groups, inside, p => p == 1);
        }

        int[][] ladder = new int[sizes.Length][];
        for (int i = 0; i < sizes.Length; i++)
            ladder[i] = rowsOfSize[sizes[i]];
        return ladder;
    }

    private static (Grouping Groups, int[] Strata) GroupsAndStrata(Table table)
    {
        Grouping groups = Grouping.Of(table);
        return (groups, Strata.Of(table, groups, new SplitOptions().NumericStrata));
    }

    private static int[] RowsWhere(Grouping groups, int[] partOfGroup, Func<int, bool> isIn)
    {
        List<int> rows = [];
        for (int row = 0; row < groups.RowCount; row++)
        {
            if (isIn(partOfGroup[groups.GroupOfRow[row]]))
                rows.Add(row);
        }

        return [.. rows];
    }
}

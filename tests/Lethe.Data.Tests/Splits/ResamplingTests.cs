using Lethe.Data.Problems;
using Lethe.Data.Splits;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Tests.Splits;

public sealed class ResamplingTests
{
    private static readonly Table Clinic = TestTables.Clinic(100);

    [Fact]
    public void Ten_splits_of_seventy_to_thirty_each_with_the_outcome_rate()
    {
        IReadOnlyList<TrainTest> splits = Resampling.Repeat(Clinic, new Seed(9));
        Assert.Equal(10, splits.Count);
        foreach (TrainTest s in splits)
        {
            Assert.Equal(Enumerable.Range(0, 100), s.Train.Concat(s.Test).Order());
            Assert.Equal(21, s.Train.Count(r => r % 10 < 3));
            Assert.Equal(9, s.Test.Count(r => r % 10 < 3));
        }

        Assert.Equal(10, splits.Select(s => string.Join(',', s.Test)).Distinct().Count());
    }

    [Fact]
    public void More_repeats_leave_the_first_ones_as_they_were()
    {
        IReadOnlyList<TrainTest> three = Resampling.Repeat(Clinic, new Seed(9), repeats: 3), five = Resampling.Repeat(Clinic, new Seed(9), repeats: 5);
        for (int i = 0; i < 3; i++)
            Assert.Equal(three[i].Test, five[i].Test);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    public void Folds_test_every_row_once_and_differ_by_at_most_one_in_size_and_outcomes(int folds)
    {
        IReadOnlyList<TrainTest> splits = Resampling.Folds(Clinic, new Seed(2), folds);
        Assert.Equal(Enumerable.Range(0, 100), splits.SelectMany(s => s.Test).Order());
        Assert.InRange(splits.Max(s => s.Test.Length) - splits.Min(s => s.Test.Length), 0, 1);
        Assert.InRange(splits.Max(Outcomes) - splits.Min(Outcomes), 0, 2);
        foreach (TrainTest s in splits)
            Assert.Equal(Enumerable.Range(0, 100), s.Train.Concat(s.Test).Order());

        static int Outcomes(TrainTest s) => s.Test.Count(r => r % 10 < 3);
    }

    [Fact]
    public void Folds_keep_a_patients_rows_together()
    {
        string[] keys = [.. Enumerable.Range(0, 60).Select(i => $"p{i % 20}")];
        Table table = TestTables.Keyed(keys, [.. Enumerable.Range(0, 60).Select(i => (double)i)]);
        foreach (TrainTest s in Resampling.Folds(table, new Seed(4), 6))
            Assert.Empty(s.Train.Select(r => keys[r]).Intersect(s.Test.Select(r => keys[r])));
    }

    [Fact]
    public void More_folds_than_patients_is_an_error()
    {
        DataException e = Assert.Throws<DataException>(() => Resampling.Folds(TestTables.Keyed(["a", "a", "b"], [1, 2, 3]), new Seed(1), 3));
        Assert.StartsWith("LD204", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ladder_is_nested_stratified_and_in_the_order_asked_for()
    {
        IReadOnlyList<int[]> ladder = Resampling.Ladder(Clinic, new Seed(8), 10, 20, 50, 100);
        Assert.Equal([10, 20, 50, 100], ladder.Select(l => l.Length));
        Assert.Equal([3, 6, 15, 30], ladder.Select(l => l.Count(r => r % 10 < 3)));
        for (int i = 1; i < ladder.Count; i++)
            Assert.Empty(ladder[i - 1].Except(ladder[i]));

        IReadOnlyList<int[]> reversed = Resampling.Ladder(Clinic, new Seed(8), 100, 50, 20, 10);
        Assert.Equal(ladder[1], reversed[2]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void A_ladder_step_out_of_range_is_an_error(int size)
    {
        DataException e = Assert.Throws<DataException>(() => Resampling.Ladder(Clinic, new Seed(8), 10, size));
        Assert.StartsWith("LD205", e.Message, StringComparison.Ordinal);
    }
}

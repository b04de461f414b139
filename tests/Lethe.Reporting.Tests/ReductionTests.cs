using FsCheck;
using FsCheck.Fluent;
using Lethe.Reporting.Editions;
using Lethe.Results;

namespace Lethe.Reporting.Tests;

/// <summary>What the release edition withholds cannot be worked out from what it shows.</summary>
public sealed class ReductionTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20260101, 1);

    private static readonly Gen<int> Count = Gen.Frequency((2, Gen.Choose(0, 9)), (3, Gen.Choose(10, 200)));

    private static readonly Arbitrary<int[][]> Matrices =
        Gen.Choose(2, 6).SelectMany(k => Gen.ArrayOf(Gen.ArrayOf(Count, k), k)).ToArbitrary();

    [Fact]
    public void NoCellUnderTenIsShownAndNoLineWithholdsExactlyOne() => Prop.ForAll(Matrices, counts =>
    {
        int k = counts.Length;
        int[][] shown = CellSuppression.Apply(counts);
        for (int r = 0; r < k; r++)
        {
            for (int c = 0; c < k; c++)
            {
                Assert.Equal(counts[r][c] < 10, shown[r][c] == SuppressedCount.UnderTen);
                Assert.True(shown[r][c] < 0 || shown[r][c] == counts[r][c]);
            }

            Assert.NotEqual(1, shown[r].Count(n => n < 0));
            Assert.NotEqual(1, shown.Count(row => row[r] < 0));
        }

        Assert.NotEqual(1, Enumerable.Range(0, k).Count(i => shown[i][i] < 0));
    }).Check(Seeded);

    [Fact]
    public void AMatrixWithoutSmallCellsIsShownWhole() =>
        Assert.Equal((int[][])[[10, 25], [30, 99]], CellSuppression.Apply((int[][])[[10, 25], [30, 99]]));

    [Fact]
    public void OneSmallCellOfTwoClassesWithholdsTheMatrixAndItsScores()
    {
        ClassificationReport report = UtilityReduction.Report(SampleDocument.Report(76, 3, 20, 85));
        Assert.All(report.Confusion.SelectMany(r => r), n => Assert.True(n < 0));
        Assert.Equal(SuppressedCount.UnderTen, report.Confusion[0][1]);
        Assert.All(report.Classes.Append(report.MacroAverage).Append(report.WeightedAverage), c => Assert.True(c.Precision < 0 && c.Recall < 0 && c.F1 < 0));
        Assert.True(report.Accuracy < 0);
    }

    [Fact]
    public void SupportUnderTenIsWithheld() =>
        Assert.Equal(SuppressedCount.UnderTen, UtilityReduction.Report(SampleDocument.Report(4, 3, 20, 85)).Classes[0].Support);

    private static readonly Arbitrary<(int[] Real, int[] Holdout)> Histograms =
        Gen.Choose(1, 15).SelectMany(bins => Gen.ArrayOf(Gen.Choose(0, 40), bins).SelectMany(real => Gen.ArrayOf(Gen.Choose(0, 30), bins).Select(holdout => (real, holdout)))).ToArbitrary();

    [Fact]
    public void EveryBinOfANumericColumnHoldsTenOfEachRealPart() => Prop.ForAll(Histograms, h =>
    {
        int train = h.Real.Sum(), holdout = h.Holdout.Sum();
        if (train < 10 || holdout < 10)
            return;
        Distribution d = DistributionReduction.Reduce(Shares(h.Real, h.Holdout, [.. Enumerable.Range(0, h.Real.Length + 1).Select(i => 12.37 + (3.1 * i))]), train, holdout);
        Assert.Null(d.Edges);
        Assert.All(d.Real, s => Assert.True(s * train >= 10 - (0.005 * train) - 0.5));
        Assert.All(d.Holdout!, s => Assert.True(s * holdout >= 10 - (0.005 * holdout) - 0.5));
        Assert.InRange(d.Real.Sum(), 0.9, 1.1);
        Assert.Equal(d.Labels.Count, d.Real.Count);
        Assert.Equal(d.Labels.Count, d.Labels.Distinct().Count());
        Assert.All(d.Labels, l => Assert.DoesNotContain("12.37", l, StringComparison.Ordinal));
    }).Check(Seeded);

    [Fact]
    public void RareLevelsAreJoinedAndTheRestOfALevelIsNotGivenBack()
    {
        Distribution levels = new() { Labels = ["a", "b", "c", "d"], Real = [0.60, 0.38, 0.012, 0.008], Synthetic = [0.6, 0.4, 0, 0] };
        // Of 700 patients c and d have 8 and 6, together enough; of 400 they have 5 and 3, which would follow from the total.
        Assert.Equal(["a", "b", "rare levels together"], DistributionReduction.Reduce(levels, 700, 0).Labels);
        Distribution joined = DistributionReduction.Reduce(levels, 400, 0);
        Assert.Equal(["a", "b, or rare levels together"], joined.Labels);
        Assert.Equal([0.6, 0.4], joined.Real);
    }

    [Fact]
    public void ATableOfUnknownSizeKeepsNoDetail()
    {
        Distribution d = DistributionReduction.Reduce(Shares([10, 20, 30], [5, 5, 5], [0, 1, 2, 3]), 0, 0);
        Assert.Equal(["all values"], d.Labels);
    }

    [Fact]
    public void EqualWidthEdgesDoNotGiveTheExtremesBack()
    {
        // With edges min + i·(max − min)/12 shown as they are, two of them would give min and max.
        const double Min = 17.3, Max = 93.9;
        double[] edges = [.. Enumerable.Range(0, 13).Select(i => Min + ((Max - Min) * i / 12))];
        Distribution d = DistributionReduction.Reduce(Shares([.. Enumerable.Repeat(50, 12)], [.. Enumerable.Repeat(50, 12)], edges), 600, 600);
        Assert.Equal("below 25", d.Labels[0]);
        Assert.Equal("90 and above", d.Labels[^1]);
        Assert.All(d.Labels.Skip(1).SkipLast(1), l => Assert.Matches("^[0-9]+[05] to [0-9]+[05]$", l));
    }

    private static Distribution Shares(int[] real, int[] holdout, double[] edges) => new()
    {
        Labels = [.. real.Select((_, i) => $"bin {i}")],
        Edges = edges,
        Real = [.. real.Select(n => n / (double)Math.Max(1, real.Sum()))],
        Synthetic = [.. real.Select(_ => 1.0 / real.Length)],
        Holdout = [.. holdout.Select(n => n / (double)Math.Max(1, holdout.Sum()))],
    };
}

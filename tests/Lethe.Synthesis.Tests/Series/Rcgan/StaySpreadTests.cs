using Lethe.Synthesis.Series.Rcgan;

namespace Lethe.Synthesis.Tests.Series.Rcgan;

public sealed class StaySpreadTests
{
    /// <summary>Two stays of two steps and columns (value, mask): means 1 and 3, so 1 between real stays; generated means 2 and 2½, so a quarter.</summary>
    [Fact]
    public void It_is_the_spread_of_stay_means_beside_real_ones()
    {
        StaySpread spread = new([0, 1, 2, 0, 2, 1, 4, 0], 2, 2, 1, [2, 2]);
        Assert.Equal(0.25, Assert.Single(spread.Of([1, 0, 3, 0, 0, 0, 5, 0], [2, 2])), 6);
    }

    [Fact]
    public void Steps_beyond_a_stays_end_and_constant_columns_do_not_count()
    {
        StaySpread spread = new([1, 7, 9, 7, 3, 7, 3, 7], 2, 2, 2, [1, 2]);
        Assert.Equal(1, Assert.Single(spread.Of([1, 0, 50, 0, 3, 4, 3, 4], [1, 2])), 6);
    }
}

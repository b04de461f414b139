using Lethe.Reporting.Charts;
using Lethe.Reporting.Text;
using Lethe.Results;

namespace Lethe.Reporting.Tests;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.53123, "0.531")]
    [InlineData(-0.053123, "−0.0531")]
    [InlineData(0.99951, "1.00")]
    [InlineData(0.99949, "0.999")]
    [InlineData(9.9996, "10.0")]
    [InlineData(99.96, "100")]
    [InlineData(12.4412, "12.4")]
    [InlineData(123.6, "124")]
    [InlineData(1234.4, "1\u202f234")]
    [InlineData(1234567, "1\u202f234\u202f567")]
    [InlineData(0.5, "0.50")]
    [InlineData(0.05, "0.05")]
    [InlineData(0.004, "0.004")]
    [InlineData(0.0012345, "0.00123")]
    [InlineData(0.0000123, "1.23 × 10⁻⁵")]
    [InlineData(-0.00000999999, "−1.00 × 10⁻⁵")]
    [InlineData(2.5e12, "2.50 × 10¹²")]
    [InlineData(5e-324, "4.94 × 10⁻³²⁴")]
    [InlineData(double.NaN, "–")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void NumbersHaveThreeSignificantDigitsAtMost(double value, string expected) => Assert.Equal(expected, Figures.Number(value));

    [Theory]
    [InlineData(0, "0\u00a0%")]
    [InlineData(1, "100\u00a0%")]
    [InlineData(0.5, "50\u00a0%")]
    [InlineData(0.1234, "12.3\u00a0%")]
    [InlineData(0.0123, "1.23\u00a0%")]
    [InlineData(0.00025, "0.025\u00a0%")]
    [InlineData(-0.07, "−7\u00a0%")]
    public void SharesArePercentagesOnOneLine(double share, string expected) => Assert.Equal(expected, Figures.Percent(share));

    [Theory]
    [InlineData(0.4, "0.40 s")]
    [InlineData(45, "45 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(7505, "2 h 5 min")]
    public void DurationsReadAsPeopleSayThem(double seconds, string expected) => Assert.Equal(expected, Figures.Duration(seconds));

    [Fact]
    public void MomentsAreWrittenOutAndOtherTextsKept()
    {
        Assert.Equal("15 January 2026, 09:42 UTC", Figures.Moment("2026-01-15T09:42:11Z"));
        Assert.Equal("15 January 2026, 08:42 UTC", Figures.Moment("2026-01-15T09:42:11+01:00"));
        Assert.Equal("yesterday", Figures.Moment("yesterday"));
    }

    [Fact]
    public void SuppressedCellsAreWrittenOut()
    {
        Assert.Equal("<10", Figures.Cell(SuppressedCount.UnderTen));
        Assert.Equal("withheld", Figures.Cell(SuppressedCount.Withheld));
        Assert.Equal("10", Figures.Cell(10));
    }

    [Theory]
    [InlineData(0, 1, 5, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(0.3, 1, 6, new[] { 0.4, 0.6, 0.8, 1 })]
    [InlineData(-3.2, 4.1, 4, new[] { -2.0, 0, 2, 4 })]
    [InlineData(0, 0.0007, 4, new[] { 0, 0.0002, 0.0004, 0.0006 })]
    [InlineData(1e6, 3e6, 4, new[] { 1e6, 1.5e6, 2e6, 2.5e6, 3e6 })]
    [InlineData(5, 5, 4, new[] { 5.0 })]
    public void TicksAreRoundAndInside(double min, double max, int count, double[] expected) => Assert.Equal(expected, NiceTicks.Inside(min, max, count));

    [Fact]
    public void TicksOfAnyIntervalAreFewRoundAndInside()
    {
        foreach (double min in (double[])[-1e7, -3.3, -0.001, 0, 1e-6, 0.7, 42, 8e5])
        {
            foreach (double span in (double[])[1e-7, 0.003, 0.9, 7, 1234, 5e8])
            {
                IReadOnlyList<double> ticks = NiceTicks.Inside(min, min + span, 5);
                Assert.InRange(ticks.Count, 2, 7);
                Assert.All(ticks, t => Assert.InRange(t, min - (span * 1e-6), min + (span * 1.000001)));
                (double low, double high) = NiceTicks.Widen(min, min + span, 5);
                Assert.True(low <= min + (span * 1e-6) && high >= min + (span * 0.999999));
                Assert.True(high - low <= 2 * span);
            }
        }
    }

    [Fact]
    public void TheScaleMapsEndsToEndsAndClampsOutsiders()
    {
        LinearScale scale = new(10, 20, 100, 0);
        Assert.Equal(100, scale[10]);
        Assert.Equal(0, scale[20]);
        Assert.Equal(50, scale[15]);
        Assert.Equal(0, scale[25]);
        Assert.Equal(50, new LinearScale(3, 3, 100, 0)[3]);
    }
}

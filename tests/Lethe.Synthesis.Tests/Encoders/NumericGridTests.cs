using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Encoders;

namespace Lethe.Synthesis.Tests.Encoders;

public sealed class NumericGridTests
{
    private static NumericGrid Fit(ColumnSchema schema, params double[] values) => NumericGrid.Fit(new NumericColumn(schema, values));

    private static ColumnSchema Numbers(int decimals, double? step = null, Bounds? bounds = null) =>
        new() { Name = "x", Kind = ColumnKind.Continuous, Decimals = decimals, Step = step, Bounds = bounds };

    [Theory]
    [InlineData(0, null, 63.4, 63)]
    [InlineData(1, null, 1.26, 1.3)]
    [InlineData(2, null, 0.125001, 0.13)]
    [InlineData(0, 5.0, 63.4, 65)]
    [InlineData(1, 2.5, 63.4, 62.5)]
    [InlineData(2, 0.25, 1.3, 1.25)]
    public void Values_come_back_on_the_recorded_grid(int decimals, double? step, double x, double expected) =>
        Assert.Equal(expected, Fit(Numbers(decimals, step), 0, 200).Restore(x));

    [Fact]
    public void Values_stay_inside_what_was_observed_and_what_the_schema_allows()
    {
        NumericGrid grid = Fit(Numbers(0, bounds: new Bounds(40, 300)), 10, 90, double.NaN);
        Assert.Equal(40, grid.Restore(-1e9));
        Assert.Equal(90, grid.Restore(1e9));
    }

    [Theory]
    [InlineData(18000, 18001, 18000.3, 18000)]
    [InlineData(18000.5, 18001, 18000.52, 18000.5)]
    public void Dates_keep_the_coarsest_unit_they_were_recorded_in(double first, double second, double x, double expected) =>
        Assert.Equal(expected, Fit(new ColumnSchema { Name = "d", Kind = ColumnKind.DateTime }, first, second).Restore(x), 9);

    [Fact]
    public void A_column_without_any_value_has_an_empty_grid()
    {
        NumericGrid grid = Fit(Numbers(0), double.NaN);
        Assert.True(grid.IsEmpty);
        Assert.False(grid.TryPreimage(new Condition { Column = "x", Lower = 0 }, out _, out _));
    }

    [Fact]
    public void Values_off_the_grid_of_the_schema_are_left_as_they_are() =>
        Assert.Equal(0.37, Fit(Numbers(0), 0.37, 0.37).Restore(5));

    [Fact]
    public void Every_output_inside_a_preimage_meets_the_condition_and_no_output_outside_does()
    {
        RandomStream random = new Seed(1).Stream("conditions");
        foreach (NumericGrid grid in new[] { Fit(Numbers(0), 29, 77), Fit(Numbers(1), 0, 6.2), Fit(Numbers(0, 5), 90, 200), Fit(Numbers(3), -1.5, 1.5) })
        {
            for (int repeat = 0; repeat < 500; repeat++)
            {
                double a = grid.Restore(grid.Lower + (grid.Width * random.NextDouble())), b = grid.Restore(grid.Lower + (grid.Width * random.NextDouble()));
                Condition condition = new() { Column = "x", Lower = Math.Min(a, b), Upper = Math.Max(a, b) };
                Assert.True(grid.TryPreimage(condition, out double lower, out double upper));
                double x = grid.Lower - 5 + ((grid.Width + 10) * random.NextDouble());
                // Half a step either side of the very edge is rounding's to decide.
                if (Math.Abs(x - lower) > 1e-9 && Math.Abs(x - upper) > 1e-9)
                    Assert.Equal(x > lower && x < upper, condition.Accepts(grid.Restore(x)));
                Assert.True(condition.Accepts(grid.Restore(x, condition)) || !(x > lower && x < upper));
            }
        }
    }

    [Fact]
    public void A_strict_comparison_leaves_its_end_out()
    {
        NumericGrid grid = Fit(Numbers(0), 29, 77);
        Assert.True(grid.TryPreimage(new Condition { Column = "x", Upper = Math.BitDecrement(70.0) }, out double lower, out double upper));
        Assert.Equal((double.NegativeInfinity, 69.5), (lower, upper));
        Assert.False(grid.TryPreimage(new Condition { Column = "x", Lower = 50.2, Upper = 50.8 }, out _, out _));
    }

    [Fact]
    public void A_grid_survives_its_numbers()
    {
        NumericGrid grid = Fit(Numbers(1, 2.5), 10, 97.5), again = NumericGrid.FromNumbers(grid.ToNumbers());
        for (double x = 0; x < 100; x += 0.37)
            Assert.Equal(grid.Restore(x), again.Restore(x));
        Assert.Throws<InvalidDataException>(() => NumericGrid.FromNumbers([2, 1, 1, 1]));
        Assert.Throws<InvalidDataException>(() => NumericGrid.FromNumbers([0, 1, 1, 0]));
    }
}

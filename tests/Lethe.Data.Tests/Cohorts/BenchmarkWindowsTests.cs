using Lethe.Data.Cohorts;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Problems;
using Lethe.Testing;
using Xunit;

namespace Lethe.Data.Tests.Cohorts;

public sealed class BenchmarkWindowsTests
{
    [Fact]
    public void Windows_are_scaled_globally_and_overlap_by_all_rows_but_one()
    {
        BenchmarkWindows windows = BenchmarkWindows.Of("x", ["a", "b"], [0, 10, 1, 30, 2, 20, 4, 10, 0, 10], window: 3);
        Assert.Equal(2, windows.Count);
        float[] values = windows.Values();
        double[] expected = [0, 0, 0.25, 1, 0.5, 0.5, 0.25, 1, 0.5, 0.5, 1, 0];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], values[i], 1e-6);
        Assert.Equal(values[6..], windows.Values([1]));
    }

    [Fact]
    public void A_cohort_has_one_event_per_step_and_channel()
    {
        Cohort cohort = BenchmarkWindows.Of("x", ["a", "b"], [0, 10, 1, 30, 2, 20, 4, 10, 0, 10], window: 3).ToCohort();
        Assert.Equal(2, cohort.Count);
        Assert.Equal([0, 0, 1, 1, 2, 2], cohort[1].Times.ToArray());
        Assert.Equal(new ushort[] { 0, 1, 0, 1, 0, 1 }, cohort[1].Channels.ToArray());
        Assert.Equal(0.25f, cohort[1].Values[0], 1e-6f);
        Assert.All(cohort.Channels, c => Assert.Equal(7, c.Decimals));
    }

    [Fact]
    public void Text_columns_are_left_out_and_a_gap_is_refused()
    {
        using TemporaryFolder folder = new();
        string good = Path.Combine(folder.Path, "good.csv"), bad = Path.Combine(folder.Path, "bad.csv");
        File.WriteAllText(good, "date,a,b\n2020-01-01 00:00:00,1,2\n2020-01-02 00:00:00,3,4\n");
        File.WriteAllText(bad, "a,b\n1,2\n3,\n");
        Assert.Equal(["a", "b"], BenchmarkWindows.Read(good, 1).Columns);
        Assert.Equal(3, Assert.Throws<DataException>(() => BenchmarkWindows.Read(bad, 2)).Problems[0].Line);
        Assert.Throws<DataException>(() => BenchmarkWindows.Read(good, 2));
    }

    [Theory]
    [InlineData("stock_data.csv", 3685, 6)]
    [InlineData("energy_data.csv.gz", 19735, 28)]
    [InlineData("ETTh1.csv.gz", 17420, 7)]
    public void Public_series_have_their_published_shape(string file, int rows, int columns)
    {
        BenchmarkWindows windows = BenchmarkWindows.Read(SharedFolder.Require("data/tsg-benchmarks/" + file));
        Assert.Equal(rows, windows.Rows);
        Assert.Equal(columns, windows.Columns.Count);
        Assert.Equal(rows - 24, windows.Count);
        float[] last = windows.Values([windows.Count - 1]);
        Assert.All(last, v => Assert.InRange(v, 0f, 1f));
    }
}

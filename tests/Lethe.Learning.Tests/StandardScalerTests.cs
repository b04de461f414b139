namespace Lethe.Learning.Tests;

public class StandardScalerTests
{
    [Fact]
    public void ColumnsGetMeanZeroAndPopulationDeviationOne()
    {
        DesignMatrix x = DesignMatrix.FromColumns([[1, 2, 3, 6], [1e9, 1e9 + 1, 1e9 + 2, 1e9 + 3], [0.1, 0.1, 0.1, 0.1], [double.NaN, 2, 4, double.NaN]]);
        StandardScaler scaler = StandardScaler.Fit(x);
        Assert.Equal([3, 1e9 + 1.5, 0.1, 3], scaler.Mean.ToArray(), (a, b) => Math.Abs(a - b) <= 1e-15 * Math.Abs(a));
        Assert.Equal([Math.Sqrt(3.5), Math.Sqrt(1.25), 1, 1], scaler.Scale.ToArray(), (a, b) => Math.Abs(a - b) <= 1e-12);
        DesignMatrix z = scaler.Transform(x);
        Assert.Equal(-2 / Math.Sqrt(3.5), z[0, 0], 1e-15);
        Assert.Equal(0, z[3, 2], 1e-15);
        Assert.True(double.IsNaN(z[0, 3]));
        Assert.Equal(-1.0, z[1, 3]);
        Assert.Throws<ArgumentException>(() => scaler.Transform(new DesignMatrix([1], 1, 1)));
    }

    [Fact]
    public void ManyEqualAwkwardNumbersAreConstant()
    {
        // The mean of 1000 copies of 0.1 is not 0.1 in floating point; the spread left over is rounding, not signal.
        DesignMatrix x = new([.. Enumerable.Repeat(0.1, 1000)], 1000, 1);
        Assert.Equal(1.0, StandardScaler.Fit(x).Scale[0]);
    }

    [Fact]
    public void BalancedWeightsGiveEveryClassTheSameTotal()
    {
        double[] w = ClassWeights.Balanced([0, 0, 0, 2], 3);
        Assert.Equal([2.0 / 3, 2.0 / 3, 2.0 / 3, 2.0], w, (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal([1.0, 0.0, 1.0], ClassWeights.Balanced([0, 0, 1], 2, [1, 0, 1]));
    }

    [Fact]
    public void MatrixShapesAreChecked()
    {
        Assert.Throws<ArgumentException>(() => new DesignMatrix([1, 2, 3], 2, 2));
        Assert.Throws<ArgumentException>(() => DesignMatrix.FromRows([[1, 2], [3]]));
        DesignMatrix x = DesignMatrix.FromRows([[1, 2], [3, 4]]);
        Assert.Equal([2.0, 4.0], x.Column(1));
        Assert.Equal([3.0, 4.0, 3.0, 4.0], x.SelectRows([1, 1]).Values.ToArray());
    }
}

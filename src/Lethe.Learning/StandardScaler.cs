namespace Lethe.Learning;

/// <summary>
/// Centres and scales each column to mean 0 and population standard deviation 1, with the moments of the matrix it was
/// fitted on; a constant column is only centred. Missing values stay missing and do not count. Immutable.
/// </summary>
public sealed class StandardScaler
{
    private readonly double[] _mean;
    private readonly double[] _scale;

    private StandardScaler(double[] mean, double[] scale)
    {
        _mean = mean;
        _scale = scale;
    }

    /// <summary>Column means, length d.</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>Population standard deviations, length d; 1 for a constant column.</summary>
    public ReadOnlySpan<double> Scale => _scale;

    /// <summary>Learns the moments of each column. A column without a value gets mean 0 and scale 1.</summary>
    public static StandardScaler Fit(DesignMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        double[] mean = new double[x.Columns];
        double[] scale = new double[x.Columns];
        for (int j = 0; j < x.Columns; j++)
        {
            double[] column = [.. x.Column(j).Where(v => !double.IsNaN(v))];
            double sum = 0;
            foreach (double v in column)
                sum += v;
            mean[j] = column.Length == 0 ? 0 : sum / column.Length;

            // Two passes, and the rounding left in the mean taken out, so that a constant column has variance exactly or nearly 0.
            double squares = 0;
            double rest = 0;
            foreach (double v in column)
            {
                squares += (v - mean[j]) * (v - mean[j]);
                rest += v - mean[j];
            }

            double variance = column.Length == 0 ? 0 : (squares - (rest * rest / column.Length)) / column.Length;

            // Below this the spread is rounding of the mean: n·ε·var + (n·mean·ε)², the bound that the reference uses.
            double epsilon = 2.220446049250313e-16;
            double noise = (column.Length * epsilon * variance) + Square(column.Length * mean[j] * epsilon);
            scale[j] = variance <= noise ? 1 : Math.Sqrt(variance);
        }

        return new StandardScaler(mean, scale);
    }

    /// <summary>The scaled matrix, a copy.</summary>
    /// <exception cref="ArgumentException">The width differs from the fit.</exception>
    public DesignMatrix Transform(DesignMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Guard.Width(x.Columns, _mean.Length);
        double[] values = new double[x.Values.Length];
        for (int i = 0; i < x.Rows; i++)
        {
            ReadOnlySpan<double> row = x.Row(i);
            for (int j = 0; j < row.Length; j++)
                values[(i * row.Length) + j] = (row[j] - _mean[j]) / _scale[j];
        }

        return new DesignMatrix(values, x.Rows, x.Columns);
    }

    private static double Square(double v) => v * v;
}

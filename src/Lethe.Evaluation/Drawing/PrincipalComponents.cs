using Lethe.Learning;
using Lethe.Evaluation.Statistics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Lethe.Evaluation.Drawing;

/// <summary>The two leading principal components of real points (Pearson 1901); other points are projected onto them.</summary>
public sealed class PrincipalComponents
{
    private readonly double[] _mean;
    private readonly double[][] _axes;

    private PrincipalComponents(double[] mean, double[][] axes, double share)
    {
        _mean = mean;
        _axes = axes;
        VarianceShare = share;
    }

    /// <summary>Share of the total variance along both axes, 0–1.</summary>
    public double VarianceShare { get; }

    /// <summary>Fits to points, n × d with n ≥ 2 and d ≥ 1; the sign of an axis makes its largest coefficient positive.</summary>
    public static PrincipalComponents Fit(DesignMatrix points)
    {
        ArgumentNullException.ThrowIfNull(points);
        int d = points.Columns;
        double[][] columns = [.. Enumerable.Range(0, d).Select(points.Column)];
        double[] mean = [.. columns.Select(c => Moments.Mean(c))];
        Matrix<double> covariance = Matrix<double>.Build.Dense(d, d);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int r = 0; r < points.Rows; r++)
                    sum += (columns[i][r] - mean[i]) * (columns[j][r] - mean[j]);
                covariance[i, j] = covariance[j, i] = sum / points.Rows;
            }
        }

        Evd<double> evd = covariance.Evd(Symmetricity.Symmetric);
        double total = evd.EigenValues.Sum(v => Math.Max(0, v.Real)), shown = 0;
        double[][] axes = new double[2][];
        for (int a = 0; a < 2; a++)
        {
            axes[a] = a < d ? Oriented(evd.EigenVectors.Column(d - 1 - a).ToArray()) : new double[d];
            shown += a < d ? Math.Max(0, evd.EigenValues[d - 1 - a].Real) : 0;
        }

        return new PrincipalComponents(mean, axes, total > 0 ? shown / total : 0);
    }

    /// <summary>Coordinates of points along both axes.</summary>
    public (double[] X, double[] Y) Project(DesignMatrix points)
    {
        ArgumentNullException.ThrowIfNull(points);
        double[] x = new double[points.Rows], y = new double[points.Rows];
        for (int i = 0; i < points.Rows; i++)
        {
            ReadOnlySpan<double> row = points.Row(i);
            for (int c = 0; c < row.Length; c++)
            {
                x[i] += (row[c] - _mean[c]) * _axes[0][c];
                y[i] += (row[c] - _mean[c]) * _axes[1][c];
            }
        }

        return (x, y);
    }

    private static double[] Oriented(double[] axis)
    {
        double largest = axis.MaxBy(Math.Abs);
        return largest < 0 ? [.. axis.Select(v => -v)] : axis;
    }
}

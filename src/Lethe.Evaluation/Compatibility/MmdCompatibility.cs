using Lethe.Learning;

namespace Lethe.Evaluation.Compatibility;

/// <summary>
/// Maximum mean discrepancy variants of other libraries, so that numbers can be compared. They are not scaled, so the column
/// with the largest unit decides; the product's own is <see cref="Fidelity.Joint.MaximumMeanDiscrepancy"/>.
/// </summary>
public static class MmdCompatibility
{
    /// <summary>‖mean difference‖²: the linear kernel.</summary>
    public static double Linear(DesignMatrix real, DesignMatrix other)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        double sum = 0;
        for (int c = 0; c < real.Columns; c++)
        {
            double d = Statistics.Moments.Mean(real.Column(c)) - Statistics.Moments.Mean(other.Column(c));
            sum += d * d;
        }

        return sum;
    }

    /// <summary>V-statistic of the kernel ⟨x, y⟩².</summary>
    public static double Polynomial(DesignMatrix real, DesignMatrix other)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        return Mean(real, real) + Mean(other, other) - (2 * Mean(real, other));
    }

    private static double Mean(DesignMatrix a, DesignMatrix b)
    {
        double sum = 0;
        for (int i = 0; i < a.Rows; i++)
        {
            ReadOnlySpan<double> x = a.Row(i);
            for (int j = 0; j < b.Rows; j++)
            {
                ReadOnlySpan<double> y = b.Row(j);
                double dot = 0;
                for (int c = 0; c < x.Length; c++)
                    dot += x[c] * y[c];
                sum += dot * dot;
            }
        }

        return sum / a.Rows / b.Rows;
    }
}

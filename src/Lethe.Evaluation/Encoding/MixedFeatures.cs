using Lethe.Data.Tables;
using Lethe.Evaluation.Fidelity.Columns;
using Lethe.Evaluation.Statistics;
using Lethe.Learning;

namespace Lethe.Evaluation.Encoding;

/// <summary>How numbers are scaled in <see cref="MixedFeatures"/>; always with moments or ranges of the real table.</summary>
public enum FeatureScaling
{
    /// <summary>Real mean 0 and population standard deviation 1; a mismatch of categories costs 1 in squared Euclidean distance.</summary>
    ZScore,

    /// <summary>Real range 0–1; a mismatch of categories costs 1 in city-block distance.</summary>
    MinMax,
}

/// <summary>
/// Mixed rows as points, for distances between distributions: numbers scaled, categories one-hot (÷ √2 or ÷ 2, so that a
/// mismatch costs 1), one indicator per column with missing cells, whose numbers are set to the real mean.
/// </summary>
public static class MixedFeatures
{
    /// <summary>Points of two aligned tables, n × d each.</summary>
    public static (DesignMatrix Real, DesignMatrix Other) Of(Table real, Table other, FeatureScaling scaling)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        List<double[]> a = [], b = [];
        for (int j = 0; j < real.Columns.Count; j++)
        {
            if (real.Columns[j] is NumericColumn numbers)
                Number(numbers.Values, ((NumericColumn)other.Columns[j]).Values, scaling, a, b);
            else
                Levels((DiscreteColumn)real.Columns[j], (DiscreteColumn)other.Columns[j], scaling, a, b);
        }

        return (Matrix(a, real.RowCount), Matrix(b, other.RowCount));
    }

    private static DesignMatrix Matrix(List<double[]> columns, int rows) =>
        columns.Count == 0 ? new DesignMatrix([], rows, 0) : DesignMatrix.FromColumns(columns);

    private static void Number(ReadOnlySpan<double> real, ReadOnlySpan<double> other, FeatureScaling scaling, List<double[]> a, List<double[]> b)
    {
        double[] present = NumericMetrics.Present(real);
        double mean = present.Length == 0 ? 0 : Moments.Mean(present), centre = mean, scale = 1;
        if (present.Length > 0)
        {
            centre = scaling == FeatureScaling.ZScore ? mean : present[0];
            scale = scaling == FeatureScaling.ZScore ? Moments.PopulationDeviation(present) : present[^1] - present[0];
        }

        if (scale == 0 || Moments.IsConstant(present))
            scale = 1;
        a.Add(Scaled(real, mean, centre, scale));
        b.Add(Scaled(other, mean, centre, scale));
        double[] missingA = Missing(real), missingB = Missing(other);
        if (missingA.Concat(missingB).Any(m => m > 0))
        {
            a.Add(missingA);
            b.Add(missingB);
        }
    }

    private static void Levels(DiscreteColumn real, DiscreteColumn other, FeatureScaling scaling, List<double[]> a, List<double[]> b)
    {
        double height = scaling == FeatureScaling.ZScore ? 1 / Math.Sqrt(2) : 0.5;
        for (int code = DiscreteColumn.Missing; code < real.Levels.Count; code++)
        {
            double[] x = Equal(real.Codes, code, height), y = Equal(other.Codes, code, height);
            if (x.Concat(y).Any(v => v > 0))
            {
                a.Add(x);
                b.Add(y);
            }
        }
    }

    private static double[] Scaled(ReadOnlySpan<double> values, double mean, double centre, double scale)
    {
        double[] scaled = new double[values.Length];
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = ((double.IsNaN(values[i]) ? mean : values[i]) - centre) / scale;
        return scaled;
    }

    private static double[] Missing(ReadOnlySpan<double> values)
    {
        double[] missing = new double[values.Length];
        for (int i = 0; i < missing.Length; i++)
            missing[i] = double.IsNaN(values[i]) ? 1 : 0;
        return missing;
    }

    private static double[] Equal(ReadOnlySpan<int> codes, int code, double height)
    {
        double[] equal = new double[codes.Length];
        for (int i = 0; i < equal.Length; i++)
            equal[i] = codes[i] == code ? height : 0;
        return equal;
    }
}

using Lethe.Data.Tables;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.Tables;

namespace Lethe.Evaluation.Fidelity.Pairs;

/// <summary>
/// Square matrices of how strongly each pair of columns goes together, and their differences. Undefined associations (a
/// constant column) are NaN and enter no difference.
/// </summary>
public static class AssociationMatrix
{
    /// <summary>A difference of two matrices.</summary>
    /// <param name="Frobenius">√Σ(a − b)² over all entries.</param>
    /// <param name="MeanAbsolute">Mean |a − b| off the diagonal; NaN without defined entries.</param>
    public readonly record struct Difference(double Frobenius, double MeanAbsolute);

    /// <summary>
    /// Pearson for two numbers, correlation ratio for a number and a category, bias-corrected Cramér's V for two categories; complete rows.
    /// </summary>
    public static double[,] Mixed(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Symmetric(table.Columns.Count, (i, j) => Association(table.Columns[i], table.Columns[j]));
    }

    /// <summary>Any correlation of the numeric columns, e.g. Pearson, Spearman or Kendall, over complete rows.</summary>
    public static double[,] Numeric(Table table, Func<double[], double[], double> correlation)
    {
        ArgumentNullException.ThrowIfNull(table);
        NumericColumn[] columns = [.. table.Columns.OfType<NumericColumn>()];
        return Symmetric(columns.Length, (i, j) =>
        {
            (double[] x, double[] y) = PairMetrics.Complete(columns[i].Values, columns[j].Values);
            return correlation(x, y);
        });
    }

    /// <summary>Normalised mutual information of labels (10 real bins, missing as a label) on one side of a pair of tables.</summary>
    public static double[,] NormalisedMutualInformation(IReadOnlyList<LabelledColumn> columns, bool real)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return Symmetric(columns.Count, (i, j) => new ContingencyTable(
            real ? columns[i].Real : columns[i].Other, real ? columns[j].Real : columns[j].Other, columns[i].Levels, columns[j].Levels)
            .NormalisedMutualInformation);
    }

    /// <summary>Frobenius norm over all entries and mean absolute difference off the diagonal.</summary>
    public static Difference Compare(double[,] a, double[,] b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        double squares = 0, sum = 0;
        int count = 0;
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                double d = a[i, j] - b[i, j];
                if (double.IsNaN(d))
                    continue;
                squares += d * d;
                if (i != j)
                {
                    sum += Math.Abs(d);
                    count++;
                }
            }
        }

        return new Difference(Math.Sqrt(squares), count == 0 ? double.NaN : sum / count);
    }

    /// <summary>As rows of nullable cells, NaN as null.</summary>
    public static IReadOnlyList<IReadOnlyList<double?>> ToRows(double[,] matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return [.. Enumerable.Range(0, matrix.GetLength(0)).Select(i => (IReadOnlyList<double?>)
            [.. Enumerable.Range(0, matrix.GetLength(1)).Select(j => double.IsNaN(matrix[i, j]) ? (double?)null : matrix[i, j])])];
    }

    private static double Association(Column a, Column b) => (a, b) switch
    {
        (NumericColumn x, NumericColumn y) => PairMetrics.Pearson(x.Values, y.Values),
        (NumericColumn x, DiscreteColumn y) => PairMetrics.CorrelationRatio(x.Values, y.Codes, y.Levels.Count),
        (DiscreteColumn x, NumericColumn y) => PairMetrics.CorrelationRatio(y.Values, x.Codes, x.Levels.Count),
        (DiscreteColumn x, DiscreteColumn y) => new ContingencyTable(x.Codes, y.Codes, x.Levels.Count, y.Levels.Count).CramersVCorrected,
        _ => double.NaN,
    };

    private static double[,] Symmetric(int size, Func<int, int, double> cell)
    {
        double[,] matrix = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            matrix[i, i] = 1;
            for (int j = 0; j < i; j++)
                matrix[i, j] = matrix[j, i] = cell(i, j);
        }

        return matrix;
    }
}

namespace Lethe.Evaluation.Statistics;

/// <summary>Errors of predicted numbers.</summary>
public static class RegressionScores
{
    /// <summary>R² = 1 − SSE/SST; with a constant truth 1 when perfect, else 0.</summary>
    public static double R2(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted) =>
        Explained(SumOfSquares(Errors(truth, predicted), 0), SumOfSquares(truth, Moments.Mean(truth)));

    /// <summary>1 − Var(errors)/Var(truth): R² that forgives a constant offset.</summary>
    public static double ExplainedVariance(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted)
    {
        double[] errors = Errors(truth, predicted);
        return Explained(SumOfSquares(errors, Moments.Mean(errors)), SumOfSquares(truth, Moments.Mean(truth)));
    }

    /// <summary>Mean squared error.</summary>
    public static double MeanSquaredError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted) =>
        SumOfSquares(Errors(truth, predicted), 0) / truth.Length;

    /// <summary>Root mean squared error, in the target's unit.</summary>
    public static double RootMeanSquaredError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted) =>
        Math.Sqrt(MeanSquaredError(truth, predicted));

    /// <summary>Mean absolute error, in the target's unit.</summary>
    public static double MeanAbsoluteError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted) => Moments.Mean(AbsoluteErrors(truth, predicted));

    /// <summary>Median absolute error, in the target's unit.</summary>
    public static double MedianAbsoluteError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted) => Quantile.Median(AbsoluteErrors(truth, predicted));

    /// <summary>Mean of |error|/max(|y|, 2.2e−16), a share.</summary>
    public static double MeanAbsolutePercentageError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted)
    {
        double[] errors = AbsoluteErrors(truth, predicted);
        for (int i = 0; i < errors.Length; i++)
            errors[i] /= Math.Max(Math.Abs(truth[i]), ProbabilityScores.MachineEpsilon);
        return Moments.Mean(errors);
    }

    private static double Explained(double unexplained, double total) => total == 0 ? (unexplained == 0 ? 1 : 0) : 1 - (unexplained / total);

    private static double[] Errors(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted)
    {
        StatisticsThrow.UnlessSameLength(truth.Length, predicted.Length);
        StatisticsThrow.IfEmpty(truth.Length);
        double[] errors = new double[truth.Length];
        for (int i = 0; i < errors.Length; i++)
            errors[i] = truth[i] - predicted[i];
        return errors;
    }

    private static double[] AbsoluteErrors(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted)
    {
        double[] errors = Errors(truth, predicted);
        for (int i = 0; i < errors.Length; i++)
            errors[i] = Math.Abs(errors[i]);
        return errors;
    }

    private static double SumOfSquares(ReadOnlySpan<double> values, double centre)
    {
        double sum = 0;
        foreach (double v in values)
            sum += (v - centre) * (v - centre);
        return sum;
    }
}

namespace Lethe.Learning;

/// <summary>What callers usually want from a fitted classifier besides the whole probability matrix.</summary>
public static class ClassifierExtensions
{
    /// <summary>The most probable class of each row; the lowest class wins a tie.</summary>
    public static int[] Predict(this IFittedClassifier model, DesignMatrix x)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ArgMax(model.PredictProbability(x), model.Classes);
    }

    /// <summary>The probability of <paramref name="label"/> in each row (class 1 by default: the positive class of a binary task).</summary>
    public static double[] PredictScore(this IFittedClassifier model, DesignMatrix x, int label = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, model.Classes);
        double[] p = model.PredictProbability(x);
        double[] score = new double[x.Rows];
        for (int i = 0; i < score.Length; i++)
            score[i] = p[(i * model.Classes) + label];
        return score;
    }

    internal static int[] ArgMax(ReadOnlySpan<double> p, int classes)
    {
        int[] label = new int[p.Length / classes];
        for (int i = 0; i < label.Length; i++)
        {
            ReadOnlySpan<double> row = p.Slice(i * classes, classes);
            int best = 0;
            for (int k = 1; k < classes; k++)
            {
                if (row[k] > row[best])
                    best = k;
            }

            label[i] = best;
        }

        return label;
    }
}

namespace Lethe.Evaluation.Statistics;

/// <summary>Scores of predicted probabilities against what happened.</summary>
public static class ProbabilityScores
{
    /// <summary>2⁻⁵²: probabilities are kept this far from 0 and 1 before a logarithm.</summary>
    public const double MachineEpsilon = 2.220446049250313e-16;

    /// <summary>Mean (p − y)², 0 is perfect (Brier 1950).</summary>
    public static double Brier(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities)
    {
        Check(labels, probabilities);
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
            sum += (probabilities[i] - labels[i]) * (probabilities[i] - labels[i]);
        return sum / labels.Length;
    }

    /// <summary>1 − Brier/(ȳ(1 − ȳ)): 0 for predicting the prevalence, 1 when perfect; NaN when only one class occurs.</summary>
    public static double BrierSkill(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities)
    {
        double brier = Brier(labels, probabilities), prevalence = Prevalence(labels);
        return prevalence is > 0 and < 1 ? 1 - (brier / (prevalence * (1 - prevalence))) : double.NaN;
    }

    /// <summary>Mean −ln of the probability given to what happened, probabilities clipped to [ε, 1 − ε].</summary>
    public static double LogLoss(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities)
    {
        Check(labels, probabilities);
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
            sum -= Math.Log(Math.Clamp(labels[i] == 1 ? probabilities[i] : 1 - probabilities[i], MachineEpsilon, 1 - MachineEpsilon));
        return sum / labels.Length;
    }

    /// <summary>Brier score of several classes: mean over cases of Σ_k (p_k − 1[y = k])². Twice the binary one when K = 2.</summary>
    /// <param name="labels">True class of each case, 0 … K − 1.</param>
    /// <param name="probabilities">n × K, row-major.</param>
    /// <param name="classes">K.</param>
    public static double MulticlassBrier(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, int classes)
    {
        StatisticsThrow.UnlessSameLength(labels.Length * classes, probabilities.Length);
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            for (int k = 0; k < classes; k++)
            {
                double d = probabilities[(i * classes) + k] - (labels[i] == k ? 1 : 0);
                sum += d * d;
            }
        }

        return sum / labels.Length;
    }

    /// <summary>Log loss of several classes; rows are renormalised to sum to 1 after clipping.</summary>
    /// <inheritdoc cref="MulticlassBrier"/>
    public static double MulticlassLogLoss(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, int classes)
    {
        StatisticsThrow.UnlessSameLength(labels.Length * classes, probabilities.Length);
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<double> row = probabilities.Slice(i * classes, classes);
            sum -= Math.Log(Math.Clamp(row[labels[i]] / Moments.Sum(row), MachineEpsilon, 1 - MachineEpsilon));
        }

        return sum / labels.Length;
    }

    /// <summary>Share of cases whose class is among the <paramref name="k"/> most probable (ties: lower class first).</summary>
    public static double TopAccuracy(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, int classes, int k)
    {
        StatisticsThrow.UnlessSameLength(labels.Length * classes, probabilities.Length);
        int hits = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<double> row = probabilities.Slice(i * classes, classes);
            int ahead = 0;
            for (int c = 0; c < classes; c++)
            {
                if (row[c] > row[labels[i]] || (row[c] == row[labels[i]] && c < labels[i]))
                    ahead++;
            }

            if (ahead < k)
                hits++;
        }

        return (double)hits / labels.Length;
    }

    /// <summary>Share of cases with label 1.</summary>
    public static double Prevalence(ReadOnlySpan<int> labels)
    {
        double sum = 0;
        foreach (int label in labels)
            sum += label;
        return sum / labels.Length;
    }

    internal static void Check(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities)
    {
        StatisticsThrow.UnlessSameLength(labels.Length, probabilities.Length);
        StatisticsThrow.UnlessBinary(labels);
        StatisticsThrow.IfEmpty(labels.Length);
    }
}

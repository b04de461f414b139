using Lethe.Numerics.Randomness;

namespace Lethe.Data.Simulation;

/// <summary>Discrete choices given by logits: yes/no, one of several, one of several in order.</summary>
internal static class Choice
{
    /// <summary>The logistic function 1 / (1 + e^−x).</summary>
    public static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>1 with the given probability, else 0.</summary>
    public static int Draw(double probability, RandomStream stream) => stream.NextDouble() < probability ? 1 : 0;

    /// <summary>An index drawn with these probabilities.</summary>
    public static int Draw(ReadOnlySpan<double> probabilities, RandomStream stream) => stream.NextIndex(probabilities);

    /// <summary>Probabilities proportional to e^logit, in place.</summary>
    public static void Softmax(Span<double> logits)
    {
        double sum = 0;
        for (int k = 0; k < logits.Length; k++)
            sum += logits[k] = Math.Exp(logits[k]);
        for (int k = 0; k < logits.Length; k++)
            logits[k] /= sum;
    }

    /// <summary>Probabilities of ordered levels: P(level ≤ k) = Logistic(cut_k − <paramref name="score"/>), ascending cuts, one fewer than levels.</summary>
    public static void Ordered(double score, ReadOnlySpan<double> cuts, Span<double> probabilities)
    {
        double below = 0;
        for (int k = 0; k < cuts.Length; k++)
        {
            double upTo = Logistic(cuts[k] - score);
            probabilities[k] = upTo - below;
            below = upTo;
        }

        probabilities[cuts.Length] = 1 - below;
    }
}

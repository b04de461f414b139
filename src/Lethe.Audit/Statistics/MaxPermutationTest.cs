using Lethe.Evaluation.Statistics;
using Lethe.Numerics.Randomness;

namespace Lethe.Audit.Statistics;

/// <summary>
/// One p-value for a whole battery: the largest |AUC − ½| among the attacks against its distribution when membership bits
/// are permuted over the candidates, the same permutation for all attacks (single-step max-T, Westfall and Young 1993). Reporting the
/// largest of many attacks without it would find a "leak" in most honest releases.
/// </summary>
/// <param name="ObservedMaximum">Largest |AUC − ½|.</param>
/// <param name="P">(1 + permutations that reach it)/(B + 1).</param>
/// <param name="AdjustedP">The same for each attack's own |AUC − ½|.</param>
public sealed record MaxPermutationTest(double ObservedMaximum, double P, IReadOnlyList<double> AdjustedP)
{
    /// <summary>Permutations drawn by default: the smallest p-value is 1/2000.</summary>
    public const int DefaultPermutations = 1999;

    // Equal areas may differ in their last digits when ranks are summed in another order.
    private const double Slack = 1e-12;

    /// <summary>The test with <paramref name="permutations"/> seeded permutations.</summary>
    /// <param name="scores">Scores per attack, of the same candidates in the same order.</param>
    /// <param name="labels">1 for members.</param>
    /// <param name="seed">Where the permutations come from.</param>
    /// <param name="permutations">B.</param>
    public static MaxPermutationTest Of(IReadOnlyList<double[]> scores, int[] labels, Seed seed, int permutations = DefaultPermutations)
    {
        RandomStream stream = seed.Stream("permutations");
        return Of(scores, labels, Enumerable.Range(0, permutations).Select(_ => stream.Permutation(labels.Length)));
    }

    /// <summary>The test with given permutations: candidate j gets the bit of candidate permutation[j].</summary>
    internal static MaxPermutationTest Of(IReadOnlyList<double[]> scores, int[] labels, IEnumerable<int[]> permutations)
    {
        double[][] ranks = [.. scores.Select(s => Ranks.Average(s))];
        double members = labels.Sum(), others = labels.Length - members;
        int[] identity = [.. Enumerable.Range(0, labels.Length)];
        double[] observed = [.. ranks.Select(r => Distance(r, identity))];

        int count = 0;
        int[] reached = new int[observed.Length];
        foreach (int[] permutation in permutations)
        {
            count++;
            double maximum = ranks.Max(r => Distance(r, permutation));
            for (int attack = 0; attack < observed.Length; attack++)
                reached[attack] += maximum >= observed[attack] - Slack ? 1 : 0;
        }

        double[] adjusted = [.. reached.Select(r => (1.0 + r) / (count + 1))];
        return new MaxPermutationTest(observed.Max(), adjusted.Min(), adjusted);

        double Distance(double[] rank, int[] permutation)
        {
            double sum = 0;
            for (int j = 0; j < rank.Length; j++)
                sum += labels[permutation[j]] * rank[j];
            return Math.Abs(((sum - (members * (members + 1) / 2)) / (members * others)) - 0.5);
        }
    }
}

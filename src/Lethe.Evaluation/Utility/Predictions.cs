using Lethe.Evaluation.Statistics;

namespace Lethe.Evaluation.Utility;

/// <summary>Predicted class probabilities beside the true classes.</summary>
/// <param name="Truth">True class of each row.</param>
/// <param name="Probabilities">n × K, row-major.</param>
/// <param name="Classes">K.</param>
internal sealed record Predictions(int[] Truth, double[] Probabilities, int Classes)
{
    /// <summary>Predicted class: from ½ on the positive one of two, else the most probable (the lowest wins a tie).</summary>
    public int[] Predicted { get; } = [.. Enumerable.Range(0, Truth.Length).Select(i => Decide(Probabilities.AsSpan(i * Classes, Classes)))];

    /// <summary>Probability of the second class.</summary>
    public double[] Positive => [.. Enumerable.Range(0, Truth.Length).Select(i => Probabilities[(i * Classes) + 1])];

    public ConfusionMatrix Confusion => new(Truth, Predicted, Classes);

    /// <summary>Area under the ROC curve: of the positive class, or one-against-rest averaged over classes.</summary>
    public double Auc => Classes == 2 ? Ranking.Auc(Truth, Positive) : MulticlassAuc.OneVersusRestMacro(Truth, Probabilities, Classes);

    /// <summary>These rows alone.</summary>
    public Predictions Take(int[] rows) => new(
        [.. rows.Select(i => Truth[i])], [.. rows.SelectMany(i => Probabilities.AsSpan(i * Classes, Classes).ToArray())], Classes);

    private static int Decide(ReadOnlySpan<double> p)
    {
        if (p.Length == 2)
            return p[1] >= 0.5 ? 1 : 0;
        int best = 0;
        for (int k = 1; k < p.Length; k++)
        {
            if (p[k] > p[best])
                best = k;
        }

        return best;
    }
}

using Lethe.Evaluation.Statistics;
using Lethe.Results;

namespace Lethe.Audit.Statistics;

/// <summary>
/// Membership advantage TPR − FPR at a threshold chosen on one half of the candidates and applied to the other, both ways
/// round. The in-sample maximum over thresholds would be about 0.63·√(2/n) when nothing leaks at all.
/// </summary>
internal static class CrossFittedAdvantage
{
    /// <summary>The advantage with Newcombe's interval (1998, method 10); null with fewer than two of either kind.</summary>
    public static (double Value, Interval Interval)? Of(ReadOnlySpan<double> members, ReadOnlySpan<double> nonMembers)
    {
        if (members.Length < 2 || nonMembers.Length < 2)
            return null;
        int tp = 0, fp = 0;
        for (int half = 0; half < 2; half++)
        {
            double threshold = BestThreshold(Half(members, half), Half(nonMembers, half));
            tp += Half(members, 1 - half).Count(s => s >= threshold);
            fp += Half(nonMembers, 1 - half).Count(s => s >= threshold);
        }

        double tpr = (double)tp / members.Length, fpr = (double)fp / nonMembers.Length, advantage = tpr - fpr;
        Interval t = ProportionInterval.Wilson(tp, members.Length), f = ProportionInterval.Wilson(fp, nonMembers.Length);
        return (advantage, new Interval(
            advantage - Math.Sqrt(Square(tpr - t.Lower) + Square(f.Upper - fpr)),
            advantage + Math.Sqrt(Square(t.Upper - tpr) + Square(fpr - f.Lower)),
            "Newcombe, cross-fitted threshold"));
    }

    private static double BestThreshold(double[] members, double[] nonMembers)
    {
        int[] labels = new int[members.Length + nonMembers.Length];
        labels.AsSpan(0, members.Length).Fill(1);
        return RocCurve.Of(labels, (double[])[.. members, .. nonMembers]).YoudenThreshold;
    }

    private static double[] Half(ReadOnlySpan<double> scores, int half)
    {
        double[] taken = new double[(scores.Length + 1 - half) / 2];
        for (int i = 0; i < taken.Length; i++)
            taken[i] = scores[(2 * i) + half];
        return taken;
    }

    private static double Square(double x) => x * x;
}

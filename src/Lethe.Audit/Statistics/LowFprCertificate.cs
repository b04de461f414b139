using Lethe.Evaluation.Statistics;

namespace Lethe.Audit.Statistics;

/// <summary>
/// Does an attack single out a few members with confidence? The threshold is set on one half of the non-members so that at
/// most a share f of them lies above, then members and the other half are counted above it. A leak is certified when the
/// lower limit of the true positive rate lies above the upper limit of the false positive rate (exact one-sided 95 % limits
/// each). Finds copies of a few per cent of the patients, which the area under the curve does not see.
/// </summary>
/// <param name="TargetFpr">f, the false positive rate aimed at.</param>
/// <param name="Threshold">Scores strictly above are called members.</param>
/// <param name="TruePositives">Members above the threshold.</param>
/// <param name="Members">Members in all.</param>
/// <param name="FalsePositives">Non-members of the second half above the threshold.</param>
/// <param name="NonMembers">Non-members of the second half.</param>
/// <param name="TprLower">One-sided 95 % lower limit of the true positive rate.</param>
/// <param name="FprUpper">One-sided 95 % upper limit of the false positive rate.</param>
public sealed record LowFprCertificate(
    double TargetFpr, double Threshold, int TruePositives, int Members, int FalsePositives, int NonMembers, double TprLower, double FprUpper)
{
    /// <summary>True when the leak is certified.</summary>
    public bool Leak => TprLower > FprUpper;

    /// <summary>The certificate from scores of members and non-members; the even positions of the latter set the threshold. Null with fewer than two non-members.</summary>
    public static LowFprCertificate? Of(ReadOnlySpan<double> members, ReadOnlySpan<double> nonMembers, double targetFpr = 0.01)
    {
        if (nonMembers.Length < 2)
            return null;
        double[] setting = new double[(nonMembers.Length + 1) / 2], testing = new double[nonMembers.Length / 2];
        for (int i = 0; i < nonMembers.Length; i++)
            (i % 2 == 0 ? setting : testing)[i / 2] = nonMembers[i];

        Array.Sort(setting);
        double threshold = setting[setting.Length - 1 - (int)Math.Floor(targetFpr * setting.Length)];
        int tp = CountAbove(members, threshold), fp = CountAbove(testing, threshold);
        return new LowFprCertificate(
            targetFpr, threshold, tp, members.Length, fp, testing.Length, LowerLimit(tp, members.Length), UpperLimit(fp, testing.Length));
    }

    /// <summary>One-sided 95 % lower limit of a rate (Clopper–Pearson).</summary>
    internal static double LowerLimit(int successes, int n) => ProportionInterval.ClopperPearson(successes, n, 0.90).Lower;

    /// <summary>One-sided 95 % upper limit of a rate (Clopper–Pearson).</summary>
    internal static double UpperLimit(int successes, int n) => ProportionInterval.ClopperPearson(successes, n, 0.90).Upper;

    private static int CountAbove(ReadOnlySpan<double> scores, double threshold)
    {
        int above = 0;
        foreach (double score in scores)
            above += score > threshold ? 1 : 0;
        return above;
    }
}

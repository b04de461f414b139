using Lethe.Evaluation.Statistics;

namespace Lethe.Audit.Statistics;

/// <summary>What an audit of a given size can see. Formulas of the normal approximation (Noether 1987) and of exact binomial limits.</summary>
public static class AuditPower
{
    /// <summary>Standard error of the area under the curve when nothing leaks: √((m + n + 1)/(12mn)).</summary>
    public static double NullStandardError(int members, int nonMembers) =>
        Math.Sqrt((members + nonMembers + 1.0) / (12.0 * members * nonMembers));

    /// <summary>The smallest true area that a one-sided test of level <paramref name="alpha"/> finds with probability <paramref name="power"/>.</summary>
    public static double MinimumDetectableAuc(int members, int nonMembers, double alpha = 0.05, double power = 0.9) =>
        Math.Min(1, 0.5 + ((Gaussian.Quantile(1 - alpha) + Gaussian.Quantile(power)) * NullStandardError(members, nonMembers)));

    /// <summary>Candidates in all (half members) to find a true area of <paramref name="auc"/>.</summary>
    public static double CandidatesToDetect(double auc, double alpha = 0.05, double power = 0.9, double memberShare = 0.5)
    {
        double z = Gaussian.Quantile(1 - alpha) + Gaussian.Quantile(power);
        return z * z / (12 * memberShare * (1 - memberShare) * (auc - 0.5) * (auc - 0.5));
    }

    /// <summary>Candidates in all (half members) to show, when nothing leaks, that the area lies within ½ ± <paramref name="margin"/>.</summary>
    public static double CandidatesForEquivalence(double margin, double alpha = 0.05, double power = 0.9, double memberShare = 0.5)
    {
        double z = Gaussian.Quantile(1 - alpha) + Gaussian.Quantile(1 - ((1 - power) / 2));
        return z * z / (12 * memberShare * (1 - memberShare) * margin * margin);
    }

    /// <summary>The fewest members above a threshold that certify a leak when this many non-members lie above it too; null when all members are too few.</summary>
    public static int? MinimumCertifiedMembers(int members, int nonMembers, int falsePositives)
    {
        double fprUpper = LowFprCertificate.UpperLimit(falsePositives, nonMembers);
        for (int tp = 1; tp <= members; tp++)
        {
            if (LowFprCertificate.LowerLimit(tp, members) > fprUpper)
                return tp;
        }

        return null;
    }
}

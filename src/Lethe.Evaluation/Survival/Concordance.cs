using Lethe.Evaluation.Statistics;

namespace Lethe.Evaluation.Survival;

/// <summary>How well risks order the cases by time, and how well predicted survival fits. Larger risk should mean an earlier event.</summary>
public static class Concordance
{
    /// <summary>Comparable pairs by outcome.</summary>
    /// <param name="Concordant">Pairs where the earlier event has the larger risk.</param>
    /// <param name="Discordant">Pairs where it has the smaller one.</param>
    /// <param name="Tied">Pairs with equal risks.</param>
    public readonly record struct Pairs(long Concordant, long Discordant, long Tied)
    {
        /// <summary>Share of concordant pairs, ties ½; NaN without comparable pairs.</summary>
        public double C => (Concordant + (0.5 * Tied)) / (Concordant + Discordant + Tied);
    }

    /// <summary>Harrell's pairs (1982): i had an event, and j lived longer or was censored at the same time.</summary>
    public static Pairs Harrell(SurvivalData data, ReadOnlySpan<double> risk)
    {
        ArgumentNullException.ThrowIfNull(data);
        StatisticsThrow.UnlessSameLength(data.Count, risk.Length);
        long concordant = 0, discordant = 0, tied = 0;
        for (int i = 0; i < data.Count; i++)
        {
            for (int j = 0; j < data.Count; j++)
            {
                if (!Comparable(data, i, j))
                    continue;
                if (risk[i] > risk[j])
                    concordant++;
                else if (risk[i] < risk[j])
                    discordant++;
                else
                    tied++;
            }
        }

        return new Pairs(concordant, discordant, tied);
    }

    /// <summary>
    /// Uno's C (2011): the same pairs with events before <paramref name="horizon"/>, weighted by Ĝ(t_i)⁻² of the censoring distribution of the training rows.
    /// </summary>
    public static double Uno(SurvivalData data, ReadOnlySpan<double> risk, KaplanMeier censoring, double horizon = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(censoring);
        StatisticsThrow.UnlessSameLength(data.Count, risk.Length);
        double agree = 0, total = 0;
        for (int i = 0; i < data.Count; i++)
        {
            double g = data.Events[i] && data.Times[i] < horizon ? censoring.At(data.Times[i]) : 0;
            if (g <= 0)
                continue;
            for (int j = 0; j < data.Count; j++)
            {
                if (!Comparable(data, i, j))
                    continue;
                total += 1 / (g * g);
                agree += (risk[i] > risk[j] ? 1 : risk[i] == risk[j] ? 0.5 : 0) / (g * g);
            }
        }

        return agree / total;
    }

    /// <summary>
    /// Brier score at <paramref name="time"/> with inverse probability of censoring weights (Graf et al. 1999):
    /// mean[p̂²·1(t_i ≤ t, event)/Ĝ(t_i) + (1 − p̂)²·1(t_i &gt; t)/Ĝ(t)], p̂ the predicted survival at that time.
    /// </summary>
    public static double Brier(SurvivalData data, ReadOnlySpan<double> predictedSurvival, double time, KaplanMeier censoring)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(censoring);
        StatisticsThrow.UnlessSameLength(data.Count, predictedSurvival.Length);
        double sum = 0, late = censoring.At(time);
        for (int i = 0; i < data.Count; i++)
        {
            double p = predictedSurvival[i];
            if (data.Times[i] > time)
                sum += late > 0 ? (1 - p) * (1 - p) / late : 0;
            else if (data.Events[i] && censoring.At(data.Times[i]) is > 0 and double g)
                sum += p * p / g;
        }

        return sum / data.Count;
    }

    /// <summary>Integrated Brier score: trapezoids over the times given, divided by their span.</summary>
    public static double IntegratedBrier(IReadOnlyList<double> times, IReadOnlyList<double> brier)
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(brier);
        double sum = 0;
        for (int i = 1; i < times.Count; i++)
            sum += (times[i] - times[i - 1]) * (brier[i] + brier[i - 1]) / 2;
        return sum / (times[^1] - times[0]);
    }

    private static bool Comparable(SurvivalData data, int i, int j) =>
        i != j && data.Events[i] && (data.Times[i] < data.Times[j] || (data.Times[i] == data.Times[j] && !data.Events[j]));
}

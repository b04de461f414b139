using Lethe.Data.Cohorts;
using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Statistics;
using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries.Clinical;

/// <summary>
/// How one reading leads to the next: total variation of the rows of first-order transition matrices between consecutive readings of a stay,
/// weighted by how often real stays are in the state. States are the codes of categorical channels, the whole numbers of scores with at most 20 of
/// them, and else the fifths of the real readings. Rows that the other set never visits count as 1.
/// </summary>
internal sealed class TransitionMetric() : StayMetric(new Descriptor(
    "series-transitions", "Transitions", "clinical", "Distance of first-order transition probabilities between consecutive readings.", "Anderson and Goodman 1957"))
{
    private const int Fifths = 5;
    private const int MostStates = 20;

    protected override IEnumerable<Measure> Compute(StaySet real, StaySet other)
    {
        double[] distance = [.. Enumerable.Range(0, real.Channels).Select(c => Distance(real, other, c))];
        const string Undefined = "no stay has two readings of the channel";
        yield return Figures.Distance("series.transitions", "Transitions between readings, total variation, mean over channels", MeanOf(distance), Undefined, maximum: 1);
        for (int c = 0; c < distance.Length; c++)
            yield return Figures.Distance("series.transitions", "Transitions between readings, total variation", distance[c], Undefined, maximum: 1, subject: real.Cohort.Channels[c].Name);
    }

    private static double Distance(StaySet real, StaySet other, int channel)
    {
        double[] upper = UpperEnds(real, channel);
        if (upper.Length < 2)
            return double.NaN;
        double[] p = Count(real, channel, upper), q = Count(other, channel, upper);
        double total = p.Sum(), distance = 0;
        if (total == 0 || q.Sum() == 0)
            return double.NaN;
        int k = upper.Length;
        for (int i = 0; i < k; i++)
        {
            double a = p.AsSpan(i * k, k).ToArray().Sum(), b = q.AsSpan(i * k, k).ToArray().Sum(), row = 0;
            for (int j = 0; j < k; j++)
                row += Math.Abs((a > 0 ? p[(i * k) + j] / a : 0) - (b > 0 ? q[(i * k) + j] / b : 0));
            distance += a / total * (b > 0 ? row / 2 : 1);
        }

        return distance;
    }

    /// <summary>Largest value of each state, ascending; the last is open.</summary>
    private static double[] UpperEnds(StaySet real, int channel)
    {
        double[] values = real.Readings[channel];
        if (values.Length == 0)
            return [];
        ChannelKind kind = real.Cohort.Channels[channel].Kind;
        double[] ends = kind is ChannelKind.Categorical or ChannelKind.Score ? [.. values.Select(v => Math.Round(v)).Distinct().Order().Select(v => v + 0.5)] : [];
        if (ends.Length is 0 or > MostStates)
            ends = [.. Enumerable.Range(1, Fifths).Select(q => Quantile.Of(values, q / (double)Fifths)).Distinct()];
        ends[^1] = double.PositiveInfinity;
        return ends;
    }

    private static double[] Count(StaySet set, int channel, double[] upper)
    {
        double[] counts = new double[upper.Length * upper.Length];
        set.ForEachStay(channel, (_, values) =>
        {
            int last = -1;
            foreach (float v in values)
            {
                int state = 0;
                while (v > upper[state])
                    state++;
                if (last >= 0)
                    counts[(last * upper.Length) + state]++;
                last = state;
            }
        });
        return counts;
    }
}

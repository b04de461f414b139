using Lethe.Data.Cohorts;
using Lethe.Evaluation.Fidelity.Pairs;

namespace Lethe.Evaluation.Cohorts;

/// <summary>Mean of a channel's readings per stay and hour, NaN where there is none.</summary>
internal sealed class HourlyMeans
{
    private readonly float[] _means; // [stay, hour]
    private readonly int _hours;

    private HourlyMeans(int stays, int hours)
    {
        _means = new float[stays * hours];
        _hours = hours;
        Array.Fill(_means, float.NaN);
    }

    /// <summary>One entry a channel.</summary>
    public static HourlyMeans[] Of(Cohort cohort, int hours)
    {
        HourlyMeans[] all = [.. cohort.Channels.Select(_ => new HourlyMeans(cohort.Count, hours))];
        double[] sum = new double[all.Length * hours];
        int[] count = new int[sum.Length];
        for (int i = 0; i < cohort.Count; i++)
        {
            Array.Clear(sum);
            Array.Clear(count);
            StayEvents s = cohort[i];
            for (int e = 0; e < s.Count; e++)
            {
                int hour = (int)Math.Floor(s.Times[e]);
                if (hour < 0 || hour >= hours)
                    continue;
                sum[(s.Channels[e] * hours) + hour] += s.Values[e];
                count[(s.Channels[e] * hours) + hour]++;
            }

            for (int at = 0; at < sum.Length; at++)
            {
                if (count[at] > 0)
                    all[at / hours]._means[(i * hours) + (at % hours)] = (float)(sum[at] / count[at]);
            }
        }

        return all;
    }

    /// <summary>The means of all stays that have one in this hour.</summary>
    public double[] AtHour(int hour)
    {
        List<double> values = [];
        for (int at = hour; at < _means.Length; at += _hours)
        {
            if (!float.IsNaN(_means[at]))
                values.Add(_means[at]);
        }

        return [.. values];
    }

    /// <summary>Pearson correlation between hours t and t + lag over all stays and t; null with fewer pairs than <paramref name="fewest"/> or without spread.</summary>
    public double? Autocorrelation(int lag, int fewest)
    {
        List<double> x = [], y = [];
        for (int start = 0; start < _means.Length; start += _hours)
        {
            for (int t = 0; t + lag < _hours; t++)
            {
                float a = _means[start + t], b = _means[start + t + lag];
                if (float.IsNaN(a) || float.IsNaN(b))
                    continue;
                x.Add(a);
                y.Add(b);
            }
        }

        if (x.Count < fewest)
            return null;
        double r = PairMetrics.Pearson(x.ToArray(), y.ToArray());
        return double.IsFinite(r) ? r : null;
    }
}

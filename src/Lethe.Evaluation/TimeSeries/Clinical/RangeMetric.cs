using Lethe.Data.Schemas;
using Lethe.Evaluation.Metrics;
using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries.Clinical;

/// <summary>
/// Share of readings outside the channel's plausible range, with the training data's own share as the ideal; share outside the range of the
/// training readings; and, where the three pressures are channels, share of simultaneous readings that break diastolic ≤ mean ≤ systolic.
/// </summary>
internal sealed class RangeMetric() : StayMetric(new Descriptor(
    "series-ranges", "Plausibility", "clinical", "Share of readings outside plausible and outside observed ranges, and of pressures in the wrong order.", "Physiological bounds of the channels"))
{
    protected override IEnumerable<Measure> Compute(StaySet real, StaySet other)
    {
        int f = real.Channels;
        double[] outsideReal = new double[f], outside = new double[f], beyond = new double[f];
        for (int c = 0; c < f; c++)
        {
            Bounds? range = real.Cohort.Channels[c].PlausibleRange;
            double[] a = real.Readings[c], b = other.Readings[c];
            (outsideReal[c], outside[c]) = range is null ? (double.NaN, double.NaN) : (Share(a, v => !range.Contains(v)), Share(b, v => !range.Contains(v)));
            (double low, double high) = a.Length == 0 ? (0, 0) : (a.Min(), a.Max());
            beyond[c] = a.Length == 0 ? double.NaN : Share(b, v => v < low || v > high);
        }

        const string NoRange = "no channel has a plausible range", NoReading = "the channel has no reading";
        yield return Near("series.implausible", "Readings outside plausible ranges, mean over channels", MeanOf(outside), MeanOf(outsideReal), NoRange, null);
        yield return Figures.Plain("series.beyond-range", "Readings outside the range of the training readings, mean over channels", MeanOf(beyond), NoReading, note: "a fresh real sample has a few; none at all suggests clipping");
        if (Pressures(real) is { } pressures)
            yield return Near("series.pressure-order", "Simultaneous pressures not in the order diastolic ≤ mean ≤ systolic", Disordered(other, pressures), Disordered(real, pressures), "no cell has all three pressures", null);
        for (int c = 0; c < f; c++)
            yield return Near("series.implausible", "Readings outside the plausible range", outside[c], outsideReal[c], real.Cohort.Channels[c].PlausibleRange is null ? "the channel has no plausible range" : NoReading, real.Cohort.Channels[c].Name);
    }

    private static Measure Near(string id, string name, double value, double ideal, string undefined, string? subject) => double.IsNaN(ideal)
        ? Figures.Plain(id, name, value, undefined, subject)
        : Figures.Near(id, name, value, ideal, undefined, 0, 1, subject);

    private static double Share(double[] values, Func<double, bool> broken) => values.Length == 0 ? double.NaN : (double)values.Count(broken) / values.Length;

    private static (int Systolic, int Mean, int Diastolic)? Pressures(StaySet set)
    {
        int[] at = [.. new[] { "sbp", "map", "dbp" }.Select(name => Enumerable.Range(0, set.Channels).FirstOrDefault(c => set.Cohort.Channels[c].Name == name, -1))];
        return Array.TrueForAll(at, c => c >= 0) ? (at[0], at[1], at[2]) : null;
    }

    private static double Disordered(StaySet set, (int Systolic, int Mean, int Diastolic) p)
    {
        int together = 0, broken = 0;
        for (int i = 0; i < set.Grid.Count; i++)
        {
            for (int t = 0; t < set.Grid.Lengths[i]; t++)
            {
                if (!set.Grid.IsObserved(i, t, p.Systolic) || !set.Grid.IsObserved(i, t, p.Mean) || !set.Grid.IsObserved(i, t, p.Diastolic))
                    continue;
                together++;
                float mean = set.Grid[i, t, p.Mean];
                broken += set.Grid[i, t, p.Diastolic] <= mean && mean <= set.Grid[i, t, p.Systolic] ? 0 : 1;
            }
        }

        return together == 0 ? double.NaN : (double)broken / together;
    }
}

using Lethe.Data.Cohorts;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Evaluation.Statistics;
using Lethe.Results;

namespace Lethe.Evaluation.Cohorts;

/// <summary>Describes a cohort: observation frequency, distributions, hourly course, correlation over time, Table 1 by outcome.</summary>
public static class CohortSummariser
{
    private const int FewestStays = 10;
    private const int FewestPairs = 30;

    // Quantiles of a channel with more readings than this come from every k-th reading: the fifth digit does not matter here.
    private const int MostReadings = 2_000_000;

    /// <summary>The summary.</summary>
    /// <param name="cohort">Any cohort.</param>
    /// <param name="hours">Hours of the window for hourly figures.</param>
    /// <param name="cancellation">Checked per channel.</param>
    public static CohortSummary Of(Cohort cohort, int hours = 48, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hours);
        int[] lastHour = LastHours(cohort, hours);
        ChannelSummary[] channels = new ChannelSummary[cohort.Channels.Count];
        HourlyMeans[] means = HourlyMeans.Of(cohort, hours);
        for (int c = 0; c < channels.Length; c++)
        {
            cancellation.ThrowIfCancellationRequested();
            channels[c] = Channel(cohort, c, hours, lastHour, means[c]);
        }

        TableOne table = TableOne.Of(cohort);
        Column? key = cohort.Statics.Columns.FirstOrDefault(x => x.Schema.Role == ColumnRole.PatientKey);
        return new CohortSummary
        {
            Name = cohort.Name,
            Stays = cohort.Count,
            Patients = key is null ? cohort.Count : Enumerable.Range(0, cohort.Count).Select(key.Format).Distinct().Count(),
            Events = cohort.EventCount,
            Hours = hours,
            Outcome = cohort.Outcomes.Count > 0 ? cohort.Outcomes[0] : null,
            Groups = table.Groups,
            TableOne = table.Rows,
            Channels = channels,
        };
    }

    // The last hour (exclusive) in which a stay is still there: by its recorded length, else by its last event.
    private static int[] LastHours(Cohort cohort, int hours)
    {
        NumericColumn? length = cohort.Statics.Schema.TryGet("length_hours", out _) ? cohort.Statics["length_hours"] as NumericColumn : null;
        int[] last = new int[cohort.Count];
        for (int i = 0; i < last.Length; i++)
        {
            double end = length is not null && !length.IsMissing(i) ? length[i] : cohort[i].Count == 0 ? 0 : cohort[i].Times[^1];
            last[i] = (int)Math.Clamp(Math.Ceiling(end), 0, hours);
        }

        return last;
    }

    private static ChannelSummary Channel(Cohort cohort, int channel, int hours, int[] lastHour, HourlyMeans means)
    {
        Channel c = cohort.Channels[channel];
        double[] readings = Readings(cohort, channel, out long count, out int staysObserved);
        double days = lastHour.Sum(h => h / 24.0);
        double[] observed = new double[hours];
        double?[] median = new double?[hours], lower = new double?[hours], upper = new double?[hours];
        for (int t = 0; t < hours; t++)
        {
            double[] values = means.AtHour(t);
            int there = lastHour.Count(h => h > t);
            observed[t] = there == 0 ? 0 : Math.Min(1, values.Length / (double)there);
            if (values.Length >= FewestStays)
                (lower[t], median[t], upper[t]) = (Quantile.Of(values, 0.25), Quantile.Of(values, 0.5), Quantile.Of(values, 0.75));
        }

        return new ChannelSummary
        {
            Channel = c.Name,
            Title = c.Title ?? c.Name,
            Unit = c.Unit,
            Readings = count,
            StaysObserved = cohort.Count == 0 ? 0 : staysObserved / (double)cohort.Count,
            PerDay = days == 0 ? 0 : count / days,
            Quantiles = readings.Length == 0 ? [] : [.. new[] { 0.05, 0.25, 0.5, 0.75, 0.95 }.Select(p => Quantile.Of(readings, p))],
            ObservedByHour = observed,
            MedianByHour = median,
            LowerByHour = lower,
            UpperByHour = upper,
            Autocorrelation = [.. ChannelSummary.Lags.Select(lag => means.Autocorrelation(lag, FewestPairs))],
        };
    }

    private static double[] Readings(Cohort cohort, int channel, out long count, out int staysObserved)
    {
        count = 0;
        staysObserved = 0;
        foreach (ushort c in cohort.ChannelOfEvent)
            count += c == channel ? 1 : 0;
        long every = Math.Max(1, count / MostReadings);
        List<double> kept = new((int)(count / every) + 1);
        long seen = 0;
        for (int i = 0; i < cohort.Count; i++)
        {
            StayEvents s = cohort[i];
            bool any = false;
            for (int e = 0; e < s.Count; e++)
            {
                if (s.Channels[e] != channel)
                    continue;
                any = true;
                if (seen++ % every == 0)
                    kept.Add(s.Values[e]);
            }

            staysObserved += any ? 1 : 0;
        }

        return [.. kept];
    }
}

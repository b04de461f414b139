using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts.Import;

/// <summary>The numbers of a cohort's "Table 1": aggregates only. Immutable.</summary>
public sealed record CohortSummary
{
    /// <summary>Stays.</summary>
    public required int Stays { get; init; }

    /// <summary>Patients; null when the source has no patient key.</summary>
    public int? Patients { get; init; }

    /// <summary>Age in years.</summary>
    public Quartiles? Age { get; init; }

    /// <summary>Stays of women, of those whose sex is known.</summary>
    public Share? Female { get; init; }

    /// <summary>Deaths in hospital, of the stays whose outcome is known.</summary>
    public Share? InHospitalDeath { get; init; }

    /// <summary>Deaths in the unit, of the stays whose outcome is known.</summary>
    public Share? DiedInUnit { get; init; }

    /// <summary>Length of the stay in the unit, hours.</summary>
    public Quartiles? LengthHours { get; init; }

    /// <summary>Length of the stay in hospital, days.</summary>
    public Quartiles? HospitalDays { get; init; }

    /// <summary>Events a stay.</summary>
    public required Quartiles EventsPerStay { get; init; }

    /// <summary>Events of all stays.</summary>
    public required long Events { get; init; }

    /// <summary>By channel name: events, median reading, stays with at least one.</summary>
    public required IReadOnlyDictionary<string, ChannelSummary> Channels { get; init; }

    /// <summary>Summarises a cohort.</summary>
    public static CohortSummary Of(Cohort cohort)
    {
        Table s = cohort.Statics;
        return new CohortSummary
        {
            Stays = cohort.Count,
            Patients = s.Schema.PatientKey is { } key ? Enumerable.Range(0, cohort.Count).Select(s[key.Name].Format).Distinct(StringComparer.Ordinal).Count() : null,
            Age = Numbers(s, StaticNames.Age),
            Female = Level(s, StaticNames.Sex, "female"),
            InHospitalDeath = Level(s, StaticNames.InHospitalDeath, "1"),
            DiedInUnit = Level(s, StaticNames.DiedInUnit, "1"),
            LengthHours = Numbers(s, StaticNames.LengthHours),
            HospitalDays = Numbers(s, StaticNames.HospitalDays) ?? Numbers(s, "length_of_stay"),
            EventsPerStay = Quartiles.Of([.. Enumerable.Range(0, cohort.Count).Select(i => (double)cohort[i].Count)]) ?? new Quartiles(0, 0, 0),
            Events = cohort.EventCount,
            Channels = ByChannel(cohort),
        };
    }

    private static Dictionary<string, ChannelSummary> ByChannel(Cohort cohort)
    {
        List<double>[] values = [.. cohort.Channels.Select(_ => new List<double>())];
        int[] stays = new int[values.Length], last = new int[values.Length];
        for (int i = 0; i < cohort.Count; i++)
        {
            StayEvents events = cohort[i];
            for (int e = 0; e < events.Count; e++)
            {
                int c = events.Channels[e];
                values[c].Add(events.Values[e]);
                if (last[c] == i + 1)
                    continue;
                last[c] = i + 1;
                stays[c]++;
            }
        }

        return cohort.Channels.Select((c, i) => (c.Name, new ChannelSummary(values[i].Count, Quartiles.Of([.. values[i]]), new Share(stays[i], cohort.Count)))).ToDictionary(StringComparer.Ordinal);
    }

    private static Quartiles? Numbers(Table table, string name) => table.Schema.TryGet(name, out _) && table[name] is NumericColumn column ? Quartiles.Of([.. column.Values.ToArray().Where(v => !double.IsNaN(v))]) : null;

    private static Share? Level(Table table, string name, string level)
    {
        if (!table.Schema.TryGet(name, out _) || table[name] is not DiscreteColumn column)
            return null;
        int code = column.Levels.ToList().IndexOf(level), known = column.Count - column.MissingCount;
        return known == 0 || code < 0 ? null : new Share(column.Codes.Count(code), known);
    }
}

/// <summary>One channel of a summary.</summary>
/// <param name="Events">Readings.</param>
/// <param name="Values">Quartiles of the readings; null when there are none.</param>
/// <param name="StaysWithAny">Stays with at least one reading.</param>
public sealed record ChannelSummary(long Events, Quartiles? Values, Share StaysWithAny);

/// <summary>Median and quartiles (linear interpolation between order statistics, Hyndman and Fan's type 7).</summary>
/// <param name="Lower">First quartile.</param>
/// <param name="Median">Median.</param>
/// <param name="Upper">Third quartile.</param>
public sealed record Quartiles(double Lower, double Median, double Upper)
{
    /// <summary>The quartiles of some numbers; null when there are none.</summary>
    public static Quartiles? Of(double[] values)
    {
        if (values.Length == 0)
            return null;
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return new Quartiles(At(sorted, 0.25), At(sorted, 0.5), At(sorted, 0.75));
    }

    private static double At(double[] sorted, double p)
    {
        double h = p * (sorted.Length - 1);
        int below = (int)h;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + ((h - below) * (sorted[below + 1] - sorted[below]));
    }
}

/// <summary>Some of all.</summary>
/// <param name="Count">How many.</param>
/// <param name="Of">Of how many.</param>
public sealed record Share(int Count, int Of);

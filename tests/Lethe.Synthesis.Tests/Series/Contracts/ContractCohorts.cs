using Lethe.Data.Cohorts;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Synthesis.Tests.Series.Contracts;

/// <summary>Made-up cohorts that every method for time series must cope with.</summary>
internal static class ContractCohorts
{
    /// <summary>Irregular, incomplete stays of different lengths with statics, an outcome and every kind of channel, one of them never observed.</summary>
    public static Cohort Mixed(int stays = 60, ulong seed = 21)
    {
        RandomStream random = new Seed(seed).Stream("mixed cohort");
        double[] age = new double[stays], weight = new double[stays];
        int[] sex = new int[stays], died = new int[stays];
        CohortBuilder events = new();
        for (int i = 0; i < stays; i++)
        {
            double severity = random.NextGaussian();
            age[i] = Math.Clamp(Math.Round(60 + (14 * random.NextGaussian())), 18, 90);
            weight[i] = random.NextBool(0.2) ? double.NaN : Math.Round(80 + (15 * random.NextGaussian()), 1);
            sex[i] = random.NextInt(2);
            died[i] = random.NextBool(1 / (1 + Math.Exp(1 - severity))) ? 1 : 0;
            double hours = 4 + (8 * random.NextDouble()), rate = 85 + (8 * severity);
            for (double t = 0.3 * random.NextDouble(); t < hours; t += 0.4 + (0.8 * random.NextDouble()))
            {
                rate += (0.2 * (85 - rate)) + (4 * random.NextGaussian());
                events.Add(i, (float)t, 0, (float)Math.Round(rate));
                if (random.NextBool(0.3))
                    events.Add(i, (float)t, 1, (float)Math.Round(Math.Exp(0.3 + (0.4 * severity) + (0.2 * random.NextGaussian())), 1));
                if (random.NextBool(0.4))
                    events.Add(i, (float)t, 2, random.NextInt(3));
                if (random.NextBool(0.5))
                    events.Add(i, (float)t, 3, Math.Clamp((float)Math.Round(13 - severity + random.NextGaussian()), 3, 15));
            }
        }

        Table statics = new(
        [
            new TextColumn(new ColumnSchema { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = ColumnRole.Identifier }, [.. Enumerable.Range(0, stays).Select(i => $"stay {i}")]),
            new TextColumn(new ColumnSchema { Name = StaticNames.PatientId, Kind = ColumnKind.Text, Role = ColumnRole.PatientKey }, [.. Enumerable.Range(0, stays).Select(i => $"patient {i}")]),
            new NumericColumn(new ColumnSchema { Name = "age", Kind = ColumnKind.Integer, Bounds = new Bounds(18, 90, Origin.Public), Unit = "a" }, age),
            new NumericColumn(new ColumnSchema { Name = "poids", Kind = ColumnKind.Continuous, Decimals = 1, Unit = "kg" }, weight),
            new DiscreteColumn(new ColumnSchema { Name = "sex", Kind = ColumnKind.Categorical, Categories = ["female", "male"] }, sex),
            new DiscreteColumn(new ColumnSchema { Name = "died", Kind = ColumnKind.Boolean, Role = ColumnRole.Target, Categories = ["no", "yes"] }, died),
        ], "mixed cohort");
        return events.Build("mixed cohort", statics, Channels, ["died"]);
    }

    /// <summary>Complete windows without statics, as the 24-step benchmarks have them.</summary>
    public static Cohort Windows(int windows = 48, int steps = 12)
    {
        RandomStream random = new Seed(5).Stream("windows");
        CohortBuilder events = new();
        for (int i = 0; i < windows; i++)
        {
            double phase = 6 * random.NextDouble();
            for (int t = 0; t < steps; t++)
            {
                events.Add(i, t, 0, (float)((Math.Sin(phase + (0.4 * t)) + 1) / 2));
                events.Add(i, t, 1, (float)((Math.Cos(phase + (0.4 * t)) + 1) / 2));
            }
        }

        Table statics = new([new TextColumn(new ColumnSchema { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = ColumnRole.Identifier }, [.. Enumerable.Range(0, windows).Select(i => $"window {i}")])]);
        return events.Build("windows", statics, [new Channel { Name = "x", Kind = ChannelKind.Vital, Decimals = 7 }, new Channel { Name = "y", Kind = ChannelKind.Vital, Decimals = 7 }], []);
    }

    /// <summary>Names of <see cref="Awkward"/>.</summary>
    public static readonly string[] AwkwardNames = ["one stay", "two stays", "one reading", "a stay without events", "constant channel", "windows", "one step", "all outcomes alike"];

    public static Cohort Awkward(string name) => name switch
    {
        "one stay" => Mixed(1),
        "two stays" => Mixed(2),
        "one reading" => Few([(0, 0.5f, 0, 80f)], 3),
        "a stay without events" => Few([(0, 0.5f, 0, 80f), (0, 1.5f, 0, 82f), (2, 0.2f, 1, 1.2f), (2, 3.1f, 0, 75f)], 3),
        "constant channel" => Few([.. Enumerable.Range(0, 40).Select(i => (i / 4, (float)(i % 4), 0, 37f))], 10),
        "windows" => Windows(),
        "one step" => Few([.. Enumerable.Range(0, 20).Select(i => (i, 0.5f, i % 2, i % 2 == 0 ? 70f + i : 1f + (i / 10f)))], 20),
        "all outcomes alike" => AllAlike(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "unknown cohort"),
    };

    private static readonly Channel[] Channels =
    [
        new() { Name = "heart_rate", Kind = ChannelKind.Vital, Unit = "/min", Decimals = 0, PlausibleRange = new Bounds(10, 300, Origin.Public) },
        new() { Name = "lactate", Kind = ChannelKind.Lab, Unit = "mmol/L", Decimals = 1, PlausibleRange = new Bounds(0.1, 40, Origin.Public) },
        new() { Name = "rythme", Kind = ChannelKind.Categorical, Levels = ["sinus", "AF", "other"], Decimals = 0 },
        new() { Name = "gcs", Kind = ChannelKind.Score, Decimals = 0, PlausibleRange = new Bounds(3, 15, Origin.Public) },
        new() { Name = "never", Kind = ChannelKind.Lab, Unit = "g/L" },
    ];

    private static Cohort Few((int Stay, float Time, int Channel, float Value)[] readings, int stays)
    {
        CohortBuilder events = new();
        foreach ((int stay, float time, int channel, float value) in readings)
            events.Add(stay, time, channel, value);
        Cohort mixed = Mixed(stays);
        return events.Build("few", mixed.Statics, Channels, ["died"]);
    }

    private static Cohort AllAlike()
    {
        Cohort mixed = Mixed(20);
        Table statics = new(mixed.Schema, mixed.Statics.Columns.Select(c => c.Name == "died" ? new DiscreteColumn(c.Schema, new int[20]) : c));
        return mixed.WithStatics(statics);
    }
}

using Lethe.Data.Cohorts;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Tests.Cohorts;

/// <summary>Small made-up cohorts: irregular, ragged, with empty stays and channels never observed.</summary>
internal static class CohortSamples
{
    public static readonly Channel[] Channels =
    [
        new() { Name = "heart_rate", Kind = ChannelKind.Vital, Unit = "/min", Decimals = 0, Loinc = "8867-4" },
        new() { Name = "creatinine", Kind = ChannelKind.Lab, Unit = "mg/dL", Decimals = 2, Loinc = "2160-0" },
        new() { Name = "rhythm", Kind = ChannelKind.Categorical, Levels = ["sinus", "atrial fibrillation", "paced"], Decimals = 0 },
        new() { Name = "urine", Kind = ChannelKind.Output, Unit = "mL", Decimals = 0 },
        new() { Name = "never", Kind = ChannelKind.Lab, Decimals = 1 },
    ];

    public static Table Statics(int stays, bool patientKey = false) => new(
    [
        new TextColumn(new ColumnSchema { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = ColumnRole.Identifier }, [.. Enumerable.Range(0, stays).Select(i => $"s{i}")]),
        .. patientKey ? [new TextColumn(new ColumnSchema { Name = "patient_id", Kind = ColumnKind.Text, Role = ColumnRole.PatientKey }, [.. Enumerable.Range(0, stays).Select(i => $"p{i / 2}")])] : Array.Empty<Column>(),
        new NumericColumn(new ColumnSchema { Name = "age", Kind = ColumnKind.Integer }, [.. Enumerable.Range(0, stays).Select(i => 20.0 + (i % 70))]),
        new DiscreteColumn(new ColumnSchema { Name = "died", Kind = ColumnKind.Boolean, Categories = ["0", "1"], Role = ColumnRole.Target }, [.. Enumerable.Range(0, stays).Select(i => i % 5 == 0 ? 1 : 0)]),
    ]);

    public static Cohort Random(ulong seed, int stays = 12, bool duplicates = true)
    {
        RandomStream r = new Seed(seed).Stream("cohort");
        CohortBuilder builder = new();
        for (int i = 0; i < stays; i++)
        {
            int events = r.NextInt(60); // some stays are empty
            HashSet<(float, int)> seen = [];
            for (int e = 0; e < events; e++)
            {
                float hours = (float)(r.NextInt(2880) / 60.0);
                int channel = r.NextInt(4);
                if (!duplicates && !seen.Add((hours, channel)))
                    continue;
                float value = channel switch
                {
                    0 => 40 + r.NextInt(120),
                    1 => (float)Math.Round(0.3 + (3 * r.NextDouble()), 2),
                    2 => r.NextInt(3),
                    _ => r.NextInt(500),
                };
                builder.Add(i, hours, channel, value);
            }
        }

        return builder.Build("sample", Statics(stays), Channels, ["died"]);
    }

    /// <summary>Everything that a writer might lose: quotes, separators and blanks in names and levels, seconds, times before admission, digits, texts, dates, gaps, patients with several stays.</summary>
    public static Cohort Odd(ulong seed, int stays = 9)
    {
        RandomStream r = new Seed(seed).Stream("odd");
        Channel[] channels =
        [
            new() { Name = "heart rate, invasive", Kind = ChannelKind.Vital, Unit = "/min", Decimals = 7 },
            new() { Name = "a//b \"c\"", Kind = ChannelKind.Lab, Unit = "mg/dL", Decimals = 7 },
            new() { Name = "rhythm", Kind = ChannelKind.Categorical, Levels = ["sinus", "with, comma", " padded ", "x//y", "ü北 \"q\"", "1"], Decimals = 0 },
            new() { Name = "never", Kind = ChannelKind.Lab },
        ];
        CohortBuilder builder = new();
        for (int i = 0; i < stays; i++)
        {
            for (int e = r.NextInt(40); e > 0; e--)
            {
                int channel = r.NextInt(3);
                double magnitude = Math.Pow(10, r.NextInt(9) - 4);
                builder.Add(i, (float)((r.NextInt(20_000) - 2000) / 360.0), channel, channel == 2 ? r.NextInt(6) : (float)(r.NextGaussian() * magnitude));
            }
        }

        ColumnSchema number = new() { Name = "lactate_first", Kind = ColumnKind.Continuous, Decimals = 1 };
        Table statics = new(
        [
            .. Statics(stays, patientKey: true).Columns,
            new NumericColumn(number, [.. Enumerable.Range(0, stays).Select(i => i % 4 == 0 ? double.NaN : r.NextGaussian())]),
            new DiscreteColumn(new ColumnSchema { Name = "ward, first", Kind = ColumnKind.Categorical, Categories = ["a", "b//c", "d/"] }, [.. Enumerable.Range(0, stays).Select(i => i % 3 == 0 ? DiscreteColumn.Missing : r.NextInt(3))]),
            new TextColumn(new ColumnSchema { Name = "remark", Kind = ColumnKind.Text }, [.. Enumerable.Range(0, stays).Select(i => i % 2 == 0 ? null : $"said \"{i}\", then left")]),
        ]);
        return builder.Build("odd: cohort", statics, channels, ["died"]);
    }

    public static List<(int Stay, float Time, int Channel, float Value)> Events(Cohort cohort)
    {
        List<(int, float, int, float)> events = [];
        for (int i = 0; i < cohort.Count; i++)
        {
            StayEvents s = cohort[i];
            for (int e = 0; e < s.Count; e++)
                events.Add((i, s.Times[e], s.Channels[e], s.Values[e]));
        }

        return events;
    }
}

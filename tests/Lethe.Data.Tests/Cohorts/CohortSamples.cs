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

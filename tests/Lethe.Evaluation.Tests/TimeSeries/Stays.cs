using Lethe.Data.Cohorts;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Evaluation.Tests.TimeSeries;

/// <summary>Small cohorts by hand.</summary>
internal static class Stays
{
    public const string Outcome = "died";

    /// <summary>A cohort of stays given as events (hour, channel, value).</summary>
    public static Cohort Of(IReadOnlyList<Channel> channels, IReadOnlyList<(float Hour, int Channel, float Value)[]> stays, IReadOnlyList<int>? died = null)
    {
        CohortBuilder builder = new();
        for (int i = 0; i < stays.Count; i++)
        {
            foreach ((float hour, int channel, float value) in stays[i])
                builder.Add(i, hour, channel, value);
        }

        List<Column> columns = [new TextColumn(new ColumnSchema { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = ColumnRole.Identifier }, [.. stays.Select((_, i) => $"S{i}")])];
        if (died is not null)
            columns.Add(new DiscreteColumn(new ColumnSchema { Name = Outcome, Kind = ColumnKind.Boolean, Role = ColumnRole.Target, Categories = ["0", "1"] }, [.. died]));
        return builder.Build("stays", new Table(columns), channels, died is null ? [] : [Outcome]);
    }

    public static Channel Vital(string name, double low = 0, double high = 1000) => new() { Name = name, Kind = ChannelKind.Vital, PlausibleRange = new Bounds(low, high, Origin.Public) };

    /// <summary>One channel, one reading an hour from hour 0.</summary>
    public static (float, int, float)[] Course(params float[] values) => [.. values.Select((v, t) => ((float)t, 0, v))];
}

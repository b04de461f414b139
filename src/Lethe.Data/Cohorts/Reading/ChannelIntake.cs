using Lethe.Data.Problems;
using Lethe.Data.Rows;
using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// The gate for files whose variables are channels already (tidy and wide): value or level, plausible range, account, and
/// the decimals that readings were written with.
/// </summary>
internal sealed class ChannelIntake(IReadOnlyList<Channel> channels, ImplausibleRule rule)
{
    private readonly CohortBuilder _builder = new();
    private readonly List<int> _decimals = [.. channels.Select(_ => 0)];

    public EventTally Tally { get; } = new();

    /// <summary>Makes room for a channel that was appended to the list.</summary>
    public void Grow() => _decimals.Add(0);

    /// <summary>Offers the reading in a cell; it is kept or counted with a reason.</summary>
    public void Offer(int stay, double hours, int channelIndex, RowReader rows, int column)
    {
        Channel channel = channels[channelIndex];
        if (!TryValue(rows, column, channel, out double value, out string? reason))
        {
            Tally.LeaveOut(reason!, channel.Name, rows.Name, rows.Line);
            return;
        }

        if (Take(stay, hours, channelIndex, value, rows))
            _decimals[channelIndex] = Math.Max(_decimals[channelIndex], DecimalsOf(rows.Utf8(column)));
    }

    /// <summary>Offers a value that was understood; true when it is kept.</summary>
    public bool Take(int stay, double hours, int channelIndex, double value, RowReader rows)
    {
        Channel channel = channels[channelIndex];
        if (channel.PlausibleRange is { } range && !range.Contains(value))
        {
            if (rule == ImplausibleRule.LeaveOut)
            {
                Tally.LeaveOut(EventReasons.Implausible, channel.Name, rows.Name, rows.Line);
                return false;
            }

            Tally.Note(rule == ImplausibleRule.Keep ? "value is outside the plausible range, kept" : "value moved to the end of the plausible range", channel.Name, rows.Name, rows.Line);
            value = rule == ImplausibleRule.Keep ? value : Math.Clamp(value, range.Lower, range.Upper);
        }

        if (hours < 0)
            Tally.Note("time is before admission", channel.Name, rows.Name, rows.Line);
        _builder.Add(stay, (float)hours, channelIndex, (float)value);
        Tally.Keep();
        return true;
    }

    /// <summary>Assembles the cohort.</summary>
    public CohortReadResult Finish(string name, Table statics, IReadOnlyList<Channel> all, IReadOnlyList<string> outcomes, string file, IReadOnlyList<DataProblem> warnings, bool inferDecimals)
    {
        Cohort cohort = _builder.Build(name, statics, inferDecimals ? [.. all.Select((c, i) => c with { Decimals = _decimals[i] })] : all, outcomes);
        DuplicateNotes.Add(cohort, Tally, file);
        return new CohortReadResult(cohort, Tally, warnings);
    }

    private static bool TryValue(RowReader rows, int column, Channel channel, out double value, out string? reason)
    {
        reason = null;
        if (channel.Kind == ChannelKind.Categorical && channel.Levels.Count > 0)
        {
            string? level = rows.Text(column);
            int code = level is null ? -1 : LevelOf(channel, level);
            value = code;
            reason = level is null ? "value is missing" : "value is none of the channel's levels";
            return code >= 0;
        }

        bool number = rows.TryNumber(column, out value);
        reason = number ? "value is missing" : "value is not a number";
        return number && !double.IsNaN(value);
    }

    private static int LevelOf(Channel channel, string level)
    {
        for (int i = 0; i < channel.Levels.Count; i++)
        {
            if (string.Equals(channel.Levels[i], level, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }

    // The most decimals that count, up to 7: 63.0 was recorded as a whole number.
    private static int DecimalsOf(ReadOnlySpan<byte> text)
    {
        int point = text.IndexOf((byte)'.');
        if (point < 0 || text.IndexOfAny((byte)'e', (byte)'E') >= 0)
            return 0;
        int decimals = text.Length - point - 1;
        while (decimals > 0 && text[point + decimals] == '0')
            decimals--;
        return Math.Min(decimals, 7);
    }
}

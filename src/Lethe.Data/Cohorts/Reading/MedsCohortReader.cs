using System.Globalization;
using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Cohorts.Documents;
using Lethe.Data.Rows;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// Reads a MEDS stream whose codes are channels already, as <see cref="Writing.MedsCsvWriter"/> writes it: <c>STATIC//…</c>,
/// <c>CHANNEL//name//unit</c>, <c>OUTCOME//…</c>, one stay a subject, hours since its <c>ICU_ADMISSION</c>. Where the folder holds
/// <c>channels.yaml</c> and <c>statics.schema.yaml</c>, they say what channels and columns are; else it is inferred.
/// </summary>
internal sealed class MedsCohortReader
{
    private readonly string _source;
    private readonly Dictionary<long, Stay> _stays = [];
    private readonly List<Channel> _channels = [];
    private readonly Dictionary<string, int> _channelOf = new(StringComparer.Ordinal);
    private readonly List<Dictionary<string, int>> _levels = [];
    private readonly List<string> _columns = [Cohort.StayIdColumn], _outcomes = [];
    private readonly bool _described;
    private readonly ChannelIntake _intake;
    private readonly EventTally _tally;

    private MedsCohortReader(string source, IReadOnlyList<Channel>? channels, ImplausibleRule rule)
    {
        _source = source;
        _intake = new ChannelIntake(_channels, rule);
        _tally = _intake.Tally;
        _described = channels is not null;
        foreach (Channel channel in channels ?? [])
            AddChannel(channel);
    }

    /// <summary>True when a code is of this kind of stream.</summary>
    public static bool Speaks(string code) => MedsCode.Part(code, 0) is MedsCode.Channel or MedsCode.Static or MedsCode.Outcome;

    public static CohortReadResult Read(IRowSource source, string table, CohortDefinition definition, CancellationToken cancellation)
    {
        string? folder = (source as CsvFolderSource)?.Folder;
        string channelsFile = Path.Combine(folder ?? "", CohortFolder.ChannelsFile), schemaFile = Path.Combine(folder ?? "", CohortFolder.SchemaFile);
        (string Name, IReadOnlyList<string> Outcomes, IReadOnlyList<Channel> Channels)? described =
            folder is not null && File.Exists(channelsFile) ? ChannelsYaml.Read(File.ReadAllText(channelsFile), channelsFile) : null;
        Schema? schema = folder is not null && File.Exists(schemaFile) ? SchemaYaml.Load(schemaFile) : null;
        MedsCohortReader reader = new(source.Name, described?.Channels, definition.Implausible);
        using (RowReader rows = source.Open(table, "subject_id", "time", "code"))
            reader.Admissions(rows, cancellation);
        using (RowReader rows = source.Open(table, "subject_id", "time", "code", "numeric_value"))
            reader.Events(rows, cancellation);
        CohortReadResult read = reader.Finish(described?.Name ?? source.Name, schema, described?.Outcomes);
        return CohortSelection.Apply(read, definition, source.Name);
    }

    private void Admissions(RowReader rows, CancellationToken cancellation)
    {
        while (Next(rows, cancellation))
        {
            if (!rows.TryInteger(0, out long subject))
                throw HospitalImport.BadRow(rows, "subject_id", "the number of the subject is missing or not a number");
            if (!_stays.TryGetValue(subject, out Stay? stay))
                _stays.Add(subject, stay = new Stay(_stays.Count));
            if (MedsCode.Part(rows.Text(2) ?? "", 0) == MedsCode.Admission && rows.TryTime(1, out DateTime time))
                stay.Admitted ??= time;
        }
    }

    private void Events(RowReader rows, CancellationToken cancellation)
    {
        while (Next(rows, cancellation))
        {
            _ = rows.TryInteger(0, out long subject);
            Stay stay = _stays[subject];
            string code = rows.Text(2) ?? "";
            string[] parts = MedsCode.Parts(code);
            switch (parts[0])
            {
                case MedsCode.Channel when parts.Length >= 2:
                    Event(rows, stay, parts);
                    break;
                case MedsCode.Static or MedsCode.Outcome when parts.Length >= 2:
                    stay.Cells[parts[1]] = parts.Length > 2 ? parts[2] : rows.Text(3);
                    if (!_columns.Contains(parts[1]))
                        _columns.Add(parts[1]);
                    if (parts[0] == MedsCode.Outcome && !_outcomes.Contains(parts[1]))
                        _outcomes.Add(parts[1]);
                    _tally.LeaveOut("static attribute", parts[1], rows.Name, rows.Line);
                    break;
                default:
                    _tally.LeaveOut("not a measurement", parts[0], rows.Name, rows.Line);
                    break;
            }
        }
    }

    private void Event(RowReader rows, Stay stay, string[] parts)
    {
        string name = parts[1], unit = parts.Length > 2 ? parts[2] : "";
        if (!_channelOf.TryGetValue(name, out int c))
        {
            if (_described)
            {
                _tally.LeaveOut("variable is not among the channels", name, rows.Name, rows.Line);
                return;
            }

            c = _channels.Count;
            AddChannel(new Channel { Name = name, Kind = parts.Length > 3 ? ChannelKind.Categorical : ChannelKind.Vital, Unit = unit.Length == 0 ? null : unit, Decimals = 7 });
        }

        if ((_channels[c].Unit ?? "") != unit)
            _tally.LeaveOut("unit differs from that of the channel", name, rows.Name, rows.Line);
        else if (!rows.TryTime(1, out DateTime time) || stay.Admitted is not { } admitted)
            _tally.LeaveOut(stay.Admitted is null ? "subject has no ICU_ADMISSION" : EventReasons.NoTime, name, rows.Name, rows.Line);
        else if (parts.Length > 3 ? !TryLevel(c, parts[3], out double value) : !rows.TryNumber(3, out value))
            _tally.LeaveOut(parts.Length > 3 ? "value is none of the channel's levels" : EventReasons.NotNumber, name, rows.Name, rows.Line);
        else if (double.IsNaN(value))
            _tally.LeaveOut(EventReasons.NoValue, name, rows.Name, rows.Line);
        else
            _intake.Take(stay.Row, (time - admitted).TotalHours, c, value, rows);
    }

    private bool TryLevel(int channel, string level, out double code)
    {
        bool known = _levels[channel].TryGetValue(level, out int at);
        if (!known && !_described)
        {
            at = _levels[channel].Count;
            _levels[channel].Add(level, at);
            known = true;
        }

        code = at;
        return known;
    }

    private void AddChannel(Channel channel)
    {
        _channelOf.TryAdd(channel.Name, _channels.Count);
        _channels.Add(channel);
        _levels.Add(channel.Levels.Select((l, i) => (l, i)).ToDictionary(p => p.l, p => p.i, StringComparer.Ordinal));
    }

    private CohortReadResult Finish(string name, Schema? schema, IReadOnlyList<string>? outcomes)
    {
        string?[][] cells = [.. _stays.OrderBy(s => s.Value.Row).Select(s => (string?[])
            [s.Key.ToString(CultureInfo.InvariantCulture), .. _columns.Skip(1).Select(c => s.Value.Cells.GetValueOrDefault(c))])];
        Table statics = PlainStatics.WithTextIds(CellTable.Build(_source, _columns, cells, schema), Cohort.StayIdColumn);
        IReadOnlyList<Channel> channels = _described ? _channels : [.. _channels.Select((c, i) => _levels[i].Count == 0 ? c : c with { Kind = ChannelKind.Categorical, Decimals = 0, Levels = [.. _levels[i].OrderBy(l => l.Value).Select(l => l.Key)] })];
        return _intake.Finish(name, statics, channels, outcomes ?? _outcomes, _source, [], inferDecimals: false);
    }

    private static bool Next(RowReader rows, CancellationToken cancellation)
    {
        if ((rows.Line & 0xFFFF) == 0)
            cancellation.ThrowIfCancellationRequested();
        return rows.Read();
    }

    /// <summary>A subject of the stream.</summary>
    private sealed class Stay(int row)
    {
        public int Row => row;

        public DateTime? Admitted { get; set; }

        public Dictionary<string, string?> Cells { get; } = new(StringComparer.Ordinal);
    }
}

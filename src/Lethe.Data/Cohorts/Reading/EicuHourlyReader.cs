using System.Globalization;
using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Concepts;
using Lethe.Data.Problems;
using Lethe.Data.Rows;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// Reads the hourly grid that the Yet Another ICU Benchmark (van de Water et al. 2024) makes of eICU or MIMIC: tables
/// <c>hourly</c> (one row an hour, one column a variable, <c>time</c> in seconds from unit admission) and <c>static</c>.
/// Every filled cell is one reading. Where eICU's table <c>patient</c> is beside them, patients, lengths and outcomes come
/// from it; without it every stay counts as a patient, outcomes are unknown but for <c>mortality24</c>, and a warning says so.
/// </summary>
public static class EicuHourlyReader
{
    private const double SecondsPerHour = 3600;

    /// <summary>Reads the stays of a definition.</summary>
    /// <param name="source">Folder or database.</param>
    /// <param name="definition">Who and what is kept; null: everything.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="DataException">A table or column is missing, or a row cannot be read.</exception>
    public static CohortReadResult Read(IRowSource source, CohortDefinition? definition = null, CancellationToken cancellation = default)
    {
        CohortDefinition chosen = definition ?? CohortDefinition.Everything;
        List<DataProblem> notes = [];
        List<StayRecord> stays = Stays(source, notes);
        return HospitalImport.Run("eICU hourly", "eicu-hourly", stays, chosen, (kept, intake, warnings) =>
        {
            warnings.AddRange(notes);
            StayFinder finder = new(stays, kept, chosen.Window);
            string[] variables = [.. ConceptMap.Load("eicu-hourly").Sources.Select(s => s.Source)];
            using RowReader rows = source.Open("hourly", ["stay_id", "time", .. variables]);
            while (rows.Read())
            {
                if ((rows.Line & 0xFFFF) == 0)
                    cancellation.ThrowIfCancellationRequested();
                int row = rows.TryInteger(0, out long stay) ? finder.ByStay(stay, out _) : StayFinder.None;
                bool timed = rows.TryNumber(1, out double seconds) && !double.IsNaN(seconds);
                for (int v = 0; v < variables.Length; v++)
                {
                    bool number = rows.TryNumber(v + 2, out double value);
                    if (number && double.IsNaN(value))
                        continue; // an empty cell is no reading
                    string? reason = row == StayFinder.LeftOut ? EventReasons.StayLeftOut : row < 0 ? EventReasons.StayUnknown : !timed ? EventReasons.NoTime : !number ? EventReasons.NotNumber : null;
                    if (reason is not null)
                        intake.Tally.LeaveOut(reason, intake.NameOf(variables[v]), rows.Name, rows.Line);
                    else
                        intake.Offer(row, seconds / SecondsPerHour, variables[v], value, rows.Name, rows.Line);
                }
            }
        });
    }

    private static List<StayRecord> Stays(IRowSource source, List<DataProblem> notes)
    {
        HashSet<string> onGrid = new(StringComparer.Ordinal);
        List<StayRecord> bare = [];
        using (RowReader rows = source.Open("static", "stay_id", "age", "sex", "height", "weight"))
        {
            while (rows.Read())
            {
                if (!rows.TryInteger(0, out long number))
                    throw HospitalImport.BadRow(rows, "stay_id", "the number of the stay is missing or not a number");
                string id = number.ToString(CultureInfo.InvariantCulture);
                onGrid.Add(id);
                bare.Add(new StayRecord
                {
                    Id = id,
                    Patient = id,
                    Age = StaySheet.Age(rows.TryNumber(1, out double age) ? age : double.NaN),
                    Sex = rows.Text(2) switch { "Female" => "female", "Male" => "male", _ => null },
                    Height = StaySheet.PlausibleHeight(rows.TryNumber(3, out double height) ? height : double.NaN),
                    Weight = StaySheet.PlausibleWeight(rows.TryNumber(4, out double weight) ? weight : double.NaN),
                    StayNumber = 1,
                });
            }
        }

        if (source.Has("patient"))
        {
            List<StayRecord> stays = EicuStays.Read(source, notes);
            EicuStays.AddApache(source, stays);
            return [.. stays.Where(s => onGrid.Contains(s.Id))];
        }

        notes.Add(new DataProblem
        {
            Code = "LC054",
            Severity = Severity.Warning,
            File = source.Name,
            Message = "there is no table 'patient': every stay counts as a patient, and outcomes are known only where 'mortality24' has them",
            Remedy = "Read the folder that holds 'patient' as well, so that splits can go by patient.",
        });
        AddMortality(source, bare);
        return bare;
    }

    private static void AddMortality(IRowSource source, List<StayRecord> stays)
    {
        if (!source.Has("mortality24"))
            return;
        Dictionary<string, StayRecord> byId = stays.ToDictionary(s => s.Id, StringComparer.Ordinal);
        using RowReader rows = source.Open("mortality24", "stay_id", "label");
        while (rows.Read())
        {
            if (rows.Text(0) is { } id && byId.TryGetValue(id, out StayRecord? stay) && rows.TryInteger(1, out long label))
                stay.DiedInUnit = label == 1;
        }
    }
}

using System.Globalization;
using Lethe.Data.Problems;
using Lethe.Data.Rows;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// Builds the stays of eICU from its table <c>patient</c>. The database has no dates: stays of one patient are ordered by
/// year of discharge, hospital stay and number of the visit to the unit. Two hospital stays in one year may be the other
/// way round; a warning counts such patients.
/// </summary>
internal static class EicuStays
{
    private const double MinutesPerHour = 60, MinutesPerDay = 1440;

    public static List<StayRecord> Read(IRowSource source, List<DataProblem> warnings)
    {
        List<StayRecord> stays = [];
        Dictionary<string, (long Year, long HospitalStay, long Visit)> order = new(StringComparer.Ordinal);
        using RowReader rows = source.Open(
            "patient", "patientunitstayid", "uniquepid", "age", "gender", "unittype", "unitadmitsource", "admissionheight", "admissionweight", "hospitaladmitoffset", "hospitaldischargeoffset",
            "unitdischargeoffset", "hospitaldischargestatus", "unitdischargestatus", "hospitaldischargeyear", "patienthealthsystemstayid", "unitvisitnumber");
        while (rows.Read())
        {
            if (!rows.TryInteger(0, out long id))
                throw HospitalImport.BadRow(rows, "patientunitstayid", "the number of the stay is missing or not a number");
            if (rows.Text(1) is not { } patient)
                throw HospitalImport.BadRow(rows, "uniquepid", "the patient is missing");
            StayRecord stay = new()
            {
                Id = id.ToString(CultureInfo.InvariantCulture),
                Patient = patient,
                Age = Age(rows.Text(2)),
                Sex = rows.Text(3) switch { "Female" => "female", "Male" => "male", _ => null },
                UnitType = rows.Text(4),
                AdmissionType = rows.Text(5),
                Height = StaySheet.PlausibleHeight(Number(rows, 6)),
                Weight = StaySheet.PlausibleWeight(Number(rows, 7)),
                HospitalDays = (Number(rows, 9) - Number(rows, 8)) / MinutesPerDay,
                LengthHours = Number(rows, 10) / MinutesPerHour,
                DiedInHospital = Died(rows.Text(11)),
                DiedInUnit = Died(rows.Text(12)),
            };
            stays.Add(stay);
            order[stay.Id] = (Whole(rows, 13), Whole(rows, 14), Whole(rows, 15));
        }

        StaySheet.Number(stays, s => order[s.Id]);
        int unclear = stays.GroupBy(s => s.Patient, StringComparer.Ordinal)
            .Count(p => p.GroupBy(s => order[s.Id].Year).Any(y => y.Select(s => order[s.Id].HospitalStay).Distinct().Count() > 1));
        if (unclear > 0)
        {
            warnings.Add(new DataProblem
            {
                Code = "LC053",
                Severity = Severity.Warning,
                File = rows.Name,
                Message = $"{unclear} patients have several hospital stays in one year, whose order eICU does not tell; they are ordered by their numbers",
                Remedy = "Where the first stay matters, leave these patients out, or accept that some first stays are later ones.",
            });
        }

        return stays;
    }

    /// <summary>Fills in the APACHE IVa score where the table is there; −1 means that it could not be computed.</summary>
    public static void AddApache(IRowSource source, IReadOnlyList<StayRecord> stays)
    {
        if (!source.Has("apachePatientResult"))
            return;
        Dictionary<string, StayRecord> byId = stays.ToDictionary(s => s.Id, StringComparer.Ordinal);
        using RowReader rows = source.Open("apachePatientResult", "patientunitstayid", "apacheversion", "apachescore");
        while (rows.Read())
        {
            if (rows.Text(1) == "IVa" && rows.Text(0) is { } id && byId.TryGetValue(id, out StayRecord? stay) && rows.TryNumber(2, out double score) && score >= 0)
                stay.ApacheScore = score;
        }
    }

    private static double Age(string? text) => text switch
    {
        null => double.NaN,
        _ when text.StartsWith('>') => StaySheet.OldestTold + 1,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double age) ? StaySheet.Age(age) : double.NaN,
    };

    private static bool? Died(string? status) => status switch { "Expired" => true, "Alive" => false, _ => null };

    private static double Number(RowReader rows, int column) => rows.TryNumber(column, out double value) ? value : double.NaN;

    private static long Whole(RowReader rows, int column) => rows.TryInteger(column, out long value) ? value : long.MaxValue;
}

using System.Globalization;
using Lethe.Data.Rows;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>Builds the stays of MIMIC from its tables of patients, admissions and ICU stays.</summary>
internal static class MimicStays
{
    /// <summary>Reads the stays.</summary>
    /// <param name="source">The tables.</param>
    /// <param name="stayColumn"><c>stay_id</c> or <c>icustay_id</c>.</param>
    /// <param name="patients">Sex and a function from the time of admission to age in years, by patient.</param>
    public static List<StayRecord> Read(IRowSource source, string stayColumn, Dictionary<long, (string? Sex, Func<DateTime, double> Age)> patients)
    {
        Dictionary<long, Admission> admissions = Admissions(source);
        List<StayRecord> stays = [];
        using RowReader rows = source.Open("icustays", "subject_id", "hadm_id", stayColumn, "first_careunit", "intime", "outtime");
        while (rows.Read())
        {
            if (!rows.TryInteger(0, out long subject) || !patients.TryGetValue(subject, out (string? Sex, Func<DateTime, double> Age) patient))
                throw HospitalImport.BadRow(rows, "subject_id", "the stay's patient is not in the table of patients");
            if (!rows.TryInteger(2, out long id))
                throw HospitalImport.BadRow(rows, stayColumn, "the number of the stay is missing or not a number");
            if (!rows.TryTime(4, out DateTime start))
                throw HospitalImport.BadRow(rows, "intime", "the time of admission is missing or not a time");
            Admission? admission = rows.TryInteger(1, out long hadm) ? admissions.GetValueOrDefault(hadm) : null;
            bool ended = rows.TryTime(5, out DateTime end);
            stays.Add(new StayRecord
            {
                Id = id.ToString(CultureInfo.InvariantCulture),
                Patient = subject.ToString(CultureInfo.InvariantCulture),
                Age = StaySheet.Age(patient.Age(start)),
                Sex = patient.Sex,
                AdmissionType = admission?.Type,
                UnitType = rows.Text(3),
                LengthHours = ended ? (end - start).TotalHours : double.NaN,
                HospitalDays = admission?.Days ?? double.NaN,
                DiedInUnit = admission is null ? null : admission.Death is { } death && ended && death <= end,
                DiedInHospital = admission?.Died,
                In = start,
                Out = ended ? end : DateTime.MaxValue,
            });
        }

        StaySheet.Number(stays, s => s.In);
        return stays;
    }

    /// <summary><c>female</c>, <c>male</c> or null.</summary>
    public static string? Sex(string? letter) => letter switch { "F" => "female", "M" => "male", _ => null };

    private static Dictionary<long, Admission> Admissions(IRowSource source)
    {
        Dictionary<long, Admission> admissions = [];
        using RowReader rows = source.Open("admissions", "hadm_id", "admission_type", "admittime", "dischtime", "deathtime", "hospital_expire_flag");
        while (rows.Read())
        {
            if (!rows.TryInteger(0, out long id))
                throw HospitalImport.BadRow(rows, "hadm_id", "the number of the admission is missing or not a number");
            double days = rows.TryTime(2, out DateTime start) && rows.TryTime(3, out DateTime end) ? (end - start).TotalDays : double.NaN;
            admissions[id] = new Admission(rows.Text(1), days, rows.TryTime(4, out DateTime death) ? death : null, rows.TryInteger(5, out long flag) ? flag == 1 : null);
        }

        return admissions;
    }

    private sealed record Admission(string? Type, double Days, DateTime? Death, bool? Died);
}

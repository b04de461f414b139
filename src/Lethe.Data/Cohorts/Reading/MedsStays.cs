using System.Globalization;
using Lethe.Data.Rows;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// Builds the stays of a MEDS stream from its admissions and discharges. The stream has no numbers of stays: a stay is
/// named by patient and order, e.g. <c>10000032-1</c>.
/// </summary>
internal static class MedsStays
{
    /// <returns>The stays; null when the codes are channels already (<see cref="MedsCohortReader"/>).</returns>
    public static List<StayRecord>? Read(IRowSource source, string table)
    {
        Dictionary<long, Subject> subjects = [];
        using (RowReader rows = source.Open(table, "subject_id", "time", "code"))
        {
            while (rows.Read())
            {
                string code = rows.Text(2) ?? "";
                string kind = MedsCode.Part(code, 0);
                if (MedsCohortReader.Speaks(code))
                    return null;
                if (kind is not ("MEDS_BIRTH" or "GENDER" or "ICU_ADMISSION" or "ICU_DISCHARGE" or "HOSPITAL_ADMISSION" or "HOSPITAL_DISCHARGE"))
                    continue;
                if (!rows.TryInteger(0, out long id))
                    throw HospitalImport.BadRow(rows, "subject_id", "the number of the subject is missing or not a number");
                if (!subjects.TryGetValue(id, out Subject? subject))
                    subjects.Add(id, subject = new Subject());
                bool timed = rows.TryTime(1, out DateTime time);
                if (kind == "GENDER")
                    subject.Sex = MimicStays.Sex(MedsCode.Part(code, 1));
                else if (timed)
                    subject.Take(kind, time, MedsCode.Part(code, 1));
            }
        }

        return [.. subjects.OrderBy(s => s.Key).SelectMany(s => s.Value.Stays(s.Key.ToString(CultureInfo.InvariantCulture)))];
    }

    private sealed class Subject
    {
        private readonly List<(DateTime Time, string Detail)> _icuIn = [], _icuOut = [], _hospitalIn = [], _hospitalOut = [];

        public string? Sex { get; set; }

        public DateTime? Birth { get; set; }

        public void Take(string kind, DateTime time, string detail)
        {
            switch (kind)
            {
                case "MEDS_BIRTH": Birth = time; break;
                case "ICU_ADMISSION": _icuIn.Add((time, detail)); break;
                case "ICU_DISCHARGE": _icuOut.Add((time, detail)); break;
                case "HOSPITAL_ADMISSION": _hospitalIn.Add((time, detail)); break;
                default: _hospitalOut.Add((time, detail)); break;
            }
        }

        public IEnumerable<StayRecord> Stays(string id)
        {
            foreach (List<(DateTime, string)> events in (List<(DateTime, string)>[])[_icuIn, _icuOut, _hospitalIn, _hospitalOut])
                events.Sort();
            for (int n = 0; n < _icuIn.Count; n++)
            {
                (DateTime start, string unit) = _icuIn[n];
                bool ended = n < _icuOut.Count && _icuOut[n].Time >= start;
                int hospital = _hospitalOut.FindIndex(h => h.Time >= start); // the first discharge after admission to the unit
                int admitted = _hospitalIn.FindLastIndex(h => h.Time <= start);
                yield return new StayRecord
                {
                    Id = string.Create(CultureInfo.InvariantCulture, $"{id}-{n + 1}"),
                    Patient = id,
                    StayNumber = n + 1,
                    Age = Birth is { } birth ? StaySheet.Age(StaySheet.Years(birth, start)) : double.NaN,
                    Sex = Sex,
                    UnitType = unit.Length == 0 ? null : unit,
                    AdmissionType = admitted < 0 ? null : _hospitalIn[admitted].Detail,
                    LengthHours = ended ? (_icuOut[n].Time - start).TotalHours : double.NaN,
                    HospitalDays = admitted < 0 || hospital < 0 ? double.NaN : (_hospitalOut[hospital].Time - _hospitalIn[admitted].Time).TotalDays,
                    DiedInHospital = hospital < 0 ? null : _hospitalOut[hospital].Detail == "DIED",
                    In = start,
                    Out = ended ? _icuOut[n].Time : DateTime.MaxValue,
                };
            }
        }
    }
}

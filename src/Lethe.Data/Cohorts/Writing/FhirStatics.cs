using System.Globalization;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts.Writing;

/// <summary>What FHIR wants to know of a stay, found among the static columns by role and by their usual names.</summary>
internal sealed class FhirStatics
{
    private static readonly string[] DeathNames = ["died_in_hospital", "in_hospital_death", "hospital_expire_flag", "death"];
    private static readonly string[] LengthNames = ["length_hours"];

    private readonly Cohort _cohort;
    private readonly Column? _patient, _age, _sex, _died, _length;
    private readonly Dictionary<string, string> _patientIds = new(StringComparer.Ordinal);

    public FhirStatics(Cohort cohort)
    {
        _cohort = cohort;
        _patient = cohort.Statics.Columns.FirstOrDefault(c => c.Schema.Role == ColumnRole.PatientKey);
        _age = Find("age");
        _sex = Find("sex", "gender");
        _died = Find(DeathNames);
        _length = Find(LengthNames);
        if (_patient is null)
            return;
        for (int i = 0; i < cohort.Count; i++)
            _patientIds.TryAdd(_patient.Format(i) ?? "", string.Create(CultureInfo.InvariantCulture, $"lethe-patient-{_patientIds.Count + 1}"));
    }

    /// <summary>A running identifier: source identifiers never leave through this format.</summary>
    public static string StayId(int stay) => string.Create(CultureInfo.InvariantCulture, $"lethe-stay-{stay + 1}");

    public string PatientId(int stay) => _patient is null
        ? string.Create(CultureInfo.InvariantCulture, $"lethe-patient-{stay + 1}")
        : _patientIds[_patient.Format(stay) ?? ""];

    public double? Age(int stay) => _age is NumericColumn age && !age.IsMissing(stay) ? age[stay] : null;

    public string Gender(int stay) => _sex?.Format(stay)?.ToLowerInvariant() switch
    {
        "m" or "male" or "1" => "male",
        "f" or "female" or "0" => "female",
        "other" => "other",
        _ => "unknown",
    };

    public bool? Died(int stay) => _died is DiscreteColumn died && !died.IsMissing(stay) ? died[stay] == 1 : null;

    public double EndHours(int stay)
    {
        double last = _cohort[stay].Count == 0 ? 0 : _cohort[stay].Times[^1];
        return Math.Max(_length is NumericColumn length && !length.IsMissing(stay) ? length[stay] : 0, Math.Max(last, 0));
    }

    /// <summary>Text as FHIR identifiers allow it: letters, digits, hyphen, point.</summary>
    public static string Clean(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    private Column? Find(params string[] names) =>
        names.Select(n => _cohort.Statics.Columns.FirstOrDefault(c => string.Equals(c.Name, n, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(c => c is not null);
}

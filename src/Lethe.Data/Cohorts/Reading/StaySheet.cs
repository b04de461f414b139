using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>One stay in intensive care, as every hospital reader sees it. Height and weight may be filled in while events are read.</summary>
internal sealed class StayRecord
{
    public required string Id { get; init; }

    public required string Patient { get; init; }

    public double Age { get; init; } = double.NaN;

    public string? Sex { get; init; }

    public string? AdmissionType { get; init; }

    public string? UnitType { get; init; }

    public double StayNumber { get; set; } = double.NaN;

    public double Height { get; set; } = double.NaN;

    public double Weight { get; set; } = double.NaN;

    public double LengthHours { get; set; } = double.NaN;

    public double HospitalDays { get; init; } = double.NaN;

    /// <summary>Acute Physiology and Chronic Health Evaluation IVa, for sources that have it.</summary>
    public double ApacheScore { get; set; } = double.NaN;

    public bool? DiedInUnit { get; set; }

    public bool? DiedInHospital { get; init; }

    /// <summary>Start of the stay, for sources with dates.</summary>
    public DateTime In { get; init; }

    /// <summary>End of the stay, for sources with dates; far away while unknown.</summary>
    public DateTime Out { get; set; } = DateTime.MaxValue;
}

/// <summary>Turns stays into the static table: the same columns, units and levels for every source.</summary>
internal static class StaySheet
{
    /// <summary>Ages above this are protected by the sources and given as 90.</summary>
    public const double OldestTold = 89;

    // As the concept table's ranges of weight: what lies outside is a recording error and becomes missing.
    private static readonly Bounds HeightRange = new(100, 230, Origin.Public), WeightRange = new(20, 400, Origin.Public);

    public static IReadOnlyList<string> Outcomes { get; } = [StaticNames.InHospitalDeath, StaticNames.DiedInUnit, StaticNames.LengthHours, StaticNames.HospitalDays];

    /// <summary>Completed years from birth to a time.</summary>
    public static double Years(DateTime birth, DateTime time)
    {
        int years = time.Year - birth.Year;
        return (time.Month, time.Day).CompareTo((birth.Month, birth.Day)) < 0 ? years - 1 : years;
    }

    /// <summary>Completed years; over 89 as 90; NaN where unknown or below zero.</summary>
    public static double Age(double years) => !(years >= 0) ? double.NaN : years >= OldestTold + 1 ? OldestTold + 1 : Math.Floor(years);

    public static double PlausibleHeight(double cm) => HeightRange.Contains(cm) ? cm : double.NaN;

    public static double PlausibleWeight(double kg) => WeightRange.Contains(kg) ? kg : double.NaN;

    /// <summary>Numbers each patient's stays from 1 by the order of <paramref name="order"/>.</summary>
    public static void Number<T>(IEnumerable<StayRecord> stays, Func<StayRecord, T> order)
    {
        foreach (IGrouping<string, StayRecord> patient in stays.GroupBy(s => s.Patient, StringComparer.Ordinal))
        {
            int number = 1;
            foreach (StayRecord stay in patient.OrderBy(order).ThenBy(s => s.Id, StringComparer.Ordinal))
                stay.StayNumber = number++;
        }
    }

    public static Table ToTable(IReadOnlyList<StayRecord> stays, string name) => new(
    [
        new TextColumn(new ColumnSchema { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = ColumnRole.Identifier }, [.. stays.Select(s => s.Id)]),
        new TextColumn(new ColumnSchema { Name = StaticNames.PatientId, Kind = ColumnKind.Text, Role = ColumnRole.PatientKey }, [.. stays.Select(s => s.Patient)]),
        Number(StaticNames.StayNumber, null, 0, null, "Which stay of the patient in the source it is", stays.Select(s => s.StayNumber)),
        Number(StaticNames.Age, "a", 0, new Bounds(0, 90, Origin.Public), "Age on admission in completed years; over 89 given as 90", stays.Select(s => s.Age), ColumnRole.QuasiIdentifier),
        Levels(StaticNames.Sex, ["female", "male"], Origin.Public, stays.Select(s => s.Sex), ColumnRole.QuasiIdentifier),
        Levels(StaticNames.AdmissionType, Seen(stays.Select(s => s.AdmissionType)), Origin.Learnt, stays.Select(s => s.AdmissionType)),
        Levels(StaticNames.UnitType, Seen(stays.Select(s => s.UnitType)), Origin.Learnt, stays.Select(s => s.UnitType)),
        Number(StaticNames.Height, "cm", 1, HeightRange, "Body height", stays.Select(s => s.Height)),
        Number(StaticNames.Weight, "kg", 1, WeightRange, "Body weight, the first of the stay", stays.Select(s => s.Weight)),
        .. stays.Any(s => !double.IsNaN(s.ApacheScore)) ? (Column[])[Number("apache_score", "{score}", 0, new Bounds(0, 299, Origin.Public), "APACHE IVa score of the first day", stays.Select(s => s.ApacheScore))] : [],
        Number(StaticNames.LengthHours, "h", 2, null, "Length of the stay in the unit", stays.Select(s => s.LengthHours)),
        Number(StaticNames.HospitalDays, "d", 2, null, "Length of the stay in hospital", stays.Select(s => s.HospitalDays)),
        Flag(StaticNames.DiedInUnit, "Death before discharge from the unit", stays.Select(s => s.DiedInUnit), ColumnRole.Feature),
        Flag(StaticNames.InHospitalDeath, "Death before discharge from hospital", stays.Select(s => s.DiedInHospital), ColumnRole.Target),
    ], name);

    private static string[] Seen(IEnumerable<string?> levels) => levels.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } seen ? seen : ["unknown"];

    private static NumericColumn Number(string name, string? unit, int decimals, Bounds? bounds, string description, IEnumerable<double> values, ColumnRole role = ColumnRole.Feature) => new(
        new ColumnSchema { Name = name, Kind = decimals == 0 ? ColumnKind.Integer : ColumnKind.Continuous, Role = role, Unit = unit, Decimals = decimals, Bounds = bounds, Description = description },
        [.. values.Select(v => Math.Round(v, decimals))]);

    private static DiscreteColumn Levels(string name, string[] levels, Origin origin, IEnumerable<string?> values, ColumnRole role = ColumnRole.Feature) => new(
        new ColumnSchema { Name = name, Kind = ColumnKind.Categorical, Role = role, Categories = levels, CategoriesOrigin = origin },
        [.. values.Select(v => v is null ? DiscreteColumn.Missing : Array.IndexOf(levels, v))]);

    private static DiscreteColumn Flag(string name, string description, IEnumerable<bool?> values, ColumnRole role) => new(
        new ColumnSchema { Name = name, Kind = ColumnKind.Boolean, Role = role, Categories = ["0", "1"], CategoriesOrigin = Origin.Public, Description = description },
        [.. values.Select(v => v switch { null => DiscreteColumn.Missing, true => 1, false => 0 })]);
}

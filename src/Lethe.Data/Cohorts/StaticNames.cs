namespace Lethe.Data.Cohorts;

/// <summary>Names of the static columns that every hospital reader gives where its source has them.</summary>
public static class StaticNames
{
    /// <summary>Key of the patient, shared by all stays of one person: text, role patient key.</summary>
    public const string PatientId = "patient_id";

    /// <summary>Age at admission in completed years; over 89 given as 90.</summary>
    public const string Age = "age";

    /// <summary><c>female</c> or <c>male</c>.</summary>
    public const string Sex = "sex";

    /// <summary>Which stay of the patient in the source it is, from 1.</summary>
    public const string StayNumber = "stay_number";

    /// <summary>How the patient came to hospital.</summary>
    public const string AdmissionType = "admission_type";

    /// <summary>Kind of unit.</summary>
    public const string UnitType = "unit_type";

    /// <summary>Body height in cm.</summary>
    public const string Height = "height";

    /// <summary>Body weight on admission in kg.</summary>
    public const string Weight = "weight";

    /// <summary>Length of the stay in the unit in hours.</summary>
    public const string LengthHours = "length_hours";

    /// <summary>Length of the stay in hospital in days.</summary>
    public const string HospitalDays = "hospital_days";

    /// <summary>Death before discharge from the unit.</summary>
    public const string DiedInUnit = "died_in_unit";

    /// <summary>Death before discharge from hospital.</summary>
    public const string InHospitalDeath = "in_hospital_death";

    /// <summary>A stay longer than the definition's number of days.</summary>
    public const string LongStay = "long_stay";
}

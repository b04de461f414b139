using Lethe.Data.Schemas;

namespace Lethe.Data.Simulation.HeartClinic;

/// <summary>The columns of the simulated heart clinic. All ranges and levels are public: they are part of the model's definition.</summary>
internal static class HeartClinicSchema
{
    public const string Name = "simulated-heart-clinic";
    public const string PatientKey = "patient_id";
    public const string Age = "age";
    public const string Sex = "sex";
    public const string Bmi = "bmi";
    public const string Smoking = "smoking";
    public const string Diabetes = "diabetes";
    public const string SystolicBp = "systolic_bp";
    public const string Cholesterol = "cholesterol";
    public const string ChestPain = "chest_pain";
    public const string AnginaClass = "angina_class";
    public const string RestingEcg = "resting_ecg";
    public const string MaxHeartRate = "max_heart_rate";
    public const string ExerciseAngina = "exercise_angina";
    public const string StDepression = "st_depression";
    public const string CalciumScore = "calcium_score";
    public const string ObstructiveCad = "obstructive_cad";

    public static Schema Make(bool withPatientKey)
    {
        List<ColumnSchema> columns =
        [
            Number(Age, ColumnKind.Integer, "a", 30, 89, 0, "Age at referral") with { Role = ColumnRole.QuasiIdentifier },
            Levels(Sex, ColumnKind.Categorical, "Sex in the record", "female", "male") with { Role = ColumnRole.QuasiIdentifier },
            Number(Bmi, ColumnKind.Continuous, "kg/m2", 15, 60, 1, "Body mass index") with { Role = ColumnRole.QuasiIdentifier },
            Levels(Smoking, ColumnKind.Categorical, "Smoking status", "never", "former", "current"),
            Levels(Diabetes, ColumnKind.Boolean, "Known diabetes mellitus", "no", "yes") with { Role = ColumnRole.Sensitive },
            Number(SystolicBp, ColumnKind.Integer, "mm[Hg]", 80, 230, 0, "Resting systolic blood pressure, read to 2 mm Hg") with { Step = 2 },
            Number(Cholesterol, ColumnKind.Continuous, "mmol/L", 2, 11, 1, "Total serum cholesterol"),
            Levels(ChestPain, ColumnKind.Categorical, "Chest pain by the three-question rule", "none", "non-anginal", "atypical", "typical"),
            Levels(AnginaClass, ColumnKind.Ordinal, "Limitation by chest pain (0 none … IV at rest); 0 exactly when there is no chest pain", "0", "I", "II", "III", "IV"),
            Levels(RestingEcg, ColumnKind.Categorical, "Electrocardiogram at rest", "normal", "st-t abnormality", "lv hypertrophy"),
            Number(MaxHeartRate, ColumnKind.Integer, "/min", 60, 210, 0, "Highest heart rate in the exercise test; missing when not tested"),
            Levels(ExerciseAngina, ColumnKind.Boolean, "Angina in the exercise test; missing when not tested", "no", "yes"),
            Number(StDepression, ColumnKind.Continuous, "mm", 0, 6, 1, "ST depression in the exercise test; missing when not tested"),
            Number(CalciumScore, ColumnKind.Integer, "{score}", 0, 5000, 0, "Coronary calcium (Agatston); missing when not scanned"),
            Levels(ObstructiveCad, ColumnKind.Boolean, "Obstructive coronary artery disease at angiography", "no", "yes") with { Role = ColumnRole.Target },
        ];
        if (withPatientKey)
        {
            columns.Insert(0, new ColumnSchema
            {
                Name = PatientKey,
                Kind = ColumnKind.Text,
                Role = ColumnRole.PatientKey,
                Description = "Made-up record number",
            });
        }

        return new Schema(columns, Name, "Simulated: no patient behind it. See docs/simulators.md.", "CC0-1.0");
    }

    private static ColumnSchema Number(string name, ColumnKind kind, string unit, double lower, double upper, int decimals, string description) => new()
    {
        Name = name,
        Kind = kind,
        Unit = unit,
        Bounds = new Bounds(lower, upper, Origin.Public),
        Decimals = decimals,
        Description = description,
    };

    private static ColumnSchema Levels(string name, ColumnKind kind, string description, params string[] levels) => new()
    {
        Name = name,
        Kind = kind,
        Categories = levels,
        CategoriesOrigin = Origin.Public,
        Description = description,
    };
}

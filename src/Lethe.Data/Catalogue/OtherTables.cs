using Lethe.Data.Schemas;

namespace Lethe.Data.Catalogue;

/// <summary>Public clinical tables besides Heart Disease: chronic kidney disease, diabetes readmissions, primary biliary cirrhosis.</summary>
internal static class OtherTables
{
    private static readonly string[] YesNo = ["no", "yes"];

    /// <summary>UCI Chronic Kidney Disease: 400 patients, a tenth of the cells missing.</summary>
    public static CatalogueEntry KidneyDisease => new()
    {
        Id = "ckd",
        Title = "UCI Chronic Kidney Disease",
        Citation = "Rubini L, Soundarapandian P, Eswaran P (2015). Chronic Kidney Disease [dataset]. UCI Machine Learning Repository. https://doi.org/10.24432/C5G020",
        Licence = "CC-BY-4.0",
        Homepage = "https://archive.ics.uci.edu/dataset/336/chronic+kidney+disease",
        File = new DataFile
        {
            RelativePath = "ckd-uci/chronic_kidney_disease.csv",
            Sha256 = "e6e08c3d94a4f20f17c10352852f9ad0c5fa0e423e1606d95a0ecc13c9175ce0",
            Bytes = 43_148,
        },
        Schema = new Schema(
            [
                Describe.Number("age", ColumnKind.Integer, "a", 0, 110, "Age") with { Role = ColumnRole.QuasiIdentifier },
                Describe.Number("bp", ColumnKind.Integer, "mm[Hg]", 30, 260, "Blood pressure"),
                Describe.Levels("sg", ColumnKind.Ordinal, "Specific gravity of the urine", ["1.005", "1.010", "1.015", "1.020", "1.025"]),
                Describe.Levels("al", ColumnKind.Ordinal, "Albumin in the urine, dipstick", ["0", "1", "2", "3", "4", "5"]),
                Describe.Levels("su", ColumnKind.Ordinal, "Sugar in the urine, dipstick", ["0", "1", "2", "3", "4", "5"]),
                Describe.Levels("rbc", ColumnKind.Categorical, "Red blood cells in the urine", ["normal", "abnormal"]),
                Describe.Levels("pc", ColumnKind.Categorical, "Pus cells in the urine", ["normal", "abnormal"]),
                Describe.Levels("pcc", ColumnKind.Boolean, "Pus cell clumps", ["notpresent", "present"]),
                Describe.Levels("ba", ColumnKind.Boolean, "Bacteria", ["notpresent", "present"]),
                Describe.Number("bgr", ColumnKind.Integer, "mg/dL", 10, 1000, "Random blood glucose"),
                Describe.Number("bu", ColumnKind.Continuous, "mg/dL", 0, 500, "Blood urea", 1),
                Describe.Number("sc", ColumnKind.Continuous, "mg/dL", 0, 100, "Serum creatinine", 2),
                Describe.Number("sod", ColumnKind.Continuous, "meq/L", 0, 200, "Sodium", 1),
                Describe.Number("pot", ColumnKind.Continuous, "meq/L", 0, 60, "Potassium", 1),
                Describe.Number("hemo", ColumnKind.Continuous, "g/dL", 2, 25, "Haemoglobin", 1),
                Describe.Number("pcv", ColumnKind.Integer, "%", 5, 70, "Packed cell volume"),
                Describe.Number("wbcc", ColumnKind.Integer, "/uL", 500, 100_000, "White blood cells"),
                Describe.Number("rbcc", ColumnKind.Continuous, "10*6/uL", 1, 10, "Red blood cells", 1),
                Describe.Levels("htn", ColumnKind.Boolean, "Hypertension", YesNo),
                Describe.Levels("dm", ColumnKind.Boolean, "Diabetes mellitus", YesNo),
                Describe.Levels("cad", ColumnKind.Boolean, "Coronary artery disease", YesNo),
                Describe.Levels("appet", ColumnKind.Categorical, "Appetite", ["good", "poor"]),
                Describe.Levels("pe", ColumnKind.Boolean, "Pedal oedema", YesNo),
                Describe.Levels("ane", ColumnKind.Boolean, "Anaemia", YesNo),
                Describe.Levels("class", ColumnKind.Boolean, "Chronic kidney disease", ["notckd", "ckd"]) with { Role = ColumnRole.Target },
            ],
            "ckd",
            "https://archive.ics.uci.edu/dataset/336/chronic+kidney+disease",
            "CC-BY-4.0"),
        Caveats =
        [
            "The publisher offers an ARFF file with stray tabs and commas; this is its CSV form with those removed.",
            "Entry errors remain (potassium of 39 and 47, sodium of 4.5). Cells are missing far more often in the ill.",
        ],
    };

    /// <summary>Mayo Clinic trial of D-penicillamine in primary biliary cirrhosis: one row a patient.</summary>
    public static CatalogueEntry BiliaryCirrhosis => new()
    {
        Id = "pbc",
        Title = "Mayo Clinic primary biliary cirrhosis trial, baseline",
        Citation = "Therneau T, Grambsch P (2000). Modeling Survival Data: Extending the Cox Model. Springer",
        Licence = "LGPL-2.0-or-later",
        Homepage = "https://github.com/therneau/survival",
        File = new DataFile
        {
            RelativePath = "pbc/pbc.csv",
            Sha256 = "2b5974d803440b977dd8d04467ee45f939f3d7295a79252fd19f815b35aeca08",
            Bytes = 30_822,
        },
        Schema = new Schema(
            [
                Describe.Number("id", ColumnKind.Integer, null, 1, 1_000_000, "Patient number") with { Role = ColumnRole.PatientKey },
                Describe.Number("time", ColumnKind.Integer, "d", 0, 10_000, "Days from registration to death, transplant or end of study"),
                Describe.Levels("status", ColumnKind.Categorical, "End point: 0 censored, 1 transplant, 2 dead", ["0", "1", "2"]) with { Role = ColumnRole.Target },
                Describe.Levels("trt", ColumnKind.Categorical, "Treatment: 1 D-penicillamine, 2 placebo; missing when not randomised", ["1", "2"]),
                Describe.Number("age", ColumnKind.Continuous, "a", 18, 110, "Age, computed from days", 13) with { Role = ColumnRole.QuasiIdentifier },
                Describe.Levels("sex", ColumnKind.Categorical, "Sex", ["f", "m"]) with { Role = ColumnRole.QuasiIdentifier },
                Describe.Levels("ascites", ColumnKind.Boolean, "Ascites", ["0", "1"]),
                Describe.Levels("hepato", ColumnKind.Boolean, "Enlarged liver", ["0", "1"]),
                Describe.Levels("spiders", ColumnKind.Boolean, "Spider naevi", ["0", "1"]),
                Describe.Levels("edema", ColumnKind.Ordinal, "Oedema: 0 none, 0.5 untreated or successfully treated, 1 despite diuretics", ["0", "0.5", "1"]),
                Describe.Number("bili", ColumnKind.Continuous, "mg/dL", 0, 100, "Serum bilirubin", 1),
                Describe.Number("chol", ColumnKind.Integer, "mg/dL", 50, 3000, "Serum cholesterol"),
                Describe.Number("albumin", ColumnKind.Continuous, "g/dL", 0.5, 7, "Serum albumin", 2),
                Describe.Number("copper", ColumnKind.Integer, "ug/d", 0, 2000, "Copper in the urine"),
                Describe.Number("alk.phos", ColumnKind.Continuous, "U/L", 0, 50_000, "Alkaline phosphatase", 1),
                Describe.Number("ast", ColumnKind.Continuous, "U/mL", 0, 5000, "Aspartate aminotransferase", 2),
                Describe.Number("trig", ColumnKind.Integer, "mg/dL", 0, 3000, "Triglycerides"),
                Describe.Number("platelet", ColumnKind.Integer, "10*3/uL", 0, 2000, "Platelets"),
                Describe.Number("protime", ColumnKind.Continuous, "s", 5, 60, "Prothrombin time", 1),
                Describe.Levels("stage", ColumnKind.Ordinal, "Histologic stage", ["1", "2", "3", "4"]),
            ],
            "pbc",
            "https://github.com/therneau/survival",
            "LGPL-2.0-or-later"),
        Target = new TargetRule("status", "=2"),
        Caveats =
        [
            "Age is computed from days and identifies: round it before release.",
            "The target is death within follow-up; patients with a transplant count as not dead. Follow-up differs, so this is no survival analysis.",
        ],
    };

    /// <summary>Inpatient encounters with diabetes, several for many patients.</summary>
    public static CatalogueEntry DiabetesReadmission => new()
    {
        Id = "diabetes-130us",
        Title = "UCI Diabetes 130-US hospitals for years 1999–2008",
        Citation = "Clore J, Cios K, DeShazo J, Strack B (2014). Diabetes 130-US Hospitals for Years 1999–2008 [dataset]. UCI Machine Learning Repository. https://doi.org/10.24432/C5230J",
        Licence = "CC-BY-4.0",
        Homepage = "https://archive.ics.uci.edu/dataset/296/diabetes+130-us+hospitals+for+years+1999-2008",
        File = new DataFile
        {
            RelativePath = "diabetes-130us/diabetic_data.csv",
            Sha256 = "0689e7ec031237dc63031b938805c48377748761a3b26acab621567afa24df97",
            Bytes = 19_159_383,
            Addresses = [new(new Uri("https://archive.ics.uci.edu/static/public/296/diabetes+130-us+hospitals+for+years+1999-2008.zip"), "diabetic_data.csv")],
        },
        Schema = new Schema(
            [
                Describe.Number("encounter_id", ColumnKind.Integer, null, 0, 1e12, "Encounter number") with { Role = ColumnRole.Identifier },
                Describe.Number("patient_nbr", ColumnKind.Integer, null, 0, 1e12, "Patient number") with { Role = ColumnRole.PatientKey },
                Describe.Levels("race", ColumnKind.Categorical, "Race", ["AfricanAmerican", "Asian", "Caucasian", "Hispanic", "Other"]) with { Role = ColumnRole.QuasiIdentifier },
                Describe.Levels("gender", ColumnKind.Categorical, "Gender", ["Female", "Male", "Unknown/Invalid"]) with { Role = ColumnRole.QuasiIdentifier },
                Describe.Levels("age", ColumnKind.Ordinal, "Age, ten-year bands", [.. Enumerable.Range(0, 10).Select(i => $"[{10 * i}-{(10 * i) + 10})")]) with { Role = ColumnRole.QuasiIdentifier },
                Describe.Levels("weight", ColumnKind.Ordinal, "Weight in pounds, 25-pound bands", [.. Enumerable.Range(0, 8).Select(i => $"[{25 * i}-{(25 * i) + 25})"), ">200"]),
                Describe.Open("admission_type_id", "Kind of admission"),
                Describe.Open("discharge_disposition_id", "Where the patient was discharged to"),
                Describe.Open("admission_source_id", "Where the patient was admitted from"),
                Describe.Number("time_in_hospital", ColumnKind.Integer, "d", 1, 14, "Length of stay"),
                Describe.Open("payer_code", "Payer"),
                Describe.Open("medical_specialty", "Specialty of the admitting physician"),
                Describe.Number("num_lab_procedures", ColumnKind.Integer, null, 0, 300, "Laboratory tests"),
                Describe.Number("num_procedures", ColumnKind.Integer, null, 0, 50, "Other procedures"),
                Describe.Number("num_medications", ColumnKind.Integer, null, 0, 200, "Distinct drugs given"),
                Describe.Number("number_outpatient", ColumnKind.Integer, null, 0, 400, "Outpatient visits in the year before"),
                Describe.Number("number_emergency", ColumnKind.Integer, null, 0, 400, "Emergency visits in the year before"),
                Describe.Number("number_inpatient", ColumnKind.Integer, null, 0, 400, "Inpatient stays in the year before"),
                Describe.Open("diag_1", "First diagnosis", "ICD-9"),
                Describe.Open("diag_2", "Second diagnosis", "ICD-9"),
                Describe.Open("diag_3", "Third diagnosis", "ICD-9"),
                Describe.Number("number_diagnoses", ColumnKind.Integer, null, 0, 50, "Diagnoses entered"),
                Describe.Levels("max_glu_serum", ColumnKind.Ordinal, "Glucose; None: not measured", ["None", "Norm", ">200", ">300"]),
                Describe.Levels("A1Cresult", ColumnKind.Ordinal, "Haemoglobin A1c; None: not measured", ["None", "Norm", ">7", ">8"]),
                .. Drugs.Select(drug => Describe.Levels(drug, ColumnKind.Categorical, "Drug and change of its dose", ["No", "Steady", "Up", "Down"])),
                Describe.Levels("change", ColumnKind.Boolean, "Change of diabetes medication", ["No", "Ch"]),
                Describe.Levels("diabetesMed", ColumnKind.Boolean, "Any diabetes medication", ["No", "Yes"]),
                Describe.Levels("readmitted", ColumnKind.Categorical, "Readmission within or after 30 days", ["NO", "<30", ">30"]) with { Role = ColumnRole.Target },
            ],
            "diabetes-130us",
            "https://archive.ics.uci.edu/dataset/296/diabetes+130-us+hospitals+for+years+1999-2008",
            "CC-BY-4.0"),
        Target = new TargetRule("readmitted", "<30"),
        Caveats =
        [
            "Encounters, not patients: split by patient_nbr.",
            "Stays that end in death or hospice are included; they cannot be followed by a readmission.",
            "None in max_glu_serum and A1Cresult means not measured and is a level, not a gap. examide and citoglipton never vary.",
        ],
    };

    private static readonly string[] Drugs =
    [
        "metformin", "repaglinide", "nateglinide", "chlorpropamide", "glimepiride", "acetohexamide", "glipizide", "glyburide", "tolbutamide", "pioglitazone",
        "rosiglitazone", "acarbose", "miglitol", "troglitazone", "tolazamide", "examide", "citoglipton", "insulin", "glyburide-metformin",
        "glipizide-metformin", "glimepiride-pioglitazone", "metformin-rosiglitazone", "metformin-pioglitazone",
    ];
}

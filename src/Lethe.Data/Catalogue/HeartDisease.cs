using Lethe.Data.Schemas;

namespace Lethe.Data.Catalogue;

/// <summary>The four sites of the UCI Heart Disease data, in the processed form with 14 attributes.</summary>
internal static class HeartDisease
{
    private const string Homepage = "https://archive.ics.uci.edu/dataset/45/heart+disease";

    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> Labels = new()
    {
        ["sex"] = new Dictionary<string, string> { ["0"] = "female", ["1"] = "male" },
        ["cp"] = new Dictionary<string, string> { ["1"] = "typical angina", ["2"] = "atypical angina", ["3"] = "non-anginal pain", ["4"] = "asymptomatic" },
        ["fbs"] = new Dictionary<string, string> { ["0"] = "at most 120 mg/dl", ["1"] = "above 120 mg/dl" },
        ["restecg"] = new Dictionary<string, string> { ["0"] = "normal", ["1"] = "ST-T wave abnormality", ["2"] = "left ventricular hypertrophy" },
        ["exang"] = new Dictionary<string, string> { ["0"] = "no", ["1"] = "yes" },
        ["slope"] = new Dictionary<string, string> { ["1"] = "upsloping", ["2"] = "flat", ["3"] = "downsloping" },
        ["thal"] = new Dictionary<string, string> { ["3"] = "normal", ["6"] = "fixed defect", ["7"] = "reversible defect" },
        ["num"] = new Dictionary<string, string> { ["0"] = "no vessel narrowed by half or more", ["1"] = "disease", ["2"] = "disease", ["3"] = "disease", ["4"] = "disease" },
    };

    /// <summary>The entries of all sites.</summary>
    public static IEnumerable<CatalogueEntry> Entries =>
    [
        Site("cleveland", "Cleveland Clinic Foundation", "a74b7efa387bc9d108d7d0115d831fe9b414b29ae7124f331b622b4efa0427c8", 18_461, zeroIsMissing: false, "Numbers are written as 63.0."),
        Site("hungarian", "Hungarian Institute of Cardiology, Budapest", "d1ad108f785768cd3d7e82dc522e6f5a61eea93cccfb3a46ee8076f73fc3d796", 10_263, zeroIsMissing: false, "num is 0/1 only; slope, ca and thal are missing in nearly every row; one row stands twice."),
        Site("switzerland", "University Hospitals of Zurich and Basel", "834a405ccf5b66ab4056bb77794adc8df0b7125186454c0a1d002d33c6c3b314", 4_109, zeroIsMissing: true, "Cholesterol was not measured (written 0, read as missing); slope, ca and thal are mostly missing."),
        Site("va", "V.A. Medical Center, Long Beach", "e7c93d8d0d2acdadfa4c5e8de768e2191e7f618b952e29623f1f0d5949ff6b8f", 6_737, zeroIsMissing: true, "Cholesterol 0 means not measured and is read as missing; slope, ca and thal are mostly missing; one row stands twice."),
    ];

    private static CatalogueEntry Site(string site, string hospital, string sha256, long bytes, bool zeroIsMissing, params string[] caveats) => new()
    {
        Id = $"heart-{site}",
        Title = $"UCI Heart Disease: {hospital}",
        Citation = "Janosi A, Steinbrunn W, Pfisterer M, Detrano R (1989). Heart Disease [dataset]. UCI Machine Learning Repository. https://doi.org/10.24432/C52P4X",
        Licence = "CC-BY-4.0",
        Homepage = Homepage,
        File = new DataFile
        {
            RelativePath = $"heart-disease-uci/processed.{site}.data",
            Sha256 = sha256,
            Bytes = bytes,
            Addresses =
            [
                new(new Uri($"https://archive.ics.uci.edu/ml/machine-learning-databases/heart-disease/processed.{site}.data")),
                new(new Uri("https://archive.ics.uci.edu/static/public/45/heart+disease.zip"), $"processed.{site}.data"),
            ],
        },
        Schema = Columns($"heart-{site}", zeroIsMissing),
        HasHeader = false,
        Target = new TargetRule("num", ">0"),
        Labels = Labels,
        Caveats = ["Publications are asked to name the principal investigators: Andras Janosi, William Steinbrunn, Matthias Pfisterer, Robert Detrano.", .. caveats],
    };

    /// <summary>Ranges are what instruments and adults allow, not what the files hold.</summary>
    private static Schema Columns(string name, bool zeroIsMissing)
    {
        string[] measured = zeroIsMissing ? ["?", "0"] : ["?"];
        return new Schema(
            [
                Describe.Number("age", ColumnKind.Integer, "a", 18, 100, "Age") with { Role = ColumnRole.QuasiIdentifier },
                Coded("sex", ColumnKind.Boolean, "Sex", 0, 1) with { Role = ColumnRole.QuasiIdentifier },
                Coded("cp", ColumnKind.Categorical, "Chest pain", 1, 4),
                Describe.Number("trestbps", ColumnKind.Integer, "mm[Hg]", 60, 260, "Resting blood pressure on admission") with { MissingTokens = measured },
                Describe.Number("chol", ColumnKind.Integer, "mg/dL", 50, 700, "Serum cholesterol") with { MissingTokens = measured },
                Coded("fbs", ColumnKind.Boolean, "Fasting blood sugar above 120 mg/dl", 0, 1),
                Coded("restecg", ColumnKind.Categorical, "Electrocardiogram at rest", 0, 2),
                Describe.Number("thalach", ColumnKind.Integer, "/min", 40, 230, "Maximum heart rate achieved"),
                Coded("exang", ColumnKind.Boolean, "Angina induced by exercise", 0, 1),
                Describe.Number("oldpeak", ColumnKind.Continuous, "mm", -4, 8, "ST depression induced by exercise, against rest") with { Decimals = 1 },
                Coded("slope", ColumnKind.Ordinal, "Slope of the peak exercise ST segment", 1, 3),
                Coded("ca", ColumnKind.Ordinal, "Major vessels coloured by fluoroscopy", 0, 3),
                Describe.Levels("thal", ColumnKind.Categorical, "Thallium scan", ["3", "6", "7"]) with { Description = Explained("thal", "Thallium scan") },
                Coded("num", ColumnKind.Ordinal, "Angiographic disease status", 0, 4) with { Role = ColumnRole.Target },
            ],
            name,
            Homepage,
            "CC-BY-4.0");
    }

    private static ColumnSchema Coded(string name, ColumnKind kind, string what, int first, int last) =>
        Describe.Levels(name, kind, Explained(name, what), [.. Enumerable.Range(first, last - first + 1).Select(i => $"{i}")]);

    private static string Explained(string name, string what) =>
        Labels.TryGetValue(name, out IReadOnlyDictionary<string, string>? labels) && name != "num" ? $"{what}: {string.Join(", ", labels.Select(l => $"{l.Key} {l.Value}"))}" : what;
}

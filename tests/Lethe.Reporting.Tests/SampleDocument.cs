using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Reporting.Tests;

/// <summary>
/// An invented run with plausible figures: a registry of a heart clinic that does not exist, drawn from seeded streams.
/// No figure in it was measured on anybody.
/// </summary>
internal static partial class SampleDocument
{
    public const int Train = 552;
    public const int Holdout = 184;

    /// <summary>Everything filled in.</summary>
    public static RunDocument Full(ulong seed = 20260101) => new()
    {
        Title = "Invented heart registry, CTGAN",
        Provenance = Origin(),
        Decision = Decision(),
        Context = Context(),
        Data = Data(),
        Method = Method(new Seed(seed)),
        Fidelity = Fidelity(new Seed(seed)),
        Utility = Utility(new Seed(seed)),
        Fairness = Fairness(),
        Privacy = Privacy(new Seed(seed)),
        Limitations = ["One split and one generator seed: the spread between seeds is not part of the intervals.", "Rules of plausibility cover five measurements only."],
        Configuration = "data:\n  source: registry.csv\nmethod:\n  name: ctgan\n  epochs: 300\nseed: 20260101\n",
    };

    /// <summary>Only what the format requires.</summary>
    public static RunDocument Bare() => new()
    {
        Title = "Bare run",
        Provenance = new Provenance { LetheVersion = "0.1.0", FinishedUtc = "2026-01-02T03:04:05Z", Command = "lethe run -c run.yaml", Seed = 1, Machine = "linux-x64" },
        Decision = new DecisionSection
        {
            Faithful = new Answer(Status.Grey, "Fidelity was not asked for", null, "no gate"),
            Useful = new Answer(Status.Grey, "No target was named", null, "no gate"),
            Private = new Answer(Status.Grey, "No attack was run", null, "no gate"),
            FormalClaim = "No formal privacy claim",
            Caveats = [],
        },
        Data = new DataSection { Name = "table", Counts = new Dictionary<string, int> { ["train"] = 0, ["synthetic"] = 0 }, Columns = [] },
        Method = new MethodSection(),
    };

    /// <summary>A run whose source was simulated and whose method carries a formal claim.</summary>
    public static RunDocument SimulatedWithClaim() => Full() with
    {
        Data = Data() with { Simulated = true, Name = "simulated heart clinic" },
        Cohort = Ward(),
        Method = Method(new Seed(7)) with { PrivacyClaim = "ε = 3 at δ = 1e-6 for the patient with all episodes, add or remove one" },
        FormalPrivacy = Card(),
        Decision = Decision() with { FormalClaim = "ε = 3 at δ = 1e-6 for the patient with all episodes, add or remove one" },
    };

    private static readonly (string Name, string Kind, string Role, string? Unit, double Mean, double Deviation)[] Numeric =
    [
        ("age", "integer", "quasi-identifier", "years", 58, 11),
        ("systolic_pressure", "continuous", "feature", "mmHg", 134, 18),
        ("cholesterol", "continuous", "feature", "mg/dL", 226, 44),
        ("heart_rate_max", "integer", "feature", "1/min", 146, 23),
        ("st_depression", "continuous", "feature", "mm", 1.1, 0.9),
        ("creatinine", "continuous", "feature", "mg/dL", 1.05, 0.32),
    ];

    private static readonly (string Name, string Role, string[] Levels, double[] Shares)[] Discrete =
    [
        ("sex", "quasi-identifier", ["female", "male"], [0.36, 0.64]),
        ("chest_pain", "feature", ["asymptomatic", "atypical angina", "non-anginal", "typical angina"], [0.47, 0.17, 0.28, 0.08]),
        ("smoker", "feature", ["never", "former", "current", "missing"], [0.44, 0.31, 0.22, 0.03]),
        ("diabetes", "feature", ["no", "yes"], [0.83, 0.17]),
        ("resting_ecg", "feature", ["normal", "ST-T abnormality", "hypertrophy", "paced"], [0.52, 0.21, 0.26, 0.01]),
        ("coronary_disease", "target", ["absent", "present"], [0.54, 0.46]),
    ];

    private static IReadOnlyList<string> Names => [.. Numeric.Select(n => n.Name), .. Discrete.Select(d => d.Name)];

    private static Interval Ci(double lower, double upper, string method = "bootstrap 2000") => new(lower, upper, method);

    private static ContextSection Context() => new()
    {
        Purpose = "Teaching and method development in the partner hospital's data science group",
        Recipient = "Data science group, partner hospital (12 named persons)",
        ReleaseModel = "controlled",
        Environment = "Secured analysis server of the recipient, no download",
        Controls = ["data use agreement", "no linkage to other sources", "deletion after 24 months"],
        LegalBasis = "Stated by the controller in its record of processing, entry 2026-014",
        ExcludedUses = ["clinical decisions", "publication of single records"],
        Contact = "Data office of the invented clinic",
    };

    private static Provenance Origin() => new()
    {
        LetheVersion = "0.1.0+5f3c2ab",
        FinishedUtc = "2026-01-15T09:42:11Z",
        Command = "lethe run -c run.yaml --seed 20260101",
        Seed = 20260101,
        Threads = 4,
        Machine = "linux-x64, 4 cores, .NET 10.0.1",
        Seconds = 1274,
        Files =
        [
            new("registry.csv", "input", "3c9909afec25354d551dae21590bb26e38d53f2173b8d3dc3eee4c047e7ab1c1", 88_213),
            new("registry.schema.yaml", "schema", "ae9f2d6b1c30f5a8e11d7b2f4c6a9b8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a2b", 2_914),
            new("model.lethe", "model", "0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c", 1_532_004),
            new("synthetic.csv", "synthetic", "9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0", 164_870),
        ],
    };

    private static DecisionSection Decision() => new()
    {
        Faithful = new Answer(
            Status.Green,
            "Single columns and pairs are close to what a second sample of real patients would show",
            new Measure { Id = "fidelity.a2", Name = "Pairwise similarity", Value = 0.914, Interval = Ci(0.897, 0.929), Reference = 0.942, ReferenceName = "real holdout", Minimum = 0, Maximum = 1, Direction = Direction.Higher, N = Train },
            "gate: at least 0.90, stated in run.yaml"),
        Useful = new Answer(
            Status.Amber,
            "Models trained on synthetic data rank real patients slightly worse than models trained on real data",
            new Measure { Id = "utility.auroc", Name = "AUROC, trained on synthetic", Value = 0.842, Interval = Ci(0.781, 0.893, "DeLong, logit scale"), Reference = 0.889, ReferenceInterval = Ci(0.836, 0.928, "DeLong, logit scale"), ReferenceName = "trained on real", Minimum = 0.5, Maximum = 1, Direction = Direction.Higher, N = Holdout },
            "gate: no more than 0.05 below the reference, stated in run.yaml; the estimate meets it, its interval does not"),
        Private = new Answer(
            Status.Grey,
            "Five membership attacks did no better than blind guessing, but with 184 candidates a side only gross leaks would have been seen",
            new Measure { Id = "attack.worst.auc", Name = "AUC of the strongest attack", Value = 0.541, Interval = Ci(0.482, 0.599, "DeLong, logit scale"), Ideal = 0.5, Minimum = 0, Maximum = 1, Direction = Direction.Lower, N = 368 },
            "no gate was stated for this figure"),
        FormalClaim = "No formal privacy claim: the method sets no mathematical limit on what its output reveals about a patient",
        Caveats =
        [
            "No formal claim: findings hold for the listed attacks only",
            "Attacks with look-alike models (T4) and with the model file (T5) were not run",
            "The level 'paced' of resting_ecg has 3 patients in the training data and is missing from the synthetic data",
        ],
        Gates =
        [
            new("pairwise similarity", true, "0.914, at least 0.90"),
            new("loss of AUROC", true, "0.047, at most 0.05; upper end 0.094"),
        ],
    };

    private static DataSection Data() => new()
    {
        Name = "invented heart registry",
        Origin = "Invented for this sample; no clinic and no patient is behind it.",
        RowsRead = 924,
        Counts = new Dictionary<string, int> { ["train"] = Train, ["holdout"] = Holdout, ["reference"] = 184, ["synthetic"] = 2000 },
        Target = "coronary_disease",
        Columns =
        [
            new ColumnSummary { Name = "record_number", Kind = "text", Role = "identifier", Distinct = 924 },
            .. Numeric.Select((n, i) => new ColumnSummary { Name = n.Name, Kind = n.Kind, Role = n.Role, Unit = n.Unit, MissingShare = i is 2 or 5 ? 0.031 + (0.02 * i) : i == 4 ? 4.0 / Train : 0, Distinct = 60 + (30 * i), DomainOrigin = i < 2 ? "public" : "learnt" }),
            .. Discrete.Select(d => new ColumnSummary { Name = d.Name, Kind = d.Levels.Length == 2 ? "boolean" : "categorical", Role = d.Role, MissingShare = d.Levels.Contains("missing") ? 0.03 : 0, Distinct = d.Levels.Length, DomainOrigin = "public" }),
        ],
        Exclusions = ["record_number: identifier, left out before fitting.", "4 rows without an outcome were left out."],
        Warnings = ["W012 resting_ecg has a level with 3 patients."],
    };

    private static MethodSection Method(Seed seed)
    {
        RandomStream r = seed.Stream("training");
        double[] steps = [.. Enumerable.Range(0, 61).Select(i => 5.0 * i)];
        return new MethodSection
        {
            Method = new Descriptor("ctgan", "CTGAN", "adversarial", "Conditional GAN with mode-specific normalisation and training by sampling.", "Xu, Skoularidou, Cuesta-Infante, Veeramachaneni. Modeling Tabular Data using Conditional GAN. NeurIPS 2019. arXiv:1907.00503"),
            Options = new Dictionary<string, string> { ["epochs"] = "300", ["batch"] = "500", ["pac"] = "10", ["embedding"] = "128", ["generator-layers"] = "256, 256", ["learning-rate"] = "2e-4" },
            Deviations = ["Batch size falls with the table's size, so that an epoch has at least five steps."],
            LearntFromData = ["Mixture modes of six numeric columns.", "Frequencies of category levels."],
            Training =
            [
                new Series("critic loss", steps, [.. steps.Select(s => (-1.9 * Math.Exp(-s / 60)) - 0.25 + (0.07 * r.NextGaussian()))]),
                new Series("generator loss", steps, [.. steps.Select(s => (1.4 * Math.Exp(-s / 90)) - 0.4 + (0.09 * r.NextGaussian()))]),
            ],
            Selection = new SelectionTable(
                ["detection AUC", "pairwise similarity", "TSTR AUROC"],
                [new("ctgan", [0.612, 0.914, 0.842], 1.3, true), new("tvae", [0.655, 0.902, 0.836], 2.0, false), new("gaussian-copula", [0.731, 0.871, null], 2.7, false)],
                "The candidate with the smallest mean rank over the criteria on inner splits of the training data wins."),
            CollapseChecks = [new("levels present", false, "23 of 24 levels appear"), new("duplicates within synthetic", true, "0.1 %, limit 1 %")],
            Notices = ["Small table: early stopping on held-out detection was on."],
            FitSeconds = 412,
        };
    }

    private static PrivacyCard Card() => new()
    {
        Unit = "the patient with all episodes",
        Relation = "add or remove one patient",
        Epsilon = 3,
        Delta = 1e-6,
        DeltaRule = "below 1/n = 1.8e-3",
        Mechanism = "DP-SGD with Gaussian noise",
        ClippingNorm = 1,
        NoiseMultiplier = 1.37,
        Steps = 3300,
        Sampling = "Poisson",
        SamplingRate = 0.09,
        Accountant = "privacy loss distribution 1.0",
        Accountants =
        [
            new Measure { Id = "epsilon.pld", Name = "privacy loss distribution", Value = 2.98, Direction = Direction.Lower },
            new Measure { Id = "epsilon.rdp", Name = "Rényi", Value = 3.41, Direction = Direction.Lower },
        ],
        Ledger = [new("bounds of numeric columns", "public"), new("3 300 noisy steps", "ε = 2.98"), new("evaluation in this report", "outside the claim")],
        RandomSource = "operating system generator",
        NumericHazards = ["floating-point noise: discrete Gaussian on a grid"],
        Assumptions = ["The batch is drawn as the accountant assumes."],
    };
}

using Lethe.Results;

namespace Lethe.Studies.Configuration;

/// <summary>
/// All that decides a run's results. Read from YAML (<see cref="RunConfigReader"/>), overridden by the command line,
/// written out with every default into the run folder, from which the run can be repeated. Immutable.
/// </summary>
public sealed record RunConfig
{
    /// <summary>Version of the configuration format that this build writes (key <c>lethe_run</c>).</summary>
    public const int FormatVersion = 1;

    /// <summary>Title of the report; null: made from the data's name and the method.</summary>
    public string? Title { get; init; }

    /// <summary>Which data, and what its columns are for.</summary>
    public required DataConfig Data { get; init; }

    /// <summary>How patients are split.</summary>
    public SplitConfig Split { get; init; } = new();

    /// <summary>The generator.</summary>
    public MethodConfig Method { get; init; } = new();

    /// <summary>What is drawn from it.</summary>
    public SampleConfig Sample { get; init; } = new();

    /// <summary>Which figures are computed.</summary>
    public EvaluateConfig Evaluate { get; init; } = new();

    /// <summary>Which attacks are run.</summary>
    public AuditConfig Audit { get; init; } = new();

    /// <summary>The user's gates: a run that misses one ends with exit code 4.</summary>
    public IReadOnlyList<Gate> Gates { get; init; } = [];

    /// <summary>Purpose, recipient and controls, for the report.</summary>
    public ContextSection? Context { get; init; }

    /// <summary>How much the report shows.</summary>
    public ReportEdition Edition { get; init; } = ReportEdition.Internal;

    /// <summary>Root of every random draw of the run.</summary>
    public ulong Seed { get; init; } = 1;
}

/// <summary>Which data, and what its columns are for.</summary>
public sealed record DataConfig
{
    /// <summary>A file (CSV, TSV, gzip, SQLite), a dataset of the catalogue, or <c>simulated-…</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Table of a database file that holds several; null: its only one.</summary>
    public string? Table { get; init; }

    /// <summary>Schema file; null: inferred, and written into the run folder.</summary>
    public string? Schema { get; init; }

    /// <summary>Column that downstream models predict; null: as the schema or the catalogue says.</summary>
    public string? Target { get; init; }

    /// <summary>Which values of the target count as the event, e.g. <c>&gt;0</c> or <c>yes</c>; null: as recorded.</summary>
    public string? Positive { get; init; }

    /// <summary>Column that ties rows of one patient together; null: as the schema says.</summary>
    public string? PatientKey { get; init; }
}

/// <summary>How patients are split. Shares of all patients.</summary>
public sealed record SplitConfig
{
    /// <summary>Below this many patients nobody is set aside as reference: a reference part would cost more than it tells.</summary>
    public const int ReferenceFrom = 2000;

    /// <summary>Share to learn from; null: 0.7, or 0.6 from <see cref="ReferenceFrom"/> patients on.</summary>
    public double? Train { get; init; }

    /// <summary>Share of unseen patients that everything is compared with; null: 0.3, or 0.2 from <see cref="ReferenceFrom"/> patients on.</summary>
    public double? Holdout { get; init; }

    /// <summary>Share of patients that an attacker may know; null: 0, or 0.2 from <see cref="ReferenceFrom"/> patients on.</summary>
    public double? Reference { get; init; }

    /// <summary>Whether all parts get the target's distribution.</summary>
    public bool Stratify { get; init; } = true;

    /// <summary>The shares for this many patients, every default filled in.</summary>
    public SplitConfig Resolve(int patients)
    {
        if (Train is null && Holdout is null && Reference is null)
        {
            return patients < ReferenceFrom
                ? this with { Train = 0.7, Holdout = 0.3, Reference = 0 }
                : this with { Train = 0.6, Holdout = 0.2, Reference = 0.2 };
        }

        double reference = Reference ?? 0;
        double train = Train ?? 1 - reference - (Holdout ?? 0.3);
        return this with { Train = train, Holdout = Holdout ?? Math.Max(0, Math.Round(1 - train - reference, 12)), Reference = reference };
    }
}

/// <summary>The generator by name, with its options.</summary>
public sealed record MethodConfig
{
    /// <summary>The name that stands for the decision rule.</summary>
    public const string Automatic = "auto";

    /// <summary>A method's name, or <c>auto</c>: the decision rule chooses.</summary>
    public string Name { get; init; } = Automatic;

    /// <summary>Options by name; absent ones have their defaults.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>What is drawn from the fitted model.</summary>
public sealed record SampleConfig
{
    /// <summary>Synthetic patients; null: as many as training rows, so that every comparison is between equal sizes.</summary>
    public int? Rows { get; init; }

    /// <summary>Conditions, e.g. <c>sex=1</c>; empty: none.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];
}

/// <summary>Which figures are computed.</summary>
public sealed record EvaluateConfig
{
    /// <summary>Is the synthetic data like the real data?</summary>
    public bool Fidelity { get; init; } = true;

    /// <summary>Does a model trained on it work on real patients? Needs a target.</summary>
    public bool Utility { get; init; } = true;
}

/// <summary>Which attacks are run.</summary>
public sealed record AuditConfig
{
    /// <summary>False leaves the audit out; the report says so.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Attack names; empty: all that the data allow.</summary>
    public IReadOnlyList<string> Attacks { get; init; } = [];
}

/// <summary>A limit that the user sets on a figure of the results.</summary>
/// <param name="Measure">Identifier of the figure, as in <c>results.json</c>, e.g. <c>attack.gan-leaks.auc</c>.</param>
/// <param name="Minimum">The figure must not be below, or null.</param>
/// <param name="Maximum">The figure must not be above, or null.</param>
public sealed record Gate(string Measure, double? Minimum, double? Maximum);

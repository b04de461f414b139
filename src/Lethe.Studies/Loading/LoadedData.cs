using Lethe.Data;
using Lethe.Data.Cohorts;
using Lethe.Data.Problems;
using Lethe.Data.Tables;
using Lethe.Results;

namespace Lethe.Studies.Loading;

/// <summary>A dataset ready for a run: target derived, roles set.</summary>
public sealed record LoadedData
{
    /// <summary>The table; of a cohort, its static part, one row a stay.</summary>
    public required Table Table { get; init; }

    /// <summary>The cohort, whose statics are <see cref="Table"/>; null for a plain table.</summary>
    public Cohort? Cohort { get; init; }

    /// <summary>What generators learn from: the cohort, or the table.</summary>
    public Dataset Dataset => Cohort ?? (Dataset)Table;

    /// <summary>What one row is called.</summary>
    public string RowNoun => Cohort is null ? "rows" : "stays";

    /// <summary>The rows or stays at these positions.</summary>
    public Dataset Part(IReadOnlyList<int> rows) => Cohort is { } cohort ? cohort.Take([.. rows]) : Table.Take([.. rows]);

    /// <summary>Name of the dataset.</summary>
    public required string Name { get; init; }

    /// <summary>Origin, citation and licence in a sentence or two, or null.</summary>
    public string? Origin { get; init; }

    /// <summary>True when Lethe simulated it.</summary>
    public bool Simulated { get; init; }

    /// <summary>Rows in the source.</summary>
    public long RowsRead { get; init; }

    /// <summary>Rows left out, with counts and reasons.</summary>
    public IReadOnlyList<string> Exclusions { get; init; } = [];

    /// <summary>Warnings and notes of the reading, with owner and public texts.</summary>
    public IReadOnlyList<DataProblem> Notes { get; init; } = [];

    /// <summary>Files that were read, with hashes; empty for simulated data.</summary>
    public IReadOnlyList<FileFingerprint> Files { get; init; } = [];

    /// <summary>What decides the content: hashes of the files, or the parameters of the simulation.</summary>
    public required string ContentKey { get; init; }
}

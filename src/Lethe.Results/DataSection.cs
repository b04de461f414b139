namespace Lethe.Results;

/// <summary>What the source data are: counts, roles, missingness, exclusions. No patient values.</summary>
public sealed record DataSection
{
    /// <summary>Dataset name.</summary>
    public required string Name { get; init; }

    /// <summary>Origin, citation and licence in one or two sentences, or null.</summary>
    public string? Origin { get; init; }

    /// <summary>True when the source was simulated by Lethe itself: no real patient is behind the run.</summary>
    public bool Simulated { get; init; }

    /// <summary>Rows read from the source.</summary>
    public int RowsRead { get; init; }

    /// <summary>Unit of privacy, e.g. <c>one row is one patient</c>.</summary>
    public string Unit { get; init; } = "one row is one patient";

    /// <summary>Rows per part: train, holdout, reference, synthetic.</summary>
    public required IReadOnlyDictionary<string, int> Counts { get; init; }

    /// <summary>Name of the target column, or null.</summary>
    public string? Target { get; init; }

    /// <summary>One entry per column, in order.</summary>
    public required IReadOnlyList<ColumnSummary> Columns { get; init; }

    /// <summary>Rows or columns left out, with counts and reasons.</summary>
    public IReadOnlyList<string> Exclusions { get; init; } = [];

    /// <summary>Warnings about the data, without values.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>One column in the report's data section.</summary>
public sealed record ColumnSummary
{
    /// <summary>Column name.</summary>
    public required string Name { get; init; }

    /// <summary>Kind in lower case, e.g. <c>continuous</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Role in lower case, e.g. <c>feature</c>.</summary>
    public required string Role { get; init; }

    /// <summary>Unit, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>Share of missing cells in the training data, 0–1; <see cref="SuppressedCount.UnderTen"/> in a release document where there are fewer than 10.</summary>
    public double MissingShare { get; init; }

    /// <summary>Number of levels of a discrete column, or distinct values of a numeric one.</summary>
    public int Distinct { get; init; }

    /// <summary>Where bounds or categories come from: <c>public</c>, <c>learnt</c>, or null.</summary>
    public string? DomainOrigin { get; init; }
}

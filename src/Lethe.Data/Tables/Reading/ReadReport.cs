using System.Globalization;
using Lethe.Data.Problems;
using Lethe.Data.Schemas.Inference;

namespace Lethe.Data.Tables.Reading;

/// <summary>What was read, what was left out and why: goes into the log and the report of a run.</summary>
public sealed record ReadReport
{
    /// <summary>The file as the caller named it.</summary>
    public required string File { get; init; }

    /// <summary>How the file is written, and how that was found; null for sources that are not text.</summary>
    public Dialect? Dialect { get; init; }

    /// <summary>Rows of data in the file, header and blank lines not counted.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Rows left out.</summary>
    public long RowsRejected => RejectedByCode.Values.Sum();

    /// <summary>Rows left out, by the code of the first problem of each.</summary>
    public IReadOnlyDictionary<string, long> RejectedByCode { get; init; } = new Dictionary<string, long>();

    /// <summary>Lines without anything on them, which are no rows.</summary>
    public long BlankLines { get; init; }

    /// <summary>Counts by column, where the schema was inferred; else empty.</summary>
    public IReadOnlyList<ColumnSummary> Columns { get; init; } = [];

    /// <summary>Warnings and notes, worst first. Their public texts hold no value from the data.</summary>
    public IReadOnlyList<DataProblem> Problems { get; init; } = [];

    /// <summary>The account in sentences for a log or a console, without any value from the data: counts, dialect, then warnings and notes.</summary>
    public IEnumerable<string> Describe()
    {
        string rejected = RejectedByCode.Count == 0 ? "none rejected" : string.Create(CultureInfo.InvariantCulture, $"{RowsRejected:N0} rejected ({string.Join(", ", RejectedByCode.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $"{r.Key}: {r.Value}"))})");
        string blank = BlankLines == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {BlankLines:N0} blank lines");
        yield return string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(File)}: {RowsRead:N0} rows read, {rejected}{blank}.");
        foreach (DialectFinding f in Dialect?.Findings ?? [])
            yield return $"{f.Aspect}: {f.Value}; {f.Why}{(f.Positions.Count == 0 ? "" : $" ({string.Join("; ", f.Positions)})")}.";
        foreach (DataProblem p in Problems)
            yield return $"{p.Severity}: {p.PublicText}";
    }
}

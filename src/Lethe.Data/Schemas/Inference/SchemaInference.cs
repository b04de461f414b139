using System.Text;
using Lethe.Data.Problems;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Schemas.Inference;

/// <summary>
/// Infers a schema from the cells of a table in one pass: feed every cell, then <see cref="Finish"/>. Not thread-safe.
/// What was decided is returned as notes and warnings with their reasons, for the user to overrule in the schema file.
/// </summary>
public sealed class SchemaInference
{
    private const int FewRows = 20;

    private readonly ColumnProfile[] _profiles;
    private readonly NumberFormat _numbers;

    /// <summary>Starts with these columns.</summary>
    /// <param name="names">Column names, unique.</param>
    /// <param name="numbers">How numbers are written; null: decimal point, no grouping.</param>
    /// <param name="missingTokens">Texts that mean "missing" everywhere, besides those known (<c>?</c>, <c>NA</c>, <c>NULL</c> …).</param>
    public SchemaInference(IReadOnlyList<string> names, NumberFormat? numbers = null, IReadOnlyList<string>? missingTokens = null)
    {
        _numbers = numbers ?? NumberFormat.Invariant;
        _profiles = [.. names.Select(n => new ColumnProfile(n, _numbers, missingTokens ?? []))];
    }

    /// <summary>Takes in a cell as UTF-8 text; empty means missing.</summary>
    /// <param name="column">Position of the column.</param>
    /// <param name="cell">The text.</param>
    /// <param name="line">Line or row number for notes.</param>
    public void Add(int column, ReadOnlySpan<byte> cell, long line) => _profiles[column].Add(cell, line);

    /// <summary>Takes in a cell; null or empty means missing.</summary>
    public void Add(int column, string? cell, long line) => _profiles[column].Add(Encoding.UTF8.GetBytes(cell ?? ""), line);

    /// <summary>The schema of what was fed, and what a person should know about it.</summary>
    /// <param name="name">Name of the dataset.</param>
    public InferredSchema Finish(string name)
    {
        List<DataProblem> notes = [];
        ColumnSchema[] columns = new ColumnSchema[_profiles.Length];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = ColumnInference.Decide(_profiles[i], _numbers, notes);
        RoleInference.Assign(columns, _profiles, notes);
        long rows = _profiles.Length == 0 ? 0 : _profiles[0].Rows;
        if (rows is > 0 and < FewRows)
        {
            notes.Add(new DataProblem
            {
                Code = ProblemCodes.FewRows,
                Severity = Severity.Warning,
                Message = $"there are only {rows} rows, too few to infer kinds from or to learn from",
                Remedy = "Check the schema by hand, and do not expect a model to learn anything but these rows",
            });
        }

        return new InferredSchema(new Schema(columns, name), notes, [.. _profiles.Select(Summary)]);
    }

    private static ColumnSummary Summary(ColumnProfile p) => new(p.Name, p.Rows, p.Empty + p.TokenTotal, p.Distinct);
}

/// <summary>A schema read off data.</summary>
/// <param name="Schema">The schema; bounds and levels are marked as learnt.</param>
/// <param name="Notes">What was decided and why, and what looks wrong; no errors.</param>
/// <param name="Columns">Counts by column, in order.</param>
public sealed record InferredSchema(Schema Schema, IReadOnlyList<DataProblem> Notes, IReadOnlyList<ColumnSummary> Columns);

/// <summary>Counts of a column.</summary>
/// <param name="Name">The column.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Missing">Cells that are empty or a text that means "missing" in every column.</param>
/// <param name="Distinct">Distinct texts among the others; null when the column is too varied for that to have been counted.</param>
public sealed record ColumnSummary(string Name, long Rows, long Missing, long? Distinct);

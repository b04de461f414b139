using System.Buffers.Binary;
using System.Data.Common;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Schemas.Inference;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Sources.Sql;

/// <summary>
/// Reads the result of a query into a table. Under a schema rows stream straight into typed columns; without one they are
/// kept as text while the schema is inferred, so that the query runs once and inference sees the very rows that are read.
/// </summary>
internal static class SqlTableReading
{
    /// <summary>What one array holds, with room for a last cell's length.</summary>
    private const long MaxKeptBytes = 0x7FFF_0000;

    /// <summary>Reads to the end of the first result.</summary>
    /// <param name="reader">An open reader before its first row.</param>
    /// <param name="source">What messages call it: the file, or server and database. No password.</param>
    /// <param name="options">Schema, missing tokens, roles, what to do with misfits; those about text files are ignored.</param>
    /// <param name="cancellation">Looked at every 1,024 rows.</param>
    public static TableReadResult Read(DbDataReader reader, string source, TableReadOptions options, CancellationToken cancellation)
    {
        string[] names = Names(reader, source);
        ProblemLog log = new(source) { RowErrorsAreWarnings = options.BadRows == BadRows.Reject };
        return options.Schema is null ? Inferred(reader, source, names, options, log, cancellation) : Strict(reader, source, names, options, log, cancellation);
    }

    private static TableReadResult Strict(DbDataReader reader, string source, string[] names, TableReadOptions options, ProblemLog log, CancellationToken cancellation)
    {
        SqlText text = new(reader, source, log);
        Schema schema = SchemaRoles.Override(options.Schema!, options.Target, options.PatientKey, source);
        int[] fields = FieldMap.Make(schema, names, options.IgnoreExtraColumns, log);
        log.ThrowIfErrors();
        TableBuilder builder = new(schema, log, NumberFormat.Invariant, options.UnknownLevels, options.BadRows);
        Dictionary<string, long> rejected = [];
        long rows = 0;
        while (reader.Read())
        {
            CheckCancelled(++rows, cancellation);
            foreach (int field in fields)
                builder.Add(field < 0 ? default : text.Cell(field, rows), rows);
            EndRow(builder, options, rejected);
        }

        return Finish(builder, source, rows, rejected, [], log);
    }

    private static TableReadResult Inferred(DbDataReader reader, string source, string[] names, TableReadOptions options, ProblemLog log, CancellationToken cancellation)
    {
        SqlText text = new(reader, source, log);
        SchemaInference inference = new(names, NumberFormat.Invariant, options.MissingTokens);
        using MemoryStream kept = new();
        long rows = 0;
        while (reader.Read())
        {
            CheckCancelled(++rows, cancellation);
            for (int i = 0; i < names.Length; i++)
            {
                ReadOnlySpan<byte> cell = text.Cell(i, rows);
                inference.Add(i, cell, rows);
                if (kept.Length + cell.Length > MaxKeptBytes)
                    throw SqlErrors.TooLargeToInfer(source);
                Keep(kept, cell);
            }
        }

        InferredSchema inferred = inference.Finish(options.Name ?? "query");
        log.AddRange(inferred.Notes);
        Schema schema = SchemaRoles.Override(inferred.Schema, options.Target, options.PatientKey, source);
        TableBuilder builder = new(schema, log, NumberFormat.Invariant, options.UnknownLevels, options.BadRows);
        Dictionary<string, long> rejected = [];
        ReadOnlySpan<byte> rest = kept.GetBuffer().AsSpan(0, (int)kept.Length);
        for (long row = 1; row <= rows; row++)
        {
            for (int i = 0; i < names.Length; i++)
                builder.Add(Next(ref rest), row);
            EndRow(builder, options, rejected);
        }

        return Finish(builder, source, rows, rejected, inferred.Columns, log);
    }

    private static TableReadResult Finish(TableBuilder builder, string source, long rows, Dictionary<string, long> rejected, IReadOnlyList<ColumnSummary> columns, ProblemLog log)
    {
        Table table = builder.Finish();
        if (rows == 0)
            log.Add(new DataProblem { Code = ProblemCodes.NoRows, Message = "the query returned no rows", Remedy = "Check its conditions" });
        TableChecks.Check(table, log);
        log.ThrowIfErrors();
        return new TableReadResult(table, new ReadReport { File = source, RowsRead = rows, RejectedByCode = rejected, Columns = columns, Problems = log.ToList() });
    }

    private static void EndRow(TableBuilder builder, TableReadOptions options, Dictionary<string, long> rejected)
    {
        if (!builder.EndRow() && options.BadRows == BadRows.Reject)
            rejected[builder.MisfitCode!] = rejected.GetValueOrDefault(builder.MisfitCode!) + 1;
    }

    private static string[] Names(DbDataReader reader, string source)
    {
        if (reader.FieldCount == 0)
            throw SqlErrors.NoColumns(source);
        string[] names = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (string.IsNullOrWhiteSpace(name) || name == "?column?" || !seen.Add(name))
                throw SqlErrors.ColumnName(source, name, duplicate: seen.Contains(name));
        }

        return names;
    }

    /// <summary>Length, then bytes.</summary>
    private static void Keep(MemoryStream kept, ReadOnlySpan<byte> cell)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, cell.Length);
        kept.Write(length);
        kept.Write(cell);
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        ReadOnlySpan<byte> cell = rest.Slice(4, length);
        rest = rest[(4 + length)..];
        return cell;
    }

    private static void CheckCancelled(long row, CancellationToken cancellation)
    {
        if (row % 1024 == 0)
            cancellation.ThrowIfCancellationRequested();
    }
}

using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;

namespace Lethe.Synthesis;

/// <summary>
/// Turns a drawer of chunks into a stream of rows: directly, or by rejecting rows that miss the conditions. A chunk is always
/// drawn whole, from its own stream: row i is the same however many rows follow, and memory does not grow with the count.
/// </summary>
internal static class ChunkedSampling
{
    private const int Rows = FittedTableSynthesizer.ChunkRows;

    // Below one row in a thousand after ten chunks, rejection would take hours and hide that the request is out of reach.
    private const int PatienceChunks = 10;
    private const double MinimumRate = 1e-3;

    // Share of a numeric column's range within which a drawn value counts as the single value asked for.
    private const double PointTolerance = 0.01;

    public static IEnumerable<Table> Direct(long count, Seed seed, Func<int, RandomStream, Table> draw)
    {
        for (long done = 0, chunk = 0; done < count; chunk++)
        {
            int rows = (int)Math.Min(Rows, count - done);
            Table full = draw(Rows, seed.Stream("chunk", chunk));
            yield return rows == Rows ? full : full.Take(Positions(rows));
            done += rows;
        }
    }

    public static IEnumerable<Table> Rejecting(long count, Seed seed, Func<int, RandomStream, Table> draw, IReadOnlyList<Condition> conditions)
    {
        IReadOnlyList<Condition>? relaxed = null;
        long done = 0, drawn = 0;
        for (long chunk = 0; done < count; chunk++)
        {
            Table full = draw(Rows, seed.Stream("chunk", chunk));
            relaxed ??= [.. conditions.Select(c => Relax(c, full))];
            drawn += Rows;
            int[] hits = Matching(full, relaxed);
            int take = (int)Math.Min(hits.Length, count - done);
            if (take > 0)
            {
                done += take;
                yield return SetPoints(full.Take(hits.AsSpan(0, take)), conditions);
            }

            ThrowIfTooRare(full, relaxed, done, drawn, Rows);
        }
    }

    /// <summary>A single value of a numeric column is next to never drawn: accept values near it (they are then set to it).</summary>
    private static Condition Relax(Condition condition, Table sample)
    {
        if (condition.Codes is not null || condition.Lower != condition.Upper)
            return condition;
        NumericColumn column = (NumericColumn)sample[condition.Column];
        double lower = double.PositiveInfinity, upper = double.NegativeInfinity;
        foreach (double v in column.Values)
        {
            lower = Math.Min(lower, double.IsNaN(v) ? lower : v);
            upper = Math.Max(upper, double.IsNaN(v) ? upper : v);
        }

        double width = column.Schema.Bounds?.Width ?? Math.Max(0, upper - lower);
        return condition with { Lower = condition.Lower - (PointTolerance * width), Upper = condition.Upper + (PointTolerance * width) };
    }

    private static Table SetPoints(Table table, IReadOnlyList<Condition> conditions)
    {
        if (conditions.All(c => c.Codes is not null || c.Lower != c.Upper))
            return table;
        return new Table(table.Schema, table.Columns.Select(column =>
        {
            Condition? point = conditions.FirstOrDefault(c => c.Column == column.Name && c.Codes is null && c.Lower == c.Upper);
            return point is null ? column : new NumericColumn(column.Schema, Enumerable.Repeat(point.Lower, column.Count).ToArray());
        }));
    }

    public static Table Collect(Schema schema, IEnumerable<Table> chunks)
    {
        Table[] parts = [.. chunks];
        if (parts.Length == 0)
            return new Table(schema, schema.Columns.Select(Empty));
        return parts.Length == 1 ? parts[0] : new Table(schema, schema.Columns.Select((c, i) => Join(c, parts, i)));
    }

    private static Column Empty(ColumnSchema c) =>
        c.IsNumeric ? new NumericColumn(c, []) : c.IsDiscrete ? new DiscreteColumn(c, []) : new TextColumn(c, []);

    private static Column Join(ColumnSchema schema, Table[] parts, int column)
    {
        int total = parts.Sum(p => p.RowCount), at = 0;
        if (schema.IsNumeric)
        {
            double[] values = new double[total];
            foreach (Table part in parts)
            {
                ((NumericColumn)part.Columns[column]).Values.CopyTo(values.AsSpan(at));
                at += part.RowCount;
            }

            return new NumericColumn(schema, values);
        }

        int[] codes = new int[total];
        foreach (Table part in parts)
        {
            ((DiscreteColumn)part.Columns[column]).Codes.CopyTo(codes.AsSpan(at));
            at += part.RowCount;
        }

        return new DiscreteColumn(schema, codes);
    }

    public static int[] Matching(Table table, IReadOnlyList<Condition> conditions)
    {
        List<int> hits = [];
        for (int row = 0; row < table.RowCount; row++)
        {
            if (conditions.All(c => Accepts(table, c, row)))
                hits.Add(row);
        }

        return [.. hits];
    }

    private static bool Accepts(Table table, Condition condition, int row) => table[condition.Column] switch
    {
        NumericColumn n => condition.Accepts(n[row]),
        DiscreteColumn d => condition.Accepts(d[row]),
        _ => false,
    };

    /// <summary>Ends rejection that would take hours.</summary>
    /// <param name="last">The latest chunk.</param>
    /// <param name="conditions">What rows had to meet.</param>
    /// <param name="done">Rows kept so far.</param>
    /// <param name="drawn">Rows drawn so far.</param>
    /// <param name="chunk">Rows per chunk.</param>
    public static void ThrowIfTooRare(Table last, IReadOnlyList<Condition> conditions, long done, long drawn, int chunk)
    {
        if (conditions.Count == 0 || drawn < (long)PatienceChunks * chunk || done >= MinimumRate * drawn)
            return;
        Condition rarest = conditions.MinBy(c => Matching(last, [c]).Length)!;
        throw new SynthesisException(
            $"Only {done} of {drawn} sampled rows meet the conditions; the rarest is the one on '{rarest.Column}'. " +
            "Relax it, or use a method that conditions exactly (see 'lethe list methods').");
    }

    private static int[] Positions(int rows)
    {
        int[] positions = new int[rows];
        for (int i = 0; i < rows; i++)
            positions[i] = i;
        return positions;
    }
}

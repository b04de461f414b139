using System.Numerics;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Distances;

/// <summary>
/// Gower's distance between rows of mixed tables (Gower 1971): the mean over columns of min(1, |x − y| / range) for numbers
/// and dates and of 0/1 for levels; missing against a value counts 1, missing against missing 0. Between 0 and 1, symmetric.
/// Ranges come from the reference table alone, so that every comparison with it uses the same ruler. In a column that is
/// constant there, any difference counts 1. Immutable in effect and thread-safe; results do not depend on the thread count.
/// </summary>
public sealed class MixedDistance
{
    // min(1, |x − y|·scale) makes codes (scale 1) a mismatch count, and this far-away number missing cells, without a branch.
    private const double MissingMark = 1e300;
    private const double ConstantScale = 1e300;
    private const int Tile = 512;

    private readonly ColumnSchema[] _columns;
    private readonly double[] _scale;
    private readonly Dictionary<string, int>?[] _levels;

    /// <summary>Takes the ranges from <paramref name="reference"/>, usually the real training table.</summary>
    /// <param name="reference">Where ranges come from.</param>
    /// <param name="columns">Names of the columns that count; null: all that generators model.</param>
    /// <exception cref="KeyNotFoundException">A named column does not exist.</exception>
    /// <exception cref="ArgumentException">No column counts, or a named one is text.</exception>
    public MixedDistance(Table reference, IEnumerable<string>? columns = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        _columns = columns is null
            ? [.. reference.Schema.Columns.Where(c => c.IsModelled)]
            : [.. columns.Select(name => reference.Schema[name])];
        if (_columns.Length == 0)
            throw new ArgumentException("A distance needs at least one column that is neither text nor an identifier.", nameof(columns));
        if (Array.Find(_columns, c => c.Kind == ColumnKind.Text) is { } text)
            throw new ArgumentException($"Column '{text.Name}' is text; distances are defined for numbers, dates and levels.", nameof(columns));

        _scale = new double[_columns.Length];
        _levels = new Dictionary<string, int>?[_columns.Length];
        for (int j = 0; j < _columns.Length; j++)
        {
            if (_columns[j].IsNumeric)
                _scale[j] = 1 / Range((NumericColumn)reference[_columns[j].Name]);
            else
                (_scale[j], _levels[j]) = (1, new Dictionary<string, int>(StringComparer.Ordinal));
            if (double.IsInfinity(_scale[j]))
                _scale[j] = ConstantScale;
        }
    }

    /// <summary>Number of columns that count.</summary>
    public int Columns => _columns.Length;

    /// <summary>
    /// Lays out the rows of a table that has the columns of the reference, in any order; levels are matched by name, so
    /// category lists may differ.
    /// </summary>
    /// <exception cref="KeyNotFoundException">A column is absent.</exception>
    /// <exception cref="ArgumentException">A column holds numbers here and levels in the reference, or the other way round.</exception>
    public MixedPoints Encode(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        double[][] encoded = new double[_columns.Length][];
        for (int j = 0; j < encoded.Length; j++)
        {
            encoded[j] = (table[_columns[j].Name], _levels[j]) switch
            {
                (NumericColumn numbers, null) => EncodeNumbers(numbers),
                (DiscreteColumn codes, { } levels) => EncodeLevels(codes, levels),
                var (column, _) => throw new ArgumentException(
                    $"Column '{column.Name}' is {column.Schema.Kind} here and {_columns[j].Kind} in the reference table.", nameof(table)),
            };
        }

        return new MixedPoints(this, encoded, table.RowCount);
    }

    /// <summary>Distance between row <paramref name="i"/> of <paramref name="a"/> and row <paramref name="j"/> of <paramref name="b"/>, in [0, 1].</summary>
    public double Between(MixedPoints a, int i, MixedPoints b, int j)
    {
        CheckOwner(a);
        CheckOwner(b);
        double sum = 0;
        for (int c = 0; c < _columns.Length; c++)
            sum += Math.Min(1, Math.Abs(b.Columns[c][j] - a.Columns[c][i]) * _scale[c]);
        return sum / _columns.Length;
    }

    /// <summary>Distances of row <paramref name="query"/> of <paramref name="queries"/> to all <paramref name="points"/>.</summary>
    /// <param name="queries">Holds the row to measure from.</param>
    /// <param name="query">Its number.</param>
    /// <param name="points">The rows to measure to.</param>
    /// <param name="destination">Receives one distance a point.</param>
    public void ToAll(MixedPoints queries, int query, MixedPoints points, Span<double> destination)
    {
        CheckOwner(queries);
        CheckOwner(points);
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, points.Count);
        for (int start = 0; start < points.Count; start += Tile)
            Accumulate(queries, query, points, start, destination.Slice(start, Math.Min(Tile, points.Count - start)));
    }

    /// <summary>The <paramref name="k"/> nearest <paramref name="points"/> of every query row, by brute force.</summary>
    /// <param name="queries">Rows that look for neighbours.</param>
    /// <param name="points">Rows that may be neighbours.</param>
    /// <param name="k">How many, ≥ 1.</param>
    /// <param name="excludeSelf">True when both are the same rows and a row is not its own neighbour.</param>
    /// <param name="cancellation">Checked per query row.</param>
    public Neighbours Nearest(MixedPoints queries, MixedPoints points, int k, bool excludeSelf = false, CancellationToken cancellation = default)
    {
        CheckOwner(queries);
        CheckOwner(points);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (excludeSelf && queries.Count != points.Count)
            throw new ArgumentException("A row can be left out as its own neighbour only when queries and points are the same rows.", nameof(excludeSelf));
        int found = Math.Min(k, Math.Max(0, points.Count - (excludeSelf ? 1 : 0)));
        int[] rows = new int[queries.Count * found];
        double[] distances = new double[queries.Count * found];
        if (found > 0)
        {
            // Each query writes its own slots: the result does not depend on who computes it.
            Parallel.For(0, queries.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
                Search(queries, i, points, excludeSelf ? i : -1, rows.AsSpan(i * found, found), distances.AsSpan(i * found, found)));
        }

        return new Neighbours(queries.Count, found, rows, distances);
    }

    /// <summary>Mean distance over all pairs of different rows; NaN with fewer than two rows.</summary>
    public double MeanPairwise(MixedPoints points, CancellationToken cancellation = default)
    {
        CheckOwner(points);
        int n = points.Count;
        double[] sums = new double[n];
        Parallel.For(0, n, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            double[] all = new double[n];
            ToAll(points, i, points, all);
            double sum = 0;
            for (int j = 0; j < i; j++)
                sum += all[j];
            sums[i] = sum;
        });
        return n < 2 ? double.NaN : sums.Sum() / (0.5 * n * (n - 1));
    }

    private void Search(MixedPoints queries, int query, MixedPoints points, int self, Span<int> rows, Span<double> distances)
    {
        Span<double> tile = stackalloc double[Tile];
        distances.Fill(double.PositiveInfinity);
        for (int start = 0; start < points.Count; start += Tile)
        {
            Span<double> part = tile[..Math.Min(Tile, points.Count - start)];
            Accumulate(queries, query, points, start, part);
            for (int p = 0; p < part.Length; p++)
            {
                if (part[p] < distances[^1] && start + p != self)
                    Insert(start + p, part[p], rows, distances);
            }
        }
    }

    private static void Insert(int row, double distance, Span<int> rows, Span<double> distances)
    {
        int at = distances.Length - 1;
        for (; at > 0 && distances[at - 1] > distance; at--)
        {
            distances[at] = distances[at - 1];
            rows[at] = rows[at - 1];
        }

        distances[at] = distance;
        rows[at] = row;
    }

    /// <summary>destination[p] = mean over columns of min(1, |y[start + p] − x|·scale), columns summed in order for every pair.</summary>
    private void Accumulate(MixedPoints queries, int query, MixedPoints points, int start, Span<double> destination)
    {
        destination.Clear();
        int width = Vector<double>.Count;
        for (int c = 0; c < _columns.Length; c++)
        {
            double x = queries.Columns[c][query], scale = _scale[c];
            ReadOnlySpan<double> y = points.Columns[c].AsSpan(start, destination.Length);
            int p = 0;
            for (; p <= y.Length - width; p += width)
            {
                Vector<double> d = Vector.Abs(new Vector<double>(y[p..]) - new Vector<double>(x)) * scale;
                (new Vector<double>(destination[p..]) + Vector.Min(d, Vector<double>.One)).CopyTo(destination[p..]);
            }

            for (; p < y.Length; p++)
                destination[p] += Math.Min(1, Math.Abs(y[p] - x) * scale);
        }

        for (int p = 0; p < destination.Length; p++)
            destination[p] /= _columns.Length;
    }

    private static double Range(NumericColumn column)
    {
        double lower = double.PositiveInfinity, upper = double.NegativeInfinity;
        foreach (double v in column.Values)
        {
            if (double.IsNaN(v))
                continue;
            lower = Math.Min(lower, v);
            upper = Math.Max(upper, v);
        }

        return Math.Max(0, upper - lower);
    }

    private static double[] EncodeNumbers(NumericColumn column)
    {
        double[] encoded = column.Values.ToArray();
        for (int i = 0; i < encoded.Length; i++)
        {
            if (double.IsNaN(encoded[i]))
                encoded[i] = MissingMark;
        }

        return encoded;
    }

    private static double[] EncodeLevels(DiscreteColumn column, Dictionary<string, int> levels)
    {
        int[] number = new int[column.Levels.Count];
        // Only equality of the numbers counts, so it does not matter which table brings a level first.
        lock (levels)
        {
            for (int l = 0; l < number.Length; l++)
            {
                if (!levels.TryGetValue(column.Levels[l], out number[l]))
                    levels.Add(column.Levels[l], number[l] = levels.Count);
            }
        }

        double[] encoded = new double[column.Count];
        for (int i = 0; i < encoded.Length; i++)
            encoded[i] = column[i] < 0 ? MissingMark : number[column[i]];
        return encoded;
    }

    private void CheckOwner(MixedPoints points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (!ReferenceEquals(points.Owner, this))
            throw new ArgumentException("These rows were laid out by another distance; encode them with this one.", nameof(points));
    }
}

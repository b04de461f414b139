using Lethe.Data.Distances;
using Lethe.Data.Tables;
using Lethe.Evaluation.Statistics;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Fidelity.Novelty;

/// <summary>
/// Are rows new, or close to rows that exist? Distances find copies; they do not show that a release protects anyone, which is
/// the business of the attacks.
/// </summary>
public static class RowNovelty
{
    /// <summary>Nearest-neighbour figures of another table against the real one, by Gower's distance with real ranges.</summary>
    /// <param name="Median">Median distance to the closest real row.</param>
    /// <param name="FifthPercentile">5 % quantile of the distance to the closest real row.</param>
    /// <param name="RatioMean">Mean ratio of the nearest to the second nearest distance (1 where both are 0).</param>
    /// <param name="AdversarialAccuracy">
    /// ½[mean 1(d_RS &gt; d_RR) + mean 1(d_SR &gt; d_SS)] (Yale et al. 2020): 0.5 ideal, below 0.5 the other table sits on the real rows.
    /// </param>
    public sealed record Closeness(double Median, double FifthPercentile, double RatioMean, double AdversarialAccuracy);

    /// <summary>Share of rows that sit closer to one table than to another.</summary>
    /// <param name="Share">Share closer to the first, ties ½.</param>
    /// <param name="Rows">Rows of each of the two tables that were used.</param>
    /// <param name="N">Number of rows whose side was asked for.</param>
    public sealed record Side(double Share, int Rows, int N)
    {
        /// <summary>min(1, 2(1 − share)): 1 when no closer to the first than to the second.</summary>
        public double Protection => Math.Min(1, 2 * (1 - Share));

        /// <summary>The side of each row by its distances to the closest row of both tables.</summary>
        public static Side Of(ReadOnlySpan<double> toFirst, ReadOnlySpan<double> toSecond, int rows)
        {
            StatisticsThrow.UnlessSameLength(toFirst.Length, toSecond.Length);
            double closer = 0;
            for (int j = 0; j < toFirst.Length; j++)
                closer += toFirst[j] < toSecond[j] ? 1 : toFirst[j] == toSecond[j] ? 0.5 : 0;
            return new Side(closer / toFirst.Length, rows, toFirst.Length);
        }
    }

    /// <summary>
    /// Rows of <paramref name="other"/> that match some real row: every category equal (missing = missing) and every number within
    /// <paramref name="tolerance"/>·real range.
    /// </summary>
    public static int Matched(Table real, Table other, double tolerance = 0.01)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        double[] widths = [.. real.Columns.Select(c => c is NumericColumn n ? Width(n) * tolerance : 0)];
        return CountMatched(real, other, (column, _) => widths[column]);
    }

    /// <summary>
    /// The same with tolerance·|value of the row| for each number, as the common library defines it: zeros need equality, and shifting the
    /// origin of a column changes the result. For comparison with published numbers.
    /// </summary>
    public static int MatchedCompatible(Table real, Table other, double tolerance = 0.01)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        return CountMatched(real, other, (_, value) => Math.Abs(value) * tolerance);
    }

    /// <summary>Number of rows of <paramref name="other"/> that equal a real row in every cell (missing = missing).</summary>
    public static int Identical(Table real, Table other)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        HashSet<string> known = [.. Enumerable.Range(0, real.RowCount).Select(i => Key(real, i))];
        return Enumerable.Range(0, other.RowCount).Count(i => known.Contains(Key(other, i)));
    }

    /// <summary>Number of distinct real rows that occur among the rows of <paramref name="other"/>.</summary>
    public static int DistinctRealRowsFound(Table real, Table other)
    {
        HashSet<string> found = [.. Enumerable.Range(0, other.RowCount).Select(i => Key(other, i))];
        return Enumerable.Range(0, real.RowCount).Select(i => Key(real, i)).Distinct().Count(found.Contains);
    }

    /// <summary>Nearest-neighbour figures; NaN where a table is too small. Ranges come from <paramref name="real"/>, or from <paramref name="ruler"/> when given.</summary>
    public static Closeness Distances(Table real, Table other, MixedDistance? ruler = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        MixedDistance distance = ruler ?? new MixedDistance(real);
        MixedPoints r = distance.Encode(real), s = distance.Encode(other);
        if (real.RowCount < 2 || other.RowCount < 2)
            return new Closeness(double.NaN, double.NaN, double.NaN, double.NaN);
        Neighbours sr = distance.Nearest(s, r, 2, cancellation: cancellation), ss = distance.Nearest(s, s, 1, excludeSelf: true, cancellation);
        Neighbours rs = distance.Nearest(r, s, 1, cancellation: cancellation), rr = distance.Nearest(r, r, 1, excludeSelf: true, cancellation);
        double[] closest = sr.Distances();
        double ratio = 0;
        for (int j = 0; j < s.Count; j++)
            ratio += sr.Distance(j, 1) == 0 ? 1 : sr.Distance(j) / sr.Distance(j, 1);
        double realSide = Enumerable.Range(0, r.Count).Count(i => rs.Distance(i) > rr.Distance(i));
        double otherSide = Enumerable.Range(0, s.Count).Count(j => sr.Distance(j) > ss.Distance(j));
        return new Closeness(
            Quantile.Median(closest), Quantile.Of(closest, 0.05), ratio / s.Count, 0.5 * ((realSide / r.Count) + (otherSide / s.Count)));
    }

    /// <summary>
    /// Share of synthetic rows closer to training rows than to holdout rows, both cut to the same number of rows first: with 300 against 200 an
    /// honest generator scores 0.6, not 0.5. Ranges come from the whole training table.
    /// </summary>
    public static Side CloserToTrain(Table train, Table holdout, Table synthetic, Seed seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(holdout);
        ArgumentNullException.ThrowIfNull(synthetic);
        int rows = Math.Min(train.RowCount, holdout.RowCount);
        return Closer(new MixedDistance(train), Cut(train, rows, seed.Derive("train")), Cut(holdout, rows, seed.Derive("holdout")), synthetic, cancellation);
    }

    /// <summary>Share of rows closer to <paramref name="first"/> than to <paramref name="second"/>, sizes as they are.</summary>
    public static Side Closer(MixedDistance ruler, Table first, Table second, Table rows, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(ruler);
        MixedPoints x = ruler.Encode(rows), a = ruler.Encode(first), b = ruler.Encode(second);
        if (x.Count == 0 || a.Count == 0 || b.Count == 0)
            return new Side(double.NaN, Math.Min(a.Count, b.Count), x.Count);
        double[] toFirst = ruler.Nearest(x, a, 1, cancellation: cancellation).Distances();
        double[] toSecond = ruler.Nearest(x, b, 1, cancellation: cancellation).Distances();
        return Side.Of(toFirst, toSecond, Math.Min(a.Count, b.Count));
    }

    private static Table Cut(Table table, int rows, Seed seed) =>
        table.RowCount == rows ? table : table.Take(seed.Stream("equal-sizes").Permutation(table.RowCount).AsSpan(0, rows));

    /// <summary>Candidates share all categories and the pattern of missing cells, so only they are compared number by number.</summary>
    private static int CountMatched(Table real, Table other, Func<int, double, double> slack)
    {
        Dictionary<string, List<int>> candidates = [];
        for (int i = 0; i < real.RowCount; i++)
        {
            string key = Key(real, i, numbers: false);
            if (!candidates.TryGetValue(key, out List<int>? rows))
                candidates[key] = rows = [];
            rows.Add(i);
        }

        int[] numeric = [.. Enumerable.Range(0, real.Columns.Count).Where(j => real.Columns[j] is NumericColumn)];
        int matched = 0;
        for (int i = 0; i < other.RowCount; i++)
        {
            if (candidates.TryGetValue(Key(other, i, numbers: false), out List<int>? rows) && rows.Exists(r => Matches(r, i)))
                matched++;
        }

        return matched;

        bool Matches(int realRow, int otherRow)
        {
            foreach (int j in numeric)
            {
                double x = ((NumericColumn)real.Columns[j])[realRow], y = ((NumericColumn)other.Columns[j])[otherRow];
                if (Math.Abs(x - y) > slack(j, y))
                    return false;
            }

            return true;
        }
    }

    private static string Key(Table table, int row, bool numbers = true) => string.Join('\u001f', table.Columns.Select(c => c switch
    {
        DiscreteColumn d => d[row] < 0 ? "\u0000" : d.Levels[d[row]],
        NumericColumn n when double.IsNaN(n[row]) => "\u0000",
        NumericColumn n => numbers ? (n[row] == 0 ? 0.0 : n[row]).ToString("R", System.Globalization.CultureInfo.InvariantCulture) : "",
        _ => "",
    }));

    private static double Width(NumericColumn column)
    {
        double[] present = Columns.NumericMetrics.Present(column.Values);
        return present.Length == 0 ? 0 : present[^1] - present[0];
    }
}

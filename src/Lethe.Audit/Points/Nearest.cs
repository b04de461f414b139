using System.Numerics;
using System.Runtime.InteropServices;
using Lethe.Numerics.Threading;

namespace Lethe.Audit.Points;

/// <summary>
/// Squared Euclidean distances from every query to its nearest points, by direct differences: the faster expansion
/// ‖a‖² + ‖b‖² − 2ab loses the digits of near copies, which are what an audit looks for.
/// </summary>
internal static class Nearest
{
    /// <summary>The smallest squared distance per query; +∞ without points.</summary>
    public static double[] Squared(PointSet queries, PointSet points) => Squared(queries, points, 1, excludeSelf: false);

    /// <summary>The <paramref name="k"/> smallest squared distances per query, ascending, row-major [queries, k]; +∞ where there are fewer points.</summary>
    /// <param name="queries">Rows to look from.</param>
    /// <param name="points">Rows to look among.</param>
    /// <param name="k">How many.</param>
    /// <param name="excludeSelf">Leave-one-out: query i skips point i, so that a duplicate row still has distance 0.</param>
    public static double[] Squared(PointSet queries, PointSet points, int k, bool excludeSelf)
    {
        double[] best = new double[queries.Count * k];
        Array.Fill(best, double.PositiveInfinity);
        ParallelOptions threads = new() { MaxDegreeOfParallelism = ComputeThreads.Available };
        Parallel.For(0, queries.Count, threads, i =>
        {
            ReadOnlySpan<double> query = queries[i];
            Span<double> mine = best.AsSpan(i * k, k);
            for (int j = 0; j < points.Count; j++)
            {
                if (excludeSelf && i == j)
                    continue;
                Insert(mine, SquaredDistance(query, points[j]));
            }
        });
        return best;
    }

    /// <summary>Σ (aᵢ − bᵢ)², lanes first, then the rest, in one fixed order per machine.</summary>
    internal static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> wideA = MemoryMarshal.Cast<double, Vector<double>>(a), wideB = MemoryMarshal.Cast<double, Vector<double>>(b);
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < wideA.Length; i++)
        {
            Vector<double> difference = wideA[i] - wideB[i];
            sums += difference * difference;
        }

        double sum = Vector.Sum(sums);
        for (int i = wideA.Length * Vector<double>.Count; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    private static void Insert(Span<double> ascending, double value)
    {
        int at = ascending.Length - 1;
        if (!(value < ascending[at]))
            return;
        for (; at > 0 && value < ascending[at - 1]; at--)
            ascending[at] = ascending[at - 1];
        ascending[at] = value;
    }
}

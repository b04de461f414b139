using Lethe.Evaluation.Statistics;
using Lethe.Learning;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Fidelity.Joint;

/// <summary>
/// Maximum mean discrepancy with the kernel exp(−γ‖x − y‖²): Gretton et al., "A kernel two-sample test", 2012.
/// </summary>
/// <param name="Gamma">γ.</param>
/// <param name="V">Biased V-statistic, ≥ 0.</param>
/// <param name="U">Unbiased U-statistic, may be negative.</param>
/// <param name="P">Permutation p-value (1 + #≥)/(B + 1) of U; NaN when not asked for.</param>
public sealed record MaximumMeanDiscrepancy(double Gamma, double V, double U, double P)
{
    /// <summary>√max(U, 0), the figure to report.</summary>
    public double Distance => Math.Sqrt(Math.Max(U, 0));

    /// <summary>γ = 1/(2·median of the non-zero pooled squared distances); 1 when all rows are equal.</summary>
    public static double MedianGamma(DesignMatrix real, DesignMatrix other)
    {
        DesignMatrix[] tables = [real, other];
        List<double> squared = [];
        int n = real.Rows + other.Rows;
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                double d = Squared(Row(tables, i), Row(tables, j));
                if (d > 0)
                    squared.Add(d);
            }
        }

        return squared.Count == 0 ? 1 : 1 / (2 * Quantile.Median([.. squared]));
    }

    /// <summary>Both statistics of two sets of points, with a permutation test when <paramref name="permutations"/> is positive.</summary>
    /// <param name="real">Real points, n × d.</param>
    /// <param name="other">Other points, m × d.</param>
    /// <param name="gamma">γ &gt; 0; null for <see cref="MedianGamma"/>.</param>
    /// <param name="permutations">Relabelings B, e.g. 200; 0 for no test.</param>
    /// <param name="seed">Decides the relabelings.</param>
    public static MaximumMeanDiscrepancy Of(DesignMatrix real, DesignMatrix other, double? gamma = null, int permutations = 0, Seed seed = default)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        double g = gamma ?? MedianGamma(real, other);
        int n = real.Rows, m = other.Rows, total = n + m;
        double[] kernel = Kernel(real, other, g);
        double[] rowSums = new double[total];
        for (int i = 0; i < total; i++)
            rowSums[i] = Moments.Sum(kernel.AsSpan(i * total, total));
        double sum = Moments.Sum(rowSums);
        (double v, double u) = Statistics(kernel, rowSums, sum, Enumerable.Range(0, n).ToArray(), n, m);
        if (permutations <= 0)
            return new MaximumMeanDiscrepancy(g, v, u, double.NaN);

        RandomStream random = seed.Stream("mmd-permutations");
        int[][] relabelled = new int[permutations][];
        for (int b = 0; b < permutations; b++)
            relabelled[b] = random.Permutation(total)[..n];
        int[] reached = new int[permutations];
        Parallel.For(0, permutations, b => reached[b] = Statistics(kernel, rowSums, sum, relabelled[b], n, m).U >= u ? 1 : 0);
        return new MaximumMeanDiscrepancy(g, v, u, (1.0 + reached.Sum()) / (permutations + 1.0));
    }

    private static double[] Kernel(DesignMatrix real, DesignMatrix other, double gamma)
    {
        DesignMatrix[] tables = [real, other];
        int total = real.Rows + other.Rows;
        double[] kernel = new double[total * total];
        Parallel.For(0, total, i =>
        {
            ReadOnlySpan<double> x = Row(tables, i);
            for (int j = 0; j < total; j++)
                kernel[(i * total) + j] = Math.Exp(-gamma * Squared(x, Row(tables, j)));
        });
        return kernel;
    }

    /// <summary>
    /// Both statistics from the sum over pairs of "real" rows alone: with row sums t_i and their total T the cross sum is Σ_{i∈R} t_i − S_RR
    /// and the other one T − S_RR − 2 S_RS, so that a relabelling costs n² instead of (n + m)².
    /// </summary>
    private static (double V, double U) Statistics(double[] kernel, double[] rowSums, double total, ReadOnlySpan<int> realRows, double n, double m)
    {
        double rr = 0, touched = 0;
        int size = rowSums.Length;
        foreach (int i in realRows)
        {
            ReadOnlySpan<double> row = kernel.AsSpan(i * size, size);
            foreach (int j in realRows)
                rr += row[j];
            touched += rowSums[i];
        }

        double rs = touched - rr, ss = total - rr - (2 * rs), between = 2 * rs / (n * m);
        return ((rr / (n * n)) + (ss / (m * m)) - between, ((rr - n) / (n * (n - 1))) + ((ss - m) / (m * (m - 1))) - between);
    }

    private static ReadOnlySpan<double> Row(DesignMatrix[] tables, int i) => i < tables[0].Rows ? tables[0].Row(i) : tables[1].Row(i - tables[0].Rows);

    internal static double Squared(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int c = 0; c < x.Length; c++)
            sum += (x[c] - y[c]) * (x[c] - y[c]);
        return sum;
    }
}

namespace Lethe.Evaluation.Fidelity.Joint;

/// <summary>
/// Precision and recall of Kynkäänniemi et al., "Improved precision and recall metric for assessing generative models", 2019;
/// density and coverage of Naeem et al., "Reliable fidelity and diversity metrics for generative models", 2020. Strict inequalities.
/// </summary>
/// <param name="Precision">Share of other rows inside the k-neighbour ball of some real row.</param>
/// <param name="Recall">Share of real rows inside the k-neighbour ball of some other row.</param>
/// <param name="Density">(1/(k n_S)) Σ_j #{i: d(y_j, x_i) &lt; r_k(x_i)}; about 1 when alike, may exceed 1.</param>
/// <param name="Coverage">Share of real rows whose nearest other row lies inside their own k-neighbour ball.</param>
public sealed record Prdc(double Precision, double Recall, double Density, double Coverage)
{
    /// <summary>The usual k.</summary>
    public const int DefaultK = 5;

    /// <summary>The four figures; NaN when a table has no more than k rows.</summary>
    public static Prdc Of(RowDistances distances, int k = DefaultK)
    {
        ArgumentNullException.ThrowIfNull(distances);
        int n = distances.RealRows, m = distances.OtherRows;
        if (n <= k || m <= k)
            return new Prdc(double.NaN, double.NaN, double.NaN, double.NaN);

        double[] realRadii = distances.RealRadii(k), otherRadii = distances.OtherRadii(k), row = new double[n];
        bool[] recalled = new bool[n], covered = new bool[n];
        long inside = 0, precise = 0;
        for (int j = 0; j < m; j++)
        {
            distances.OtherToReal(j, row);
            int balls = 0;
            for (int i = 0; i < n; i++)
            {
                if (row[i] < realRadii[i])
                {
                    balls++;
                    covered[i] = true;
                }

                if (row[i] < otherRadii[j])
                    recalled[i] = true;
            }

            inside += balls;
            precise += balls > 0 ? 1 : 0;
        }

        return new Prdc(
            (double)precise / m, (double)recalled.Count(r => r) / n, (double)inside / ((double)k * m), (double)covered.Count(c => c) / n);
    }

    /// <summary>Coverage to expect of a fresh sample of m rows: 1 − Π_{j&lt;k} (n − 1 − j)/(n + m − 1 − j).</summary>
    public static double ExpectedCoverage(int realRows, int otherRows, int k = DefaultK)
    {
        double product = 1;
        for (int j = 0; j < k; j++)
            product *= (realRows - 1.0 - j) / (realRows + otherRows - 1.0 - j);
        return 1 - product;
    }
}

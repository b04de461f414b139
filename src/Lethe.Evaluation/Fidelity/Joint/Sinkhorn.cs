using Lethe.Learning;

namespace Lethe.Evaluation.Fidelity.Joint;

/// <summary>
/// Debiased entropic optimal transport S_ε = OT_ε(R, S) − ½OT_ε(R, R) − ½OT_ε(S, S) with cost ½‖x − y‖², uniform weights: Feydy et
/// al., "Interpolating between optimal transport and MMD using Sinkhorn divergences", 2019. Log-domain updates.
/// </summary>
public static class Sinkhorn
{
    /// <summary>The divergence, ≥ 0 up to rounding; 0 for equal sets.</summary>
    /// <param name="real">Real points.</param>
    /// <param name="other">Other points.</param>
    /// <param name="epsilon">Blur in units of the cost.</param>
    /// <param name="tolerance">Stop when no potential changes by more.</param>
    /// <param name="maxIterations">Most updates of both potentials.</param>
    public static double Divergence(DesignMatrix real, DesignMatrix other, double epsilon = 0.01, double tolerance = 1e-9, int maxIterations = 100_000)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        return Transport(real, other, epsilon, tolerance, maxIterations)
            - (0.5 * Symmetric(real, epsilon, tolerance, maxIterations))
            - (0.5 * Symmetric(other, epsilon, tolerance, maxIterations));
    }

    /// <summary>OT_ε = ⟨a, f⟩ + ⟨b, g⟩ at the fixed point f = −ε log Σ_j b_j exp((g_j − C_ij)/ε), and alike for g.</summary>
    private static double Transport(DesignMatrix x, DesignMatrix y, double epsilon, double tolerance, int maxIterations)
    {
        double[] cost = Costs(x, y), transposed = Costs(y, x), f = new double[x.Rows], g = new double[y.Rows];
        for (int iteration = 0; iteration < maxIterations; iteration++)
        {
            double change = Update(f, g, cost, epsilon, averaged: false);
            change = Math.Max(change, Update(g, f, transposed, epsilon, averaged: false));
            if (change < tolerance)
                break;
        }

        return f.Average() + g.Average();
    }

    /// <summary>For equal sets both potentials agree; averaging old and new converges in a few steps (Feydy et al., equation 25).</summary>
    private static double Symmetric(DesignMatrix x, double epsilon, double tolerance, int maxIterations)
    {
        double[] cost = Costs(x, x), f = new double[x.Rows];
        for (int iteration = 0; iteration < maxIterations; iteration++)
        {
            if (Update(f, (double[])f.Clone(), cost, epsilon, averaged: true) < tolerance)
                break;
        }

        return 2 * f.Average();
    }

    private static double Update(double[] f, double[] g, double[] cost, double epsilon, bool averaged)
    {
        double[] changes = new double[f.Length];
        Parallel.For(0, f.Length, i =>
        {
            ReadOnlySpan<double> row = cost.AsSpan(i * g.Length, g.Length);
            double largest = double.NegativeInfinity, sum = 0;
            for (int j = 0; j < row.Length; j++)
                largest = Math.Max(largest, g[j] - row[j]);
            for (int j = 0; j < row.Length; j++)
                sum += Math.Exp((g[j] - row[j] - largest) / epsilon);
            double updated = -largest - (epsilon * Math.Log(sum / g.Length));
            if (averaged)
                updated = (updated + f[i]) / 2;
            changes[i] = Math.Abs(updated - f[i]);
            f[i] = updated;
        });
        return changes.Length == 0 ? 0 : changes.Max();
    }

    private static double[] Costs(DesignMatrix x, DesignMatrix y)
    {
        double[] cost = new double[x.Rows * y.Rows];
        for (int i = 0; i < x.Rows; i++)
        {
            for (int j = 0; j < y.Rows; j++)
                cost[(i * y.Rows) + j] = 0.5 * MaximumMeanDiscrepancy.Squared(x.Row(i), y.Row(j));
        }

        return cost;
    }
}

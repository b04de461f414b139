using Lethe.Learning;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Drawing;

/// <summary>
/// t-SNE: van der Maaten and Hinton, "Visualizing data using t-SNE", 2008. Exact gradient, O(n²) a step, meant for up to about a
/// thousand points. Starts from small Gaussian noise; early exaggeration 12 for a quarter of the steps, momentum 0.5 then 0.8, learning rate
/// max(n/48, 50) (Belkina et al. 2019 without the factor 4 of other code). For looking, not for measuring: distances between groups mean nothing.
/// </summary>
public static class StochasticNeighbourEmbedding
{
    /// <summary>Two coordinates a point.</summary>
    /// <param name="points">n × d.</param>
    /// <param name="seed">Decides the start.</param>
    /// <param name="perplexity">Effective number of neighbours; cut to (n − 1)/3.</param>
    /// <param name="steps">Gradient steps.</param>
    /// <param name="cancellation">Checked per step.</param>
    public static (double[] X, double[] Y) Embed(DesignMatrix points, Seed seed, double perplexity = 30, int steps = 300, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        int n = points.Rows;
        double[] x = new double[n], y = new double[n];
        if (n < 4)
            return (x, y);
        double[] p = Affinities(points, Math.Min(perplexity, (n - 1) / 3.0));
        RandomStream random = seed.Stream("t-sne");
        for (int i = 0; i < n; i++)
            (x[i], y[i]) = (1e-4 * random.NextGaussian(), 1e-4 * random.NextGaussian());

        double[] gx = new double[n], gy = new double[n], vx = new double[n], vy = new double[n], gainX = Ones(n), gainY = Ones(n), rowSums = new double[n];
        double rate = Math.Max(n / 48.0, 50);
        int early = steps / 4;
        for (int step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            double exaggeration = step < early ? 12 : 1, momentum = step < early ? 0.5 : 0.8;
            Parallel.For(0, n, i =>
            {
                double sum = 0;
                for (int j = 0; j < n; j++)
                {
                    double dx = x[i] - x[j], dy = y[i] - y[j];
                    sum += 1 / (1 + (dx * dx) + (dy * dy));
                }

                rowSums[i] = sum - 1;
            });
            double z = rowSums.Sum();

            // Equation 5: dC/dy_i = 4 Σ_j (p_ij − q_ij)(y_i − y_j)/(1 + ‖y_i − y_j‖²).
            Parallel.For(0, n, i =>
            {
                double sx = 0, sy = 0;
                for (int j = 0; j < n; j++)
                {
                    double dx = x[i] - x[j], dy = y[i] - y[j], w = 1 / (1 + (dx * dx) + (dy * dy));
                    double force = ((exaggeration * p[(i * n) + j]) - (w / z)) * w;
                    sx += force * dx;
                    sy += force * dy;
                }

                (gx[i], gy[i]) = (4 * sx, 4 * sy);
            });
            Move(x, gx, vx, gainX, momentum, rate);
            Move(y, gy, vy, gainY, momentum, rate);
        }

        return (x, y);
    }

    /// <summary>Gradient step with momentum and one adaptive gain a coordinate (Jacobs 1988), then centring.</summary>
    private static void Move(double[] at, double[] gradient, double[] velocity, double[] gain, double momentum, double rate)
    {
        double mean = 0;
        for (int i = 0; i < at.Length; i++)
        {
            gain[i] = Math.Sign(gradient[i]) != Math.Sign(velocity[i]) ? gain[i] + 0.2 : Math.Max(0.01, gain[i] * 0.8);
            velocity[i] = (momentum * velocity[i]) - (rate * gain[i] * gradient[i]);
            at[i] += velocity[i];
            mean += at[i] / at.Length;
        }

        for (int i = 0; i < at.Length; i++)
            at[i] -= mean;
    }

    /// <summary>Symmetric p_ij = (p_{j|i} + p_{i|j})/2n; the width of each row by bisection so that its entropy is ln perplexity.</summary>
    private static double[] Affinities(DesignMatrix points, double perplexity)
    {
        int n = points.Rows;
        double[] conditional = new double[n * n], joint = new double[n * n];
        Parallel.For(0, n, i =>
        {
            double[] squared = new double[n];
            for (int j = 0; j < n; j++)
                squared[j] = Fidelity.Joint.MaximumMeanDiscrepancy.Squared(points.Row(i), points.Row(j));
            double nearest = double.PositiveInfinity;
            for (int j = 0; j < n; j++)
                nearest = j == i ? nearest : Math.Min(nearest, squared[j]);

            double beta = 1, low = 0, high = double.PositiveInfinity;
            Span<double> row = conditional.AsSpan(i * n, n);
            for (int attempt = 0; attempt < 64; attempt++)
            {
                double sum = 0, weighted = 0;
                for (int j = 0; j < n; j++)
                {
                    row[j] = j == i ? 0 : Math.Exp(-beta * (squared[j] - nearest));
                    sum += row[j];
                    weighted += row[j] * (squared[j] - nearest);
                }

                for (int j = 0; j < n; j++)
                    row[j] /= sum;
                double excess = Math.Log(sum) + (beta * weighted / sum) - Math.Log(perplexity);
                if (Math.Abs(excess) < 1e-5)
                    break;
                if (excess > 0)
                    (low, beta) = (beta, double.IsInfinity(high) ? beta * 2 : (beta + high) / 2);
                else
                    (high, beta) = (beta, (beta + low) / 2);
            }
        });
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                joint[(i * n) + j] = Math.Max((conditional[(i * n) + j] + conditional[(j * n) + i]) / (2 * n), 1e-12);
        }

        return joint;
    }

    private static double[] Ones(int n)
    {
        double[] ones = new double[n];
        Array.Fill(ones, 1.0);
        return ones;
    }
}

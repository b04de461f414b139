using Lethe.Learning;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Fidelity.Joint;

/// <summary>Distances between two sets of points as the cost of moving one onto the other.</summary>
public static class OptimalTransport
{
    /// <summary>Which cost moving a point has.</summary>
    public enum Cost
    {
        /// <summary>City-block distance Σ|x − y|.</summary>
        CityBlock,

        /// <summary>Euclidean distance.</summary>
        Euclidean,
    }

    /// <summary>
    /// Exact Wasserstein-1 distance of two equally weighted sets of equal size: the assignment problem, by shortest augmenting
    /// paths with potentials (Jonker and Volgenant 1987), O(n³).
    /// </summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double ExactWasserstein(DesignMatrix real, DesignMatrix other, Cost cost = Cost.CityBlock)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        if (real.Rows != other.Rows)
            throw new ArgumentException($"The exact distance pairs rows one to one; there are {real.Rows} and {other.Rows}. Draw a subsample first.");
        int n = real.Rows;
        if (n == 0)
            return double.NaN;
        double[] costs = new double[n * n];
        Parallel.For(0, n, i =>
        {
            for (int j = 0; j < n; j++)
                costs[(i * n) + j] = cost == Cost.CityBlock ? CityBlock(real.Row(i), other.Row(j)) : Math.Sqrt(MaximumMeanDiscrepancy.Squared(real.Row(i), other.Row(j)));
        });
        int[] partner = Assign(costs, n);
        double sum = 0;
        for (int j = 0; j < n; j++)
            sum += costs[(partner[j] * n) + j];
        return sum / n;
    }

    /// <summary>
    /// Sliced Wasserstein-2 distance: root mean over random directions of the squared one-dimensional distances (Rabin et al. 2011).
    /// </summary>
    public static double SlicedWasserstein(DesignMatrix real, DesignMatrix other, Seed seed, int directions = 100)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        if (real.Rows == 0 || other.Rows == 0 || real.Columns == 0)
            return double.NaN;
        RandomStream random = seed.Stream("slices");
        double[] direction = new double[real.Columns];
        double sum = 0;
        for (int k = 0; k < directions; k++)
        {
            double norm = 0;
            for (int c = 0; c < direction.Length; c++)
            {
                direction[c] = random.NextGaussian();
                norm += direction[c] * direction[c];
            }

            for (int c = 0; c < direction.Length; c++)
                direction[c] /= Math.Sqrt(norm);
            sum += SquaredWasserstein(Project(real, direction), Project(other, direction));
        }

        return Math.Sqrt(sum / directions);
    }

    /// <summary>
    /// Squared energy distance 2E‖X − Y‖ − E‖X − X'‖ − E‖Y − Y'‖ in several dimensions, V-statistic (Székely and Rizzo 2013).
    /// </summary>
    public static double SquaredEnergyDistance(DesignMatrix real, DesignMatrix other)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        return (2 * MeanDistance(real, other)) - MeanDistance(real, real) - MeanDistance(other, other);
    }

    private static double MeanDistance(DesignMatrix a, DesignMatrix b)
    {
        double sum = 0;
        for (int i = 0; i < a.Rows; i++)
        {
            for (int j = 0; j < b.Rows; j++)
                sum += Math.Sqrt(MaximumMeanDiscrepancy.Squared(a.Row(i), b.Row(j)));
        }

        return sum / a.Rows / b.Rows;
    }

    private static double CityBlock(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int c = 0; c < x.Length; c++)
            sum += Math.Abs(x[c] - y[c]);
        return sum;
    }

    private static double[] Project(DesignMatrix points, double[] direction)
    {
        double[] projected = new double[points.Rows];
        for (int i = 0; i < projected.Length; i++)
        {
            ReadOnlySpan<double> row = points.Row(i);
            for (int c = 0; c < direction.Length; c++)
                projected[i] += row[c] * direction[c];
        }

        Array.Sort(projected);
        return projected;
    }

    /// <summary>∫(F⁻¹(t) − G⁻¹(t))²dt of two sorted samples, over the merged steps of both quantile functions.</summary>
    private static double SquaredWasserstein(double[] x, double[] y)
    {
        double sum = 0, at = 0;
        for (int i = 0, j = 0; i < x.Length && j < y.Length;)
        {
            double nextX = (i + 1.0) / x.Length, nextY = (j + 1.0) / y.Length, next = Math.Min(nextX, nextY);
            sum += (next - at) * (x[i] - y[j]) * (x[i] - y[j]);
            at = next;
            if (nextX <= next)
                i++;
            if (nextY <= next)
                j++;
        }

        return sum;
    }

    /// <summary>Row assigned to each column at least total cost. u, v: dual potentials; each pass augments one row along a shortest path.</summary>
    private static int[] Assign(double[] costs, int n)
    {
        double[] u = new double[n + 1], v = new double[n + 1];
        int[] row = new int[n + 1], way = new int[n + 1];
        double[] least = new double[n + 1];
        bool[] used = new bool[n + 1];
        for (int i = 1; i <= n; i++)
        {
            row[0] = i;
            int column = 0;
            Array.Fill(least, double.PositiveInfinity);
            Array.Clear(used);
            do
            {
                used[column] = true;
                int current = row[column], next = 0;
                double delta = double.PositiveInfinity, potential = u[current];
                ReadOnlySpan<double> cost = costs.AsSpan((current - 1) * n, n);
                for (int j = 1; j <= n; j++)
                {
                    if (used[j])
                        continue;
                    double reduced = cost[j - 1] - potential - v[j];
                    if (reduced < least[j])
                    {
                        least[j] = reduced;
                        way[j] = column;
                    }

                    if (least[j] < delta)
                    {
                        delta = least[j];
                        next = j;
                    }
                }

                for (int j = 0; j <= n; j++)
                {
                    if (used[j])
                    {
                        u[row[j]] += delta;
                        v[j] -= delta;
                    }
                    else
                    {
                        least[j] -= delta;
                    }
                }

                column = next;
            }
            while (row[column] != 0);

            do
            {
                int previous = way[column];
                row[column] = row[previous];
                column = previous;
            }
            while (column != 0);
        }

        return [.. row.Skip(1).Select(r => r - 1)];
    }
}

using MathNet.Numerics;

namespace Lethe.Evaluation.Statistics;

/// <summary>
/// The distribution of the one-sample Kolmogorov–Smirnov statistic D_n for finite n, by the method that is accurate where it is used
/// (Simard and L'Ecuyer, "Computing the two-sided Kolmogorov–Smirnov distribution", 2011): the matrix of Durbin as computed by Marsaglia, Tsang and
/// Wang (2003) for small n·d², the expansion of Pelz and Good (1976; about seven digits) in the middle for n &gt; 140, twice the one-sided
/// probability in the tail.
/// </summary>
public static class KolmogorovDistribution
{
    /// <summary>P(D_n ≥ <paramref name="d"/>).</summary>
    /// <param name="d">The statistic, 0–1.</param>
    /// <param name="n">Sample size ≥ 1.</param>
    public static double Survival(double d, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        if (d >= 1)
            return 0;
        if (2 * n * d <= 1)
            return 1;
        double nd2 = n * d * d;
        if (d >= 0.5 || nd2 > (n <= 140 ? 4 : 2.2))
            return Math.Min(1, 2 * OneSided(d, n));
        bool exact = n <= 140 || (n <= 100_000 && n * Math.Pow(d, 1.5) <= 1.4);
        return Math.Clamp(1 - (exact ? Durbin(d, n) : PelzGood(d, n)), 0, 1);
    }

    /// <summary>P(D_n⁺ ≥ d) = d Σ_j C(n, j)(d + j/n)^{j−1}(1 − d − j/n)^{n−j} (Birnbaum and Tingey 1951), terms in logarithms.</summary>
    private static double OneSided(double d, int n)
    {
        double sum = 0;
        for (int j = 0; j <= (int)Math.Floor(n * (1 - d)); j++)
        {
            double rest = 1 - d - ((double)j / n);
            if (rest <= 0)
                continue;
            sum += Math.Exp(SpecialFunctions.BinomialLn(n, j) + ((j - 1) * Math.Log(d + ((double)j / n))) + ((n - j) * Math.Log(rest)));
        }

        return d * sum;
    }

    /// <summary>K₀ + K₁/√n + K₂/n + K₃/n^{3/2} at z = d√n, each as a theta series that converges fast for small z.</summary>
    private static double PelzGood(double d, int n)
    {
        double z = d * Math.Sqrt(n), z2 = z * z, z4 = z2 * z2, z6 = z4 * z2, z8 = z4 * z4;
        double pi2 = Math.PI * Math.PI, pi4 = pi2 * pi2, pi6 = pi4 * pi2;
        double k0 = 0, k1 = 0, k2 = 0, k3 = 0, k2Extra = 0, k3Extra = 0;
        for (int k = (int)Math.Ceiling(16 * z / Math.PI); k >= 1; k--)
        {
            double m2 = ((2.0 * k) - 1) * ((2.0 * k) - 1), m4 = m2 * m2, m6 = m4 * m2, q = Math.Exp(-pi2 * m2 / (8 * z2));
            k0 += q;
            k1 += q * (-z2 + (pi2 / 4 * m2));
            k2 += q * ((6 * z6) + (2 * z4) + (((2 * z4) - (5 * z2)) * pi2 / 4 * m2) + (pi4 * (1 - (2 * z2)) / 16 * m4));
            k3 += q * ((-30 * z6) - (90 * z8) + (pi2 * ((135 * z4) - (96 * z6)) / 4 * m2)
                + (pi4 * ((-60 * z2) + (212 * z4)) / 16 * m4) + (pi6 * (5 - (30 * z2)) / 64 * m6));

            double e = Math.Exp(-pi2 * k * k / (2 * z2));
            k2Extra += k * k * e;
            k3Extra += ((3 * z2) - (pi2 * k * k)) * k * k * e;
        }

        double root = Math.Sqrt(2 * Math.PI);
        k0 *= root / z;
        k1 *= root / (6 * z4);
        k2 = (k2 * root / (72 * z6 * z)) - (k2Extra * pi2 * root / (36 * z2 * z));
        k3 = (k3 * root / (6480 * z8 * z2)) + (k3Extra * pi2 * root / (216 * z6));
        return k0 + (k1 / Math.Sqrt(n)) + (k2 / n) + (k3 / (n * Math.Sqrt(n)));
    }

    /// <summary>P(D_n &lt; d) = n!/nⁿ·(Hⁿ)_{kk} with the (2k − 1)-square matrix H of Durbin; rescaled against overflow.</summary>
    private static double Durbin(double d, int n)
    {
        int k = (int)(n * d) + 1, size = (2 * k) - 1;
        double h = k - (n * d);
        double[,] matrix = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
                matrix[i, j] = i - j + 1 < 0 ? 0 : 1;
        }

        for (int i = 0; i < size; i++)
        {
            matrix[i, 0] -= Math.Pow(h, i + 1);
            matrix[size - 1, i] -= Math.Pow(h, size - i);
        }

        matrix[size - 1, 0] += (2 * h) - 1 > 0 ? Math.Pow((2 * h) - 1, size) : 0;
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                for (int f = 1; f <= i - j + 1; f++)
                    matrix[i, j] /= f;
            }
        }

        (double[,] power, int exponent) = Power(matrix, n, k - 1);
        double s = power[k - 1, k - 1];
        for (int i = 1; i <= n; i++)
        {
            s = s * i / n;
            if (s < 1e-140)
            {
                s *= 1e140;
                exponent -= 140;
            }
        }

        return s * Math.Pow(10, exponent);
    }

    private static (double[,] Value, int Exponent) Power(double[,] a, int n, int centre)
    {
        if (n == 1)
            return (a, 0);
        (double[,] half, int exponent) = Power(a, n / 2, centre);
        double[,] result = Multiply(half, half);
        exponent *= 2;
        if (n % 2 == 1)
            result = Multiply(a, result);
        if (result[centre, centre] > 1e140)
        {
            for (int i = 0; i < result.GetLength(0); i++)
            {
                for (int j = 0; j < result.GetLength(1); j++)
                    result[i, j] *= 1e-140;
            }

            exponent += 140;
        }

        return (result, exponent);
    }

    private static double[,] Multiply(double[,] a, double[,] b)
    {
        int n = a.GetLength(0);
        double[,] c = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                double v = a[i, k];
                for (int j = 0; j < n; j++)
                    c[i, j] += v * b[k, j];
            }
        }

        return c;
    }
}

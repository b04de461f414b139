using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Encoders;

namespace Lethe.Synthesis.Tabular.GaussianCopula;

/// <summary>
/// Draws z ~ N(0, R) where some dimensions E are held to accepted ranges. The held ones come first: z_E is drawn from the
/// truncated normal N(0, R_EE), the rest from N(R₁₂R₂₂⁻¹z_E, R₁₁ − R₁₂R₂₂⁻¹R₂₁), both through one Cholesky factor of the
/// reordered matrix. One held dimension is drawn exactly; several by Gibbs sweeps from a sequential start (Geweke 1991).
/// </summary>
internal sealed class ConditionedNormal
{
    // Correlations of real tables forget their start within a few sweeps; thirty leave no trace that a test could find.
    private const int Sweeps = 30;

    private readonly int[] _order;              // dimension at each place; the held ones first
    private readonly LatentRange[][] _ranges;   // accepted ranges of the held ones
    private readonly double[,] _l;
    private readonly double[,] _precision;      // R_EE⁻¹

    /// <summary>Prepares draws.</summary>
    /// <param name="r">R, positive definite.</param>
    /// <param name="factor">Its lower Cholesky factor, used where nothing is held.</param>
    /// <param name="held">Accepted ranges by dimension.</param>
    public ConditionedNormal(double[,] r, double[,] factor, IReadOnlyDictionary<int, LatentRange[]> held)
    {
        int d = r.GetLength(0);
        int[] first = [.. held.Keys.Order()];
        _order = [.. first, .. Enumerable.Range(0, d).Except(first)];
        _ranges = [.. first.Select(j => held[j])];
        _l = factor;
        if (first.Length > 0)
        {
            double[,] reordered = new double[d, d];
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < d; j++)
                    reordered[i, j] = r[_order[i], _order[j]];
            }

            _l = CorrelationRepair.Factor(ref reordered);
        }

        _precision = Cholesky.Inverse(_l, first.Length);
    }

    /// <summary>Draws one vector into <paramref name="z"/>, in the order of R.</summary>
    public void Draw(RandomStream random, Span<double> z, double[] scratch)
    {
        int held = _ranges.Length;
        Span<double> e = scratch.AsSpan(0, z.Length); // ε, in the reordered dimensions
        if (held > 0)
        {
            DrawHeld(random, e[..held]);
            for (int k = 0; k < held; k++)
                z[_order[k]] = e[k];
            Cholesky.SolveLower(_l, e[..held]);
        }

        for (int k = held; k < z.Length; k++)
            e[k] = random.NextGaussian();
        for (int i = held; i < z.Length; i++)
        {
            double sum = 0;
            for (int k = 0; k <= i; k++)
                sum += _l[i, k] * e[k];
            z[_order[i]] = sum;
        }
    }

    private void DrawHeld(RandomStream random, Span<double> z)
    {
        z.Clear();
        for (int k = 0; k < z.Length; k++)
            z[k] = InRanges(random, _ranges[k], Mean(z[..k], _l, k), _l[k, k]);
        for (int sweep = 0; sweep < Sweeps && z.Length > 1; sweep++)
        {
            for (int k = 0; k < z.Length; k++)
            {
                double mean = 0;
                for (int j = 0; j < z.Length; j++)
                    mean -= j == k ? 0 : _precision[k, j] * z[j] / _precision[k, k];
                z[k] = InRanges(random, _ranges[k], mean, 1 / Math.Sqrt(_precision[k, k]));
            }
        }
    }

    /// <summary>E[z_k | z_0 … z_{k−1}], from the factor: solve for ε and apply row k.</summary>
    private static double Mean(ReadOnlySpan<double> z, double[,] l, int k)
    {
        Span<double> e = stackalloc double[k];
        z.CopyTo(e);
        Cholesky.SolveLower(l, e);
        double mean = 0;
        for (int j = 0; j < k; j++)
            mean += l[k, j] * e[j];
        return mean;
    }

    /// <summary>A normal cut to a union of ranges: one range by its mass, then the quantile at a uniform.</summary>
    private static double InRanges(RandomStream random, LatentRange[] ranges, double mean, double sd)
    {
        int chosen = 0;
        if (ranges.Length > 1)
        {
            double[] mass = new double[ranges.Length];
            for (int i = 0; i < mass.Length; i++)
                mass[i] = StandardNormal.Mass((ranges[i].Low - mean) / sd, (ranges[i].High - mean) / sd);
            chosen = mass.Any(m => m > 0) ? random.NextIndex(mass) : Nearest(ranges, mean);
        }

        LatentRange range = ranges[chosen];
        return range.Low == range.High
            ? range.Low
            : mean + (sd * StandardNormal.TruncatedInverse((range.Low - mean) / sd, (range.High - mean) / sd, random.NextOpenDouble()));
    }

    private static int Nearest(LatentRange[] ranges, double mean)
    {
        int best = 0;
        for (int i = 1; i < ranges.Length; i++)
        {
            if (Gap(ranges[i], mean) < Gap(ranges[best], mean))
                best = i;
        }

        return best;
    }

    private static double Gap(LatentRange range, double mean) => Math.Max(range.Low - mean, mean - range.High);
}

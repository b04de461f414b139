using System.Numerics.Tensors;

namespace Lethe.Synthesis.Series.Rcgan;

/// <summary>
/// Unbiased squared maximum mean discrepancy between held-out stays and generated ones, flattened:
/// MMD² = E k(x, x′) + E k(y, y′) − 2 E k(x, y) over pairs of different stays, k the mean of Gaussian kernels whose bandwidths are
/// ¼, ½, 1, 2 and 4 times the median distance of held-out stays. Below zero when nothing tells the two apart.
/// </summary>
internal sealed class HeldOutDiscrepancy
{
    private static readonly double[] Widths = [0.25, 0.5, 1, 2, 4];

    private readonly float[] _real;
    private readonly int _count, _width;
    private readonly double _median, _within;

    /// <param name="real">Held-out stays, count × width, at least two.</param>
    /// <param name="count">Number of stays.</param>
    public HeldOutDiscrepancy(float[] real, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        (_real, _count, _width) = (real, count, real.Length / count);
        List<double> distances = [];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
                distances.Add(SquaredDistance(real, i, real, j));
        }

        distances.Sort();
        _median = Math.Max(distances[distances.Count / 2], 1e-12); // squared
        _within = distances.Average(Kernel);
    }

    /// <summary>MMD² against as many generated stays.</summary>
    public double Of(float[] generated)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(generated.Length, _real.Length);
        double within = 0, across = 0;
        for (int i = 0; i < _count; i++)
        {
            for (int j = 0; j < _count; j++)
            {
                across += Kernel(SquaredDistance(_real, i, generated, j));
                within += j < i ? Kernel(SquaredDistance(generated, i, generated, j)) : 0;
            }
        }

        double pairs = _count * (_count - 1.0) / 2;
        return _within + (within / pairs) - (2 * across / ((double)_count * _count));
    }

    private double Kernel(double squared)
    {
        double sum = 0;
        foreach (double width in Widths)
            sum += Math.Exp(-squared / (2 * width * width * _median));
        return sum / Widths.Length;
    }

    private double SquaredDistance(float[] a, int i, float[] b, int j)
    {
        float distance = TensorPrimitives.Distance<float>(a.AsSpan(i * _width, _width), b.AsSpan(j * _width, _width));
        return (double)distance * distance;
    }
}

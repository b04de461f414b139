using System.Numerics;

namespace Lethe.Numerics.Kernels;

/// <summary>The standard normal distribution function to the precision of the engine's number type.</summary>
internal static class NormalDistribution
{
    // erf(z) = z·P(z²)/Q(z²) on |z| ≤ 4, relative error below 3e-7; beyond 4 it is ±1 in single precision. Highest power first.
    private static ReadOnlySpan<double> P => [-2.72614225801306e-10, 2.77068142495902e-08, -2.10102402082508e-06, -5.69250639462346e-05, -7.34990630326855e-04, -2.95459980854025e-03, -1.60960333262415e-02];

    private static ReadOnlySpan<double> Q => [-1.45660718464996e-05, -2.13374055278905e-04, -1.68282697438203e-03, -7.37332916720468e-03, -1.42647390514189e-02];

    /// <summary>result = Φ(x) = erfc(−x/√2)/2. May be in place.</summary>
    public static void Cumulative(ReadOnlySpan<Real> x, Span<Real> result)
    {
        int v = Vector<Real>.Count, i = 0;
        if (typeof(Real) == typeof(float))
        {
            for (; i + v <= x.Length; i += v)
                Fit(new Vector<Real>(x[i..])).CopyTo(result[i..]);
        }

        for (; i < x.Length; i++)
            result[i] = (Real)(0.5 * MathNet.Numerics.SpecialFunctions.Erfc(-x[i] * 0.70710678118654752440));
    }

    private static Vector<Real> Fit(Vector<Real> x)
    {
        Vector<Real> four = new(4), z = Vector.Min(Vector.Max(x * (Real)0.70710678118654752440, -four), four), u = z * z;
        Vector<Real> p = new((Real)P[0]), q = new((Real)Q[0]);
        for (int i = 1; i < P.Length; i++)
            p = (p * u) + new Vector<Real>((Real)P[i]);
        for (int i = 1; i < Q.Length; i++)
            q = (q * u) + new Vector<Real>((Real)Q[i]);
        return (((z * p) / q) + Vector<Real>.One) * (Real)0.5;
    }
}

namespace Lethe.Numerics.Kernels;

/// <summary>The standard normal distribution function to the precision of the engine's number type.</summary>
internal static class NormalDistribution
{
    /// <summary>Φ(x) = erfc(−x/√2)/2.</summary>
    public static Real Cumulative(Real x) => typeof(Real) == typeof(double)
        ? (Real)(0.5 * MathNet.Numerics.SpecialFunctions.Erfc(-x * 0.70710678118654752440))
        : (Real)CumulativeSingle((float)x);

    // erf(z) on |z| ≤ 4 as z·P(z²)/Q(z²), a rational fit with relative error below 3e-7; beyond 4 it is ±1 in single precision.
    private static float CumulativeSingle(float x)
    {
        float z = Math.Clamp(x * 0.70710678f, -4f, 4f), u = z * z;
        float p = -2.72614225801306e-10f;
        p = MathF.FusedMultiplyAdd(p, u, 2.77068142495902e-08f);
        p = MathF.FusedMultiplyAdd(p, u, -2.10102402082508e-06f);
        p = MathF.FusedMultiplyAdd(p, u, -5.69250639462346e-05f);
        p = MathF.FusedMultiplyAdd(p, u, -7.34990630326855e-04f);
        p = MathF.FusedMultiplyAdd(p, u, -2.95459980854025e-03f);
        p = MathF.FusedMultiplyAdd(p, u, -1.60960333262415e-02f);
        float q = -1.45660718464996e-05f;
        q = MathF.FusedMultiplyAdd(q, u, -2.13374055278905e-04f);
        q = MathF.FusedMultiplyAdd(q, u, -1.68282697438203e-03f);
        q = MathF.FusedMultiplyAdd(q, u, -7.37332916720468e-03f);
        q = MathF.FusedMultiplyAdd(q, u, -1.42647390514189e-02f);
        return 0.5f + (0.5f * z * p / q);
    }
}

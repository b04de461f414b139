namespace Lethe.Numerics.Tests.Gradients;

/// <summary>Tolerances by number type: the reference's own in double, 2e-4 relative in single precision.</summary>
internal static class Precision
{
    public static bool IsDouble => typeof(Real) == typeof(double);

    public static void Close(double expected, double actual, double absolute, double relative, string what) =>
        Golden.Close(expected, actual, IsDouble ? absolute : Math.Max(absolute, 2e-5), IsDouble ? relative : Math.Max(relative, 2e-4), what);

    public static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<Real> actual, double absolute, double relative, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Close(expected[i], actual[i], absolute, relative, $"{what}[{i}]");
    }

    public static Real[] ToReal(double[] values) => Array.ConvertAll(values, value => (Real)value);
}

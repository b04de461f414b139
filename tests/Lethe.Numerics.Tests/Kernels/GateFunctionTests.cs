using System.Numerics;
using Lethe.Numerics.Kernels;

namespace Lethe.Numerics.Tests.Kernels;

/// <summary>The exponential of gates against the library's in double precision, over its whole range and at its ends.</summary>
public sealed class GateFunctionTests
{
    [Fact]
    public void Exponential_is_right_to_two_units_of_rounding()
    {
        Real[] x = new Real[Vector<Real>.Count];
        for (double start = -86.9; start < 87.9; start += 0.0037 * x.Length)
        {
            for (int i = 0; i < x.Length; i++)
                x[i] = (Real)(start + (0.0037 * i));
            Vector<Real> y = Activations.GateExp(new Vector<Real>(x));
            for (int i = 0; i < x.Length; i++)
            {
                double expected = Math.Exp(x[i]);
                Assert.True(Math.Abs(y[i] - expected) <= 2e-7 * expected, $"e^{x[i]:R} = {expected:R}, found {y[i]:R}");
            }
        }
    }

    [Fact]
    public void Gates_are_closed_and_open_at_the_ends_and_pass_on_what_is_not_a_number()
    {
        foreach (Real far in new[] { (Real)100, 1e30f, Real.PositiveInfinity })
        {
            Assert.Equal(1, Activations.Sigmoid(new Vector<Real>(far))[0], 6);
            Assert.Equal(0, Activations.Sigmoid(new Vector<Real>(-far))[0], 6);
            Assert.Equal(1, Activations.GateTanh(new Vector<Real>(far))[0], 6);
            Assert.Equal(-1, Activations.GateTanh(new Vector<Real>(-far))[0], 6);
        }

        Assert.True(Real.IsNaN(Activations.GateExp(new Vector<Real>(Real.NaN))[0]));
        Assert.True(Real.IsNaN(Activations.Sigmoid(new Vector<Real>(Real.NaN))[0]));
        Assert.Equal(1, Activations.GateExp(Vector<Real>.Zero)[0], 6);
    }
}

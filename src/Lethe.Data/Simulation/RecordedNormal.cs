using Lethe.Numerics.Randomness;
using MathNet.Numerics.Distributions;

namespace Lethe.Data.Simulation;

/// <summary>
/// A quantity as a clinic records it: normal (or log-normal) with mean <paramref name="Mu"/> and standard deviation
/// <paramref name="Sigma"/>, conditioned on the recorded range and rounded to the nearest multiple of
/// <paramref name="Step"/>. A discrete distribution whose probabilities are exact, so that a simulator can state the
/// truth about its own records.
/// </summary>
/// <param name="Mu">Mean before rounding; of the logarithm when <paramref name="Log"/>.</param>
/// <param name="Sigma">Standard deviation before rounding; of the logarithm when <paramref name="Log"/>.</param>
/// <param name="Lower">Smallest recorded value, a multiple of the step; positive when <paramref name="Log"/>.</param>
/// <param name="Upper">Largest recorded value, a multiple of the step.</param>
/// <param name="Step">Recording step.</param>
/// <param name="Log">True for the log-normal.</param>
internal readonly record struct RecordedNormal(double Mu, double Sigma, double Lower, double Upper, double Step, bool Log = false)
{
    /// <summary>Number of values that can be recorded.</summary>
    public int CellCount => (int)Math.Round((Upper - Lower) / Step) + 1;

    /// <summary>The k-th recordable value. Rounded to 9 decimals so that a value equals its own text: 4.7, not 4.7000000000000002.</summary>
    public double Value(int k) => Math.Round(Lower + (k * Step), 9);

    /// <summary>Draws a recorded value by inversion: one uniform a draw.</summary>
    public double Draw(RandomStream stream)
    {
        double low = Normal.CDF(0, 1, Z(Lower - (Step / 2))), high = Normal.CDF(0, 1, Z(Upper + (Step / 2)));
        double z = Normal.InvCDF(0, 1, low + (stream.NextOpenDouble() * (high - low)));
        double x = Log ? Math.Exp(Mu + (Sigma * z)) : Mu + (Sigma * z);
        return Value(Math.Clamp((int)Math.Round((Math.Clamp(x, Lower, Upper) - Lower) / Step), 0, CellCount - 1));
    }

    /// <summary>The probability that <paramref name="recorded"/> is recorded; 0 off the grid and out of range.</summary>
    public double Probability(double recorded)
    {
        double cell = (recorded - Lower) / Step;
        if (!(Math.Abs(cell - Math.Round(cell)) < 1e-6) || cell < -0.5 || cell > CellCount - 0.5)
            return 0;
        return Between(recorded - (Step / 2), recorded + (Step / 2)) / Between(Lower - (Step / 2), Upper + (Step / 2));
    }

    private double Between(double a, double b)
    {
        // Differences of the upper tail are taken in the lower one, where they keep their digits.
        double za = Z(a), zb = Z(b);
        return za > 0 ? Normal.CDF(0, 1, -za) - Normal.CDF(0, 1, -zb) : Normal.CDF(0, 1, zb) - Normal.CDF(0, 1, za);
    }

    private double Z(double x) => ((Log ? Math.Log(x) : x) - Mu) / Sigma;
}

using Lethe.Data.Cohorts;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Lethe.Data.Simulation.Icu;

/// <summary>
/// The exact joint density of the readings of one stay given statics and observation times. On the Gaussian scale
/// g = level + β·s(⌊t⌋) + offset + wobble(t), so with m = E[μ | statics], e-folding times τ_s and τ_c:
/// E[g] = level + β·(m + 0.3·e^{−t/τ_s}) and
/// Cov[g_a, g_b] = β_a·β_b·(0.7² + σ²·e^{−|t_a−t_b|/τ_s}) + 1[same channel]·(offset² + wobble²·e^{−|Δ|/τ_c}),
/// where severity is constant within each quarter hour and wobble runs on exact times.
/// </summary>
internal static class IcuDensity
{
    private const double GridHours = 0.25;
    private const double OwnSd = 0.7;

    public static double LogDensity(StayEvents events, IcuChannel[] channels, double priorMean, Func<int, double> siteShift)
    {
        (double quadratic, double logDeterminant, double jacobian) = Parts(events, channels, priorMean, siteShift);
        return (-0.5 * (quadratic + logDeterminant + (events.Count * Math.Log(2 * Math.PI)))) + jacobian;
    }

    /// <summary>The squared Mahalanobis distance (χ² with as many degrees of freedom as readings), ln |K|, and the log Jacobian of the Gaussian scale.</summary>
    internal static (double Quadratic, double LogDeterminant, double Jacobian) Parts(StayEvents events, IcuChannel[] channels, double priorMean, Func<int, double> siteShift)
    {
        int n = events.Count;
        if (n == 0)
            return (0, 0, 0);
        Vector<double> residual = Vector<double>.Build.Dense(n);
        Matrix<double> covariance = Matrix<double>.Build.Dense(n, n);
        double jacobian = 0;
        for (int a = 0; a < n; a++)
        {
            IcuChannel ca = channels[events.Channels[a]];
            double ta = Quarter(events.Times[a]);
            double mean = ca.Level + (ca.Severity * (priorMean + (0.3 * Math.Exp(-ta / IcuSimulator.SeverityHours)))) + siteShift(events.Channels[a]);
            residual[a] = ca.ToGaussian(events.Values[a]) - mean;
            jacobian -= ca.Log ? Math.Log(events.Values[a]) : 0; // density of the reading, not of its logarithm
            for (int b = 0; b <= a; b++)
            {
                IcuChannel cb = channels[events.Channels[b]];
                double severity = (OwnSd * OwnSd) + (IcuSimulator.SeveritySd * IcuSimulator.SeveritySd * Math.Exp(-Math.Abs(ta - Quarter(events.Times[b])) / IcuSimulator.SeverityHours));
                double k = ca.Severity * cb.Severity * severity;
                if (events.Channels[a] == events.Channels[b])
                    k += (ca.OffsetSd * ca.OffsetSd) + (ca.WobbleSd * ca.WobbleSd * Math.Exp(-Math.Abs(events.Times[a] - events.Times[b]) / ca.WobbleHours));
                covariance[a, b] = covariance[b, a] = k;
            }
        }

        Cholesky<double> cholesky = covariance.Cholesky();
        return (residual.DotProduct(cholesky.Solve(residual)), cholesky.DeterminantLn, jacobian);
    }

    private static double Quarter(double hours) => Math.Floor(hours / GridHours) * GridHours;
}

using Lethe.Learning;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Lethe.Evaluation.Survival;

/// <summary>How tied event times enter the partial likelihood.</summary>
public enum TieHandling
{
    /// <summary>Efron (1977): close to exact, the default.</summary>
    Efron,

    /// <summary>Breslow (1974): simpler, biased towards 0 with many ties.</summary>
    Breslow,
}

/// <summary>The proportional hazards model of Cox (1972): partial likelihood, Newton's method with step halving.</summary>
public sealed class CoxModel
{
    private CoxModel(double[] coefficients, double[] errors, double logLikelihood, bool converged)
    {
        Coefficients = coefficients;
        StandardErrors = errors;
        LogLikelihood = logLikelihood;
        Converged = converged;
    }

    /// <summary>Log hazard ratios.</summary>
    public IReadOnlyList<double> Coefficients { get; }

    /// <summary>Standard errors from the inverse information.</summary>
    public IReadOnlyList<double> StandardErrors { get; }

    /// <summary>Log partial likelihood at the solution.</summary>
    public double LogLikelihood { get; }

    /// <summary>False when the likelihood has no finite maximum or Newton's method did not reach it.</summary>
    public bool Converged { get; }

    /// <summary>xβ of every row: larger means higher risk.</summary>
    public double[] Risk(DesignMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        double[] risk = new double[x.Rows];
        for (int i = 0; i < risk.Length; i++)
        {
            for (int k = 0; k < Coefficients.Count; k++)
                risk[i] += Coefficients[k] * x[i, k];
        }

        return risk;
    }

    /// <summary>Fits to covariates n × d.</summary>
    /// <param name="x">Covariates.</param>
    /// <param name="data">Times and events.</param>
    /// <param name="ties">Treatment of tied event times.</param>
    /// <param name="ridge">Penalty ½·ridge·‖β‖², 0 for none; a little keeps separated covariates finite.</param>
    public static CoxModel Fit(DesignMatrix x, SurvivalData data, TieHandling ties = TieHandling.Efron, double ridge = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(data);
        int d = x.Columns;
        int[] order = [.. Enumerable.Range(0, data.Count).OrderByDescending(i => data.Times[i])];
        Vector<double> beta = Vector<double>.Build.Dense(d);
        (double likelihood, Vector<double> gradient, Matrix<double> information) = Evaluate(x, data, order, beta, ties, ridge);
        bool converged = d == 0;
        for (int iteration = 0; iteration < 100 && !converged; iteration++)
        {
            if (!TrySolve(information, gradient, out Vector<double> step))
                break;
            double scale = 1;
            for (; scale > 1e-6; scale /= 2)
            {
                Vector<double> candidate = beta + (scale * step);
                (double next, Vector<double> g, Matrix<double> info) = Evaluate(x, data, order, candidate, ties, ridge);
                if (double.IsFinite(next) && next >= likelihood - (1e-12 * Math.Abs(likelihood)))
                {
                    converged = Math.Abs(next - likelihood) < 1e-12 * (1 + Math.Abs(likelihood)) && g.AbsoluteMaximum() < 1e-6;
                    (beta, likelihood, gradient, information) = (candidate, next, g, info);
                    break;
                }
            }

            if (scale <= 1e-6)
                break;
        }

        double[] errors = new double[d];
        Array.Fill(errors, double.NaN);
        if (d > 0 && information.Determinant() > 0)
        {
            Matrix<double> inverse = information.Inverse();
            for (int k = 0; k < d; k++)
                errors[k] = Math.Sqrt(inverse[k, k]);
        }

        return new CoxModel(beta.ToArray(), errors, likelihood, converged);
    }

    private static bool TrySolve(Matrix<double> information, Vector<double> gradient, out Vector<double> step)
    {
        try
        {
            Cholesky<double> factor = information.Cholesky();
            step = factor.Solve(gradient);
            return true;
        }
        catch (ArgumentException)
        {
            // The information is singular: covariates are collinear, or the likelihood has no finite maximum.
            step = gradient;
            return false;
        }
    }

    /// <summary>
    /// ℓ = Σ_events xβ − Σ_times Σ_{l&lt;m} ln(S₀ − (l/m)·D₀), with S over the risk set, D over the m tied events (Breslow: without the D term); gradient
    /// and information by the first and second moments of the same sums.
    /// </summary>
    private static (double LogLikelihood, Vector<double> Gradient, Matrix<double> Information) Evaluate(
        DesignMatrix x, SurvivalData data, int[] order, Vector<double> beta, TieHandling ties, double ridge)
    {
        int d = x.Columns;
        double s0 = 0, likelihood = -0.5 * ridge * beta.DotProduct(beta);
        double[] s1 = new double[d], gradient = new double[d];
        double[,] s2 = new double[d, d], information = new double[d, d];
        for (int start = 0; start < order.Length;)
        {
            double d0 = 0;
            double[] d1 = new double[d];
            double[,] d2 = new double[d, d];
            int m = 0, end = start;
            for (; end < order.Length && data.Times[order[end]] == data.Times[order[start]]; end++)
            {
                ReadOnlySpan<double> row = x.Row(order[end]);
                double eta = 0;
                for (int k = 0; k < d; k++)
                    eta += row[k] * beta[k];
                double w = Math.Exp(eta);
                bool isEvent = data.Events[order[end]];
                s0 += w;
                if (isEvent)
                {
                    m++;
                    d0 += w;
                    likelihood += eta;
                }

                for (int k = 0; k < d; k++)
                {
                    s1[k] += w * row[k];
                    if (isEvent)
                    {
                        d1[k] += w * row[k];
                        gradient[k] += row[k];
                    }

                    for (int l = 0; l <= k; l++)
                    {
                        s2[k, l] += w * row[k] * row[l];
                        if (isEvent)
                            d2[k, l] += w * row[k] * row[l];
                    }
                }
            }

            for (int tie = 0; tie < m; tie++)
            {
                double share = ties == TieHandling.Efron ? (double)tie / m : 0, z = s0 - (share * d0);
                likelihood -= Math.Log(z);
                for (int k = 0; k < d; k++)
                {
                    double mean = (s1[k] - (share * d1[k])) / z;
                    gradient[k] -= mean;
                    for (int l = 0; l <= k; l++)
                        information[k, l] += ((s2[k, l] - (share * d2[k, l])) / z) - (mean * ((s1[l] - (share * d1[l])) / z));
                }
            }

            start = end;
        }

        for (int k = 0; k < d; k++)
        {
            gradient[k] -= ridge * beta[k];
            information[k, k] += ridge;
            for (int l = 0; l < k; l++)
                information[l, k] = information[k, l];
        }

        return (likelihood, Vector<double>.Build.Dense(gradient), Matrix<double>.Build.DenseOfArray(information));
    }
}

using MathNet.Numerics;

namespace Lethe.Synthesis.Encoders;

/// <summary>
/// A one-dimensional Gaussian mixture whose number of components is found from the data: variational inference for a
/// truncated Dirichlet process (Blei and Jordan 2006; Bishop 2006, chapter 10.2), with the priors that mode-specific
/// normalisation uses (Xu et al. 2019): concentration γ = 0.001, mean prior at the sample mean with precision β₀ = 1,
/// covariance prior W₀ = sample variance, ν₀ = 1 degree of freedom. Immutable.
/// </summary>
public sealed class BayesianMixture
{
    private const double Gamma = 0.001;
    private const double Beta0 = 1;
    private const double Nu0 = 1;
    private const double CovarianceFloor = 1e-6;
    private const double Tolerance = 1e-3;
    private const double TenEpsilon = 10 * 2.220446049250313e-16; // keeps N_k positive

    private readonly double[] _a, _b, _beta, _m, _nu, _v;

    private BayesianMixture(int components)
    {
        _a = new double[components];
        _b = new double[components];
        _beta = new double[components];
        _m = new double[components];
        _nu = new double[components];
        _v = new double[components];
    }

    /// <summary>K, the truncation: most of the components are empty after the fit.</summary>
    public int Components => _m.Length;

    /// <summary>Component weights π_k, summing to 1.</summary>
    public double[] Weights => StickWeights();

    /// <summary>Component means m_k.</summary>
    public ReadOnlySpan<double> Means => _m;

    /// <summary>Component standard deviations √v_k.</summary>
    public double[] StandardDeviations => [.. _v.Select(Math.Sqrt)];

    /// <summary>Iterations until the lower bound rose by less than 0.001, or the limit.</summary>
    public int Iterations { get; private set; }

    /// <summary>True when the fit ended before the limit of iterations.</summary>
    public bool Converged { get; private set; }

    /// <summary>Evidence lower bound up to constants.</summary>
    public double LowerBound { get; private set; } = double.NegativeInfinity;

    /// <summary>Fits from hard initial labels.</summary>
    /// <param name="x">n ≥ 2 finite values.</param>
    /// <param name="labels">Initial component of each value, 0 … <paramref name="components"/> − 1.</param>
    /// <param name="components">K.</param>
    /// <param name="iterations">Most iterations.</param>
    /// <param name="cancellation">Checked per iteration.</param>
    public static BayesianMixture Fit(ReadOnlySpan<double> x, ReadOnlySpan<int> labels, int components, int iterations = 100, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Length, 2);
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Length, x.Length);
        (double mean, double variance) = Moments(x);
        double[] r = new double[x.Length * components];
        for (int i = 0; i < x.Length; i++)
            r[(i * components) + labels[i]] = 1;

        BayesianMixture fit = new(components);
        fit.Maximise(x, r, mean, variance);
        while (fit.Iterations < iterations && !fit.Converged)
        {
            cancellation.ThrowIfCancellationRequested();
            double before = fit.LowerBound;
            double entropy = fit.Expect(x, r);
            fit.Maximise(x, r, mean, variance);
            fit.LowerBound = fit.Bound(entropy);
            fit.Converged = Math.Abs(fit.LowerBound - before) < Tolerance;
            fit.Iterations++;
        }

        return fit;
    }

    /// <summary>Responsibilities of the components for each value, n × K row-major.</summary>
    public double[] Responsibilities(ReadOnlySpan<double> x)
    {
        double[] r = new double[x.Length * Components];
        Expect(x, r);
        return r;
    }

    /// <summary>M-step: parameters from responsibilities.</summary>
    private void Maximise(ReadOnlySpan<double> x, double[] r, double m0, double w0)
    {
        int k = Components;
        double[] count = new double[k], mean = new double[k], spread = new double[k];
        for (int i = 0; i < x.Length; i++)
        {
            for (int c = 0; c < k; c++)
            {
                count[c] += r[(i * k) + c];
                mean[c] += r[(i * k) + c] * x[i];
            }
        }

        for (int c = 0; c < k; c++)
        {
            count[c] += TenEpsilon;
            mean[c] /= count[c];
        }

        for (int i = 0; i < x.Length; i++)
        {
            for (int c = 0; c < k; c++)
                spread[c] += r[(i * k) + c] * (x[i] - mean[c]) * (x[i] - mean[c]);
        }

        double after = 0;
        for (int c = k - 1; c >= 0; c--)
        {
            double s = (spread[c] / count[c]) + CovarianceFloor;
            _a[c] = 1 + count[c];
            _b[c] = Gamma + after;
            after += count[c];
            _beta[c] = Beta0 + count[c];
            _m[c] = ((Beta0 * m0) + (count[c] * mean[c])) / _beta[c];
            _nu[c] = Nu0 + count[c];
            _v[c] = (w0 + (count[c] * s) + (count[c] * Beta0 / _beta[c] * (mean[c] - m0) * (mean[c] - m0))) / _nu[c];
        }
    }

    /// <summary>E[ln π_k] + E[ln N(x | k)] without the term −(x − m_k)² / 2v_k, for every component.</summary>
    internal double[] LogConstants()
    {
        int k = Components;
        double[] constant = new double[k];
        double sticks = 0;
        for (int c = 0; c < k; c++)
        {
            double total = SpecialFunctions.DiGamma(_a[c] + _b[c]);
            double logWeight = SpecialFunctions.DiGamma(_a[c]) - total + sticks;
            sticks += SpecialFunctions.DiGamma(_b[c]) - total;
            constant[c] = logWeight - (0.5 * Math.Log(2 * Math.PI)) - (0.5 * Math.Log(_v[c])) - (0.5 * Math.Log(_nu[c]))
                + (0.5 * (Math.Log(2) + SpecialFunctions.DiGamma(_nu[c] / 2) - (1 / _beta[c])));
        }

        return constant;
    }

    /// <summary>E-step: responsibilities from parameters; returns −Σ r ln r.</summary>
    private double Expect(ReadOnlySpan<double> x, double[] r)
    {
        int k = Components;
        double[] constant = LogConstants(), logs = new double[k];
        double entropy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double largest = double.NegativeInfinity, sum = 0;
            for (int c = 0; c < k; c++)
            {
                logs[c] = constant[c] - ((x[i] - _m[c]) * (x[i] - _m[c]) / (2 * _v[c]));
                largest = Math.Max(largest, logs[c]);
            }

            for (int c = 0; c < k; c++)
                sum += Math.Exp(logs[c] - largest);
            double logSum = largest + Math.Log(sum);
            for (int c = 0; c < k; c++)
            {
                double logR = logs[c] - logSum, p = Math.Exp(logR);
                r[(i * k) + c] = p;
                entropy -= p * logR;
            }
        }

        return entropy;
    }

    private double Bound(double entropy)
    {
        double bound = entropy;
        for (int c = 0; c < Components; c++)
        {
            double d = (-0.5 * Math.Log(_v[c])) - (0.5 * Math.Log(_nu[c]));
            bound += (_nu[c] * d) + (0.5 * _nu[c] * Math.Log(2)) + SpecialFunctions.GammaLn(_nu[c] / 2);
            bound += SpecialFunctions.GammaLn(_a[c]) + SpecialFunctions.GammaLn(_b[c]) - SpecialFunctions.GammaLn(_a[c] + _b[c]);
            bound -= 0.5 * Math.Log(_beta[c]);
        }

        return bound;
    }

    private double[] StickWeights()
    {
        double[] weights = new double[Components];
        double rest = 1, sum = 0;
        for (int c = 0; c < weights.Length; c++)
        {
            weights[c] = rest * _a[c] / (_a[c] + _b[c]);
            rest *= _b[c] / (_a[c] + _b[c]);
            sum += weights[c];
        }

        for (int c = 0; c < weights.Length; c++)
            weights[c] /= sum;
        return weights;
    }

    private static (double Mean, double Variance) Moments(ReadOnlySpan<double> x)
    {
        double mean = 0, variance = 0;
        foreach (double v in x)
            mean += v;
        mean /= x.Length;
        foreach (double v in x)
            variance += (v - mean) * (v - mean);
        return (mean, variance / (x.Length - 1));
    }
}

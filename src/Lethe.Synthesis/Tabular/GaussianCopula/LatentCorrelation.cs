using Lethe.Synthesis.Encoders;

namespace Lethe.Synthesis.Tabular.GaussianCopula;

/// <summary>
/// Correlation of two latent normal dimensions from rows where both are observed. Numbers: Pearson correlation of the normal
/// scores. With discrete dimensions: maximum likelihood over ρ with the thresholds fixed at the marginals (Olsson 1979,
/// polychoric; Olsson, Drasgow and Dorans 1982, polyserial), so that coding a level as an interval costs no strength.
/// </summary>
internal static class LatentCorrelation
{
    // Latent correlations beyond this say "one decides the other", which thresholds express as well.
    private const double Limit = 0.99;

    // More cells than rows would support: the likelihood is flat and costs much; scores drawn inside the intervals serve.
    private const int MostCells = 400;

    // The likelihood's error falls with √n; beyond this many rows it is below 0.01 and only time grows.
    private const int MostRows = 10_000;

    public static double Between(LatentDimension a, LatentDimension b, DiscreteCorrelation estimate)
    {
        if (estimate == DiscreteCorrelation.Drawn || (a.Levels is null && b.Levels is null))
            return Pearson(a.Scores, b.Scores);
        if (a.Levels is not null && b.Levels is not null)
            return (a.Thresholds!.Length - 1) * (b.Thresholds!.Length - 1) <= MostCells ? Polychoric(a, b) : Pearson(a.Scores, b.Scores);
        return a.Levels is null ? Polyserial(a.Scores, b) : Polyserial(b.Scores, a);
    }

    /// <summary>Pearson correlation over rows where both scores are there; 0 where either is constant.</summary>
    public static double Pearson(double[] x, double[] y)
    {
        double n = 0, mx = 0, my = 0, sxx = 0, syy = 0, sxy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsNaN(x[i]) || double.IsNaN(y[i]))
                continue;
            n++;
            mx += x[i];
            my += y[i];
        }

        mx /= n;
        my /= n;
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsNaN(x[i]) || double.IsNaN(y[i]))
                continue;
            sxx += (x[i] - mx) * (x[i] - mx);
            syy += (y[i] - my) * (y[i] - my);
            sxy += (x[i] - mx) * (y[i] - my);
        }

        return sxx > 0 && syy > 0 ? sxy / Math.Sqrt(sxx * syy) : 0;
    }

    /// <summary>ln L(ρ) = Σ ln [Φ((τ_{k+1} − ρz)/s) − Φ((τ_k − ρz)/s)], s = √(1 − ρ²).</summary>
    private static double Polyserial(double[] z, LatentDimension discrete)
    {
        int stride = Math.Max(1, z.Length / MostRows);
        int[] rows = [.. Enumerable.Range(0, z.Length).Where(i => i % stride == 0 && !double.IsNaN(z[i]))];
        if (rows.Select(i => discrete.Levels![i]).Distinct().Count() < 2)
            return 0;
        return Maximise(rho =>
        {
            double s = Math.Sqrt(1 - (rho * rho)), logL = 0;
            foreach (int i in rows)
            {
                int k = discrete.Levels![i];
                logL += Log(StandardNormal.Mass((discrete.Thresholds![k] - (rho * z[i])) / s, (discrete.Thresholds[k + 1] - (rho * z[i])) / s));
            }

            return logL;
        });
    }

    /// <summary>ln L(ρ) = Σ n_kl ln P(τ_k &lt; X ≤ τ_{k+1}, υ_l &lt; Y ≤ υ_{l+1}; ρ).</summary>
    private static double Polychoric(LatentDimension a, LatentDimension b)
    {
        double[] tau = a.Thresholds!, upsilon = b.Thresholds!;
        int rows = tau.Length - 1, columns = upsilon.Length - 1;
        int[,] count = new int[rows, columns];
        for (int i = 0; i < a.Levels!.Length; i++)
            count[a.Levels[i], b.Levels![i]]++;
        double[,] below = new double[rows + 1, columns + 1];
        return Maximise(rho =>
        {
            for (int k = 0; k <= rows; k++)
            {
                for (int l = 0; l <= columns; l++)
                    below[k, l] = BivariateNormal.Cdf(tau[k], upsilon[l], rho);
            }

            double logL = 0;
            for (int k = 0; k < rows; k++)
            {
                for (int l = 0; l < columns; l++)
                {
                    if (count[k, l] > 0)
                        logL += count[k, l] * Log(below[k + 1, l + 1] - below[k, l + 1] - below[k + 1, l] + below[k, l]);
                }
            }

            return logL;
        });
    }

    private static double Log(double p) => Math.Log(Math.Max(p, 1e-12));

    /// <summary>Golden-section search; both likelihoods have a single maximum in ρ.</summary>
    private static double Maximise(Func<double, double> logL)
    {
        const double Golden = 0.6180339887498949;
        double low = -Limit, high = Limit;
        double left = high - (Golden * (high - low)), right = low + (Golden * (high - low));
        double atLeft = logL(left), atRight = logL(right);
        while (high - low > 1e-4)
        {
            if (atLeft >= atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (Golden * (high - low));
                atLeft = logL(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (Golden * (high - low));
                atRight = logL(right);
            }
        }

        return 0.5 * (low + high);
    }
}

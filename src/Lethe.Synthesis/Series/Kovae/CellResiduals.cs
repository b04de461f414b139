namespace Lethe.Synthesis.Series.Kovae;

/// <summary>
/// Estimates <see cref="CellNoise"/> by moments from residual scores of training cells: the covariance of two readings of a stay at lag
/// h is τ² + σ²ρ^h, at lag 0 with ν² more; ρ is the best of a grid, the variances are least squares that are not negative.
/// </summary>
/// <param name="stays">Number of stays.</param>
/// <param name="steps">Steps of the grid.</param>
/// <param name="channels">Number of numeric channels C.</param>
internal sealed class CellResiduals(int stays, int steps, int channels)
{
    private const double LargestAutocorrelation = 0.98, GridStep = 0.02;

    // By channel; stays × steps, NaN where not read.
    private readonly float[][] _residuals = [.. Enumerable.Range(0, channels).Select(_ => NotRead(stays * steps))];

    /// <summary>Sets the residual score of a reading.</summary>
    public void Set(int stay, int step, int channel, double residual) => _residuals[channel][(stay * steps) + step] = (float)residual;

    /// <summary>Fits the noise.</summary>
    public CellNoise Fit()
    {
        double[] terms = new double[channels * 5];
        float[][] means = new float[channels][];
        for (int c = 0; c < channels; c++)
        {
            Span<double> of = terms.AsSpan(c * 5, 5);
            of[0] = CentreAll(_residuals[c]);
            FitChannel(_residuals[c], of);
            means[c] = CentreStays(_residuals[c]);
        }

        return new CellNoise(channels, terms, ResidualCorrelation.Factor(means), ResidualCorrelation.Factor(_residuals));
    }

    private static float[] NotRead(int count)
    {
        float[] cells = new float[count];
        Array.Fill(cells, float.NaN);
        return cells;
    }

    private void FitChannel(float[] residuals, Span<double> terms)
    {
        double[] products = new double[steps];
        long[] pairs = new long[steps];
        for (int i = 0; i < stays; i++)
        {
            for (int t = 0; t < steps; t++)
            {
                double first = residuals[(i * steps) + t];
                if (double.IsNaN(first))
                    continue;
                for (int s = t; s < steps; s++)
                {
                    double second = residuals[(i * steps) + s];
                    if (double.IsNaN(second))
                        continue;
                    products[s - t] += first * second;
                    pairs[s - t]++;
                }
            }
        }

        (double stay, double serial, double rho) = Components(products, pairs);
        double total = pairs[0] == 0 ? 0 : products[0] / pairs[0], explained = stay + serial;
        double shrink = explained > total ? total / explained : 1;
        terms[1] = Math.Sqrt(stay * shrink);
        terms[2] = Math.Sqrt(serial * shrink);
        terms[3] = rho;
        terms[4] = Math.Sqrt(Math.Max(0, total - (explained * shrink)));
    }

    /// <summary>τ², σ² and ρ: least squares on lags from 1, weighed by pairs.</summary>
    private static (double Stay, double Serial, double Rho) Components(double[] products, long[] pairs)
    {
        (double Stay, double Serial, double Rho) best = (0, 0, 0);
        double least = double.PositiveInfinity;
        for (double rho = 0; rho <= LargestAutocorrelation; rho += GridStep)
        {
            double n = 0, r = 0, rr = 0, y = 0, ry = 0, yy = 0, power = 1;
            for (int h = 1; h < products.Length; h++)
            {
                power *= rho;
                n += pairs[h];
                r += pairs[h] * power;
                rr += pairs[h] * power * power;
                y += products[h];
                ry += products[h] * power;
                yy += pairs[h] == 0 ? 0 : products[h] * products[h] / pairs[h];
            }

            double determinant = (n * rr) - (r * r);
            double stay = determinant > 1e-9 * n * n ? ((rr * y) - (r * ry)) / determinant : 0;
            double serial = determinant > 1e-9 * n * n ? ((n * ry) - (r * y)) / determinant : 0;
            if (stay < 0 || serial < 0 || determinant <= 1e-9 * n * n)
            {
                // On the border one of the two is alone; the better one.
                double staysAlone = n > 0 ? Math.Max(0, y / n) : 0, serialAlone = rr > 0 ? Math.Max(0, ry / rr) : 0;
                bool stays = Loss(staysAlone, 0) <= Loss(0, serialAlone);
                (stay, serial) = (stays ? staysAlone : 0, stays ? 0 : serialAlone);
            }

            if (Loss(stay, serial) < least)
                (least, best) = (Loss(stay, serial), (stay, serial, rho));

            double Loss(double a, double b) => yy - (2 * ((a * y) + (b * ry))) + (a * a * n) + (2 * a * b * r) + (b * b * rr);
        }

        return best;
    }

    /// <summary>Takes the mean of the readings from each of them and returns it, 0 when there are none.</summary>
    private static double CentreAll(Span<float> cells)
    {
        double sum = 0;
        int n = 0;
        foreach (float cell in cells)
        {
            if (!float.IsNaN(cell))
                (sum, n) = (sum + cell, n + 1);
        }

        double mean = n == 0 ? 0 : sum / n;
        foreach (ref float cell in cells)
            cell -= (float)mean;
        return mean;
    }

    /// <summary>Takes from each reading the mean of its stay; returns the means, NaN where a stay has no reading.</summary>
    private float[] CentreStays(float[] cells)
    {
        float[] means = new float[stays];
        for (int i = 0; i < stays; i++)
        {
            Span<float> stay = cells.AsSpan(i * steps, steps);
            bool read = stay.ContainsAnyInRange(float.NegativeInfinity, float.PositiveInfinity);
            means[i] = read ? (float)CentreAll(stay) : float.NaN;
        }

        return means;
    }
}

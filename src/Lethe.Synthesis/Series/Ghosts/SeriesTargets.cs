namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>
/// Low-dimensional statistics of the training stays that the regularisers aim at. Numeric channels, on the scale of [0, 1], over
/// observed readings of valid steps; correlations over what is observed together.
/// </summary>
internal sealed class SeriesTargets
{
    /// <summary>Lags of the autocorrelation, in steps.</summary>
    public const int Lags = 5;

    /// <summary>Levels of the gap quantiles: (k + ½)/50.</summary>
    public const int GapLevels = 50;

    // Moments that rest on fewer readings, or a channel that moves less, are no target. Statistics of pairs need a pair a
    // stay on average besides: a batch has too few of rarer ones to be steered by them.
    private const int FewestReadings = 30;
    private const double LeastVariance = 1e-6;

    private SeriesTargets(int channels, int masks)
    {
        (Mean, Variance, Variation) = (new double[channels], new double[channels], new double[channels]);
        (Autocorrelation, Correlation) = (new double[Lags * channels], new double[channels * channels]);
        (UseMoments, UseVariation) = (new bool[channels], new bool[channels]);
        (UseAutocorrelation, UseCorrelation) = (new bool[Lags * channels], new bool[channels * channels]);
        Rate = new double[masks];
    }

    /// <summary>μ*, by numeric channel.</summary>
    public double[] Mean { get; }

    /// <summary>σ*², by numeric channel.</summary>
    public double[] Variance { get; }

    /// <summary>ρ*(k), [k − 1, channel].</summary>
    public double[] Autocorrelation { get; }

    /// <summary>C*, [channel, channel], lag 0.</summary>
    public double[] Correlation { get; }

    /// <summary>E|x_{l+1} − x_l| per bin of time, by numeric channel.</summary>
    public double[] Variation { get; }

    /// <summary>Quantiles of δ.</summary>
    public double[] Gaps { get; private set; } = [];

    /// <summary>Rate of observation per valid step, by channel; empty without masks.</summary>
    public double[] Rate { get; }

    public bool[] UseMoments { get; }

    public bool[] UseAutocorrelation { get; }

    public bool[] UseCorrelation { get; }

    public bool[] UseVariation { get; }

    /// <summary>Computes them.</summary>
    public static SeriesTargets Of(GhostsData data, GapScale gaps)
    {
        GhostsLayout layout = data.Layout;
        int c = layout.Numbers, t = layout.Steps;
        SeriesTargets targets = new(c, layout.Masks) { Gaps = GapQuantiles(data) };
        double[] x = new double[t * c], sum = new double[c], squares = new double[c], count = new double[c];
        double[] products = new double[c * c], pairs = new double[c * c], lagged = new double[Lags * c], laggedPairs = new double[Lags * c];
        double[] steps = new double[c], stepPairs = new double[c];
        long valid = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < data.Count; i++)
            {
                Fill(data, i, x);
                for (int l = 0; l < data.Lengths[i]; l++)
                {
                    if (pass == 0)
                        AddMoments(x.AsSpan(l * c, c), sum, squares, count);
                    else
                        AddProducts(x, l, data.Lengths[i], c, targets.Mean, products, pairs, lagged, laggedPairs);
                    if (pass == 1 && l > 0)
                        AddSteps(x.AsSpan(l * c, c), x.AsSpan((l - 1) * c, c), gaps.Hours(data.Step(i, l)[0]) / gaps.BinHours, steps, stepPairs);
                    for (int f = 0; pass == 0 && f < layout.Masks; f++)
                        targets.Rate[f] += data.Observed(i, l, f) ? 1 : 0;
                    valid += pass == 0 ? 1 : 0;
                }
            }

            for (int j = 0; pass == 0 && j < c; j++)
            {
                targets.Mean[j] = count[j] > 0 ? sum[j] / count[j] : 0;
                targets.Variance[j] = count[j] > 0 ? Math.Max(0, (squares[j] / count[j]) - (targets.Mean[j] * targets.Mean[j])) : 0;
                targets.UseMoments[j] = count[j] >= FewestReadings && targets.Variance[j] > LeastVariance;
            }
        }

        for (int f = 0; f < layout.Masks; f++)
            targets.Rate[f] /= valid;
        for (int j = 0; j < c; j++)
        {
            for (int k = 0; k < Lags; k++)
                (targets.UseAutocorrelation[(k * c) + j], targets.Autocorrelation[(k * c) + j]) = Share(data.Count, targets.UseMoments[j], lagged[(k * c) + j], laggedPairs[(k * c) + j], targets.Variance[j]);
            for (int m = 0; m < c; m++)
                (targets.UseCorrelation[(j * c) + m], targets.Correlation[(j * c) + m]) = Share(data.Count, j != m && targets.UseMoments[j] && targets.UseMoments[m], products[(j * c) + m], pairs[(j * c) + m], Math.Sqrt(targets.Variance[j] * targets.Variance[m]));
            (targets.UseVariation[j], targets.Variation[j]) = Share(data.Count, targets.UseMoments[j], steps[j], stepPairs[j], 1);
        }

        return targets;
    }

    private static (bool Use, double Value) Share(int stays, bool wanted, double sum, double count, double scale) =>
        wanted && count >= Math.Max(stays, FewestReadings) ? (true, sum / count / scale) : (false, 0);

    /// <summary>Scaled readings of a stay, NaN where not observed.</summary>
    private static void Fill(GhostsData data, int stay, double[] x)
    {
        int c = data.Layout.Numbers;
        for (int l = 0; l < data.Lengths[stay]; l++)
        {
            for (int j = 0; j < c; j++)
                x[(l * c) + j] = data.Observed(stay, l, j) ? data.Reading(stay, l, j) : double.NaN;
        }
    }

    private static void AddMoments(ReadOnlySpan<double> x, double[] sum, double[] squares, double[] count)
    {
        for (int j = 0; j < x.Length; j++)
        {
            if (double.IsNaN(x[j]))
                continue;
            sum[j] += x[j];
            squares[j] += x[j] * x[j];
            count[j]++;
        }
    }

    private static void AddProducts(double[] x, int step, int length, int c, double[] mean, double[] products, double[] pairs, double[] lagged, double[] laggedPairs)
    {
        for (int j = 0; j < c; j++)
        {
            double own = x[(step * c) + j] - mean[j];
            if (double.IsNaN(own))
                continue;
            for (int m = 0; m < c; m++)
            {
                double other = x[(step * c) + m] - mean[m];
                if (double.IsNaN(other))
                    continue;
                products[(j * c) + m] += own * other;
                pairs[(j * c) + m]++;
            }

            for (int k = 1; k <= Lags && step + k < length; k++)
            {
                double later = x[((step + k) * c) + j] - mean[j];
                if (double.IsNaN(later))
                    continue;
                lagged[((k - 1) * c) + j] += own * later;
                laggedPairs[((k - 1) * c) + j]++;
            }
        }
    }

    private static void AddSteps(ReadOnlySpan<double> now, ReadOnlySpan<double> before, double bins, double[] steps, double[] stepPairs)
    {
        for (int j = 0; j < now.Length; j++)
        {
            if (double.IsNaN(now[j]) || double.IsNaN(before[j]))
                continue;
            steps[j] += Math.Abs(now[j] - before[j]) / Math.Max(1, bins);
            stepPairs[j]++;
        }
    }

    private static double[] GapQuantiles(GhostsData data)
    {
        List<double> all = [];
        for (int i = 0; i < data.Count; i++)
        {
            for (int l = 0; l < data.Lengths[i]; l++)
                all.Add(data.Step(i, l)[0]);
        }

        all.Sort();
        return [.. Enumerable.Range(0, GapLevels).Select(k => all[(int)((k + 0.5) / GapLevels * all.Count)])];
    }
}

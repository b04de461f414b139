namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>
/// Low-dimensional statistics of the training stays that the regularisers aim at. Numeric channels, on the scale of [0, 1], over
/// observed readings of valid steps; correlations over what is observed together.
/// </summary>
internal sealed class SeriesTargets
{
    /// <summary>Lags of the autocorrelation, in readings of the channel.</summary>
    public const int Lags = 5;

    /// <summary>Levels of the gap quantiles: (k + ½)/50.</summary>
    public const int GapLevels = 50;

    // Moments that rest on fewer readings, or a channel that moves less, are no target. Statistics of pairs need a pair a
    // stay on average besides: a batch has too few of rarer ones to be steered by them.
    private const int FewestReadings = 30;
    private const double LeastVariance = 1e-6, LeastMove = 1e-4;

    private SeriesTargets(int channels, int masks)
    {
        (Mean, Variance, Variation, Within) = (new double[channels], new double[channels], new double[channels], new double[channels]);
        (Autocorrelation, Correlation) = (new double[Lags * channels], new double[channels * channels]);
        (UseMoments, UseVariation, UseWithin) = (new bool[channels], new bool[channels], new bool[channels]);
        (UseAutocorrelation, UseCorrelation) = (new bool[Lags * channels], new bool[channels * channels]);
        Rate = new double[masks];
    }

    /// <summary>μ*, by numeric channel.</summary>
    public double[] Mean { get; }

    /// <summary>σ*², by numeric channel.</summary>
    public double[] Variance { get; }

    /// <summary>σ_w*², the variance of readings around their stay's mean, by numeric channel.</summary>
    public double[] Within { get; }

    /// <summary>ρ*(k) around the stay's mean, k readings apart, [k − 1, channel].</summary>
    public double[] Autocorrelation { get; }

    /// <summary>C*, [channel, channel], lag 0.</summary>
    public double[] Correlation { get; }

    /// <summary>E|Δx| between consecutive readings, by numeric channel.</summary>
    public double[] Variation { get; }

    /// <summary>Quantiles of δ.</summary>
    public double[] Gaps { get; private set; } = [];

    /// <summary>Rate of observation per valid step, by channel; empty without masks.</summary>
    public double[] Rate { get; }

    public bool[] UseMoments { get; }

    public bool[] UseWithin { get; }

    public bool[] UseAutocorrelation { get; }

    public bool[] UseCorrelation { get; }

    public bool[] UseVariation { get; }

    /// <summary>Computes them.</summary>
    public static SeriesTargets Of(GhostsData data)
    {
        GhostsLayout layout = data.Layout;
        int c = layout.Numbers, t = layout.Steps;
        SeriesTargets targets = new(c, layout.Masks) { Gaps = GapQuantiles(data) };
        double[] x = new double[t * c], sum = new double[c], squares = new double[c], count = new double[c];
        double[] products = new double[c * c], pairs = new double[c * c];
        Courses courses = new(c);
        long valid = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < data.Count; i++)
            {
                Fill(data, i, x);
                if (pass == 1)
                    AddCourses(x, data.Lengths[i], c, courses);
                for (int l = 0; l < data.Lengths[i]; l++)
                {
                    if (pass == 0)
                        AddMoments(x.AsSpan(l * c, c), sum, squares, count);
                    else
                        AddProducts(x, l, c, targets.Mean, products, pairs);
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
            targets.Within[j] = courses.Count[j] > 0 ? courses.Squares[j] / courses.Count[j] : 0;
            targets.UseWithin[j] = targets.UseMoments[j] && targets.Within[j] > LeastVariance;
            for (int k = 0; k < Lags; k++)
                (targets.UseAutocorrelation[(k * c) + j], targets.Autocorrelation[(k * c) + j]) = Share(data.Count, targets.UseWithin[j], courses.Products[(k * c) + j], courses.Pairs[(k * c) + j], targets.Within[j]);
            for (int m = 0; m < c; m++)
                (targets.UseCorrelation[(j * c) + m], targets.Correlation[(j * c) + m]) = Share(data.Count, j != m && targets.UseMoments[j] && targets.UseMoments[m], products[(j * c) + m], pairs[(j * c) + m], Math.Sqrt(targets.Variance[j] * targets.Variance[m]));
            (targets.UseVariation[j], targets.Variation[j]) = Share(data.Count, targets.UseMoments[j], courses.Moves[j], courses.Pairs[j], 1);
            targets.UseVariation[j] &= targets.Variation[j] > LeastMove;
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

    private static void AddProducts(double[] x, int step, int c, double[] mean, double[] products, double[] pairs)
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
        }
    }

    /// <summary>What the readings of a stay do from one to the next, whatever the rows between, around the stay's own mean.</summary>
    private static void AddCourses(double[] x, int length, int c, Courses courses)
    {
        List<double> course = [];
        for (int j = 0; j < c; j++)
        {
            course.Clear();
            for (int l = 0; l < length; l++)
            {
                if (!double.IsNaN(x[(l * c) + j]))
                    course.Add(x[(l * c) + j]);
            }

            double mean = course.Count == 0 ? 0 : course.Average();
            for (int r = 0; r < course.Count; r++)
            {
                double own = course[r] - mean;
                courses.Squares[j] += own * own;
                courses.Count[j]++;
                for (int k = 1; k <= Math.Min(Lags, r); k++)
                {
                    courses.Products[((k - 1) * c) + j] += own * (course[r - k] - mean);
                    courses.Pairs[((k - 1) * c) + j]++;
                }

                if (r > 0)
                    courses.Moves[j] += Math.Abs(course[r] - course[r - 1]);
            }
        }
    }

    /// <summary>Sums by channel, those of pairs by lag and channel.</summary>
    private sealed class Courses(int c)
    {
        public double[] Squares { get; } = new double[c];

        public double[] Count { get; } = new double[c];

        public double[] Moves { get; } = new double[c];

        public double[] Products { get; } = new double[Lags * c];

        public double[] Pairs { get; } = new double[Lags * c];
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

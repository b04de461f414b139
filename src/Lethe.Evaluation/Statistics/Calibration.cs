using Lethe.Results;

namespace Lethe.Evaluation.Statistics;

/// <summary>Do predicted probabilities mean what they say? Calibration errors, slope and intercept, reliability curve.</summary>
public static class Calibration
{
    /// <summary>One bin of a reliability curve.</summary>
    /// <param name="Predicted">Mean predicted probability.</param>
    /// <param name="Observed">Observed share of positives.</param>
    /// <param name="Count">Number of cases.</param>
    /// <param name="Interval">Wilson interval of the observed share.</param>
    public sealed record Bin(double Predicted, double Observed, int Count, Interval Interval);

    /// <summary>Slope and intercept of the logistic recalibration y ~ logit p (Cox 1958); 1 and 0 when calibrated.</summary>
    /// <param name="Intercept">a in logit P(y) = a + b·logit p.</param>
    /// <param name="Slope">b; below 1 the predictions are too extreme.</param>
    public readonly record struct Line(double Intercept, double Slope);

    /// <summary>Non-empty bins of equal width; bin = min(⌊p·M⌋, M − 1).</summary>
    public static IReadOnlyList<Bin> EqualWidthBins(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, int bins = 10)
    {
        ProbabilityScores.Check(labels, probabilities);
        int[] bin = new int[labels.Length];
        for (int i = 0; i < bin.Length; i++)
            bin[i] = Math.Clamp((int)Math.Floor(probabilities[i] * bins), 0, bins - 1);
        return Collect(labels, probabilities, bin, bins);
    }

    /// <summary>Non-empty bins between the type-7 quantiles of the predictions; a value equal to an edge goes to the upper bin.</summary>
    public static IReadOnlyList<Bin> QuantileBins(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, int bins = 10)
    {
        ProbabilityScores.Check(labels, probabilities);
        double[] sorted = probabilities.ToArray();
        Array.Sort(sorted);
        double[] edges = new double[bins - 1];
        for (int b = 1; b < bins; b++)
            edges[b - 1] = Quantile.OfSorted(sorted, (double)b / bins);

        int[] bin = new int[labels.Length];
        for (int i = 0; i < bin.Length; i++)
        {
            foreach (double edge in edges)
            {
                if (edge <= probabilities[i])
                    bin[i]++;
            }
        }

        return Collect(labels, probabilities, bin, bins);
    }

    /// <summary>Expected calibration error Σ (n_b/n)|ȳ_b − p̄_b|.</summary>
    public static double ExpectedError(IReadOnlyList<Bin> bins)
    {
        double n = bins.Sum(b => b.Count);
        return bins.Sum(b => b.Count / n * Math.Abs(b.Observed - b.Predicted));
    }

    /// <summary>Maximum calibration error max_b |ȳ_b − p̄_b|.</summary>
    public static double MaximumError(IReadOnlyList<Bin> bins) => bins.Max(b => Math.Abs(b.Observed - b.Predicted));

    /// <summary>
    /// Logistic regression of the outcome on logit p by Newton's method; NaN when it has no finite solution (one class only,
    /// constant predictions, perfect separation).
    /// </summary>
    public static Line RecalibrationLine(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities)
    {
        double[] x = Logits(labels, probabilities);
        Line undefined = new(double.NaN, double.NaN);
        if (ProbabilityScores.Prevalence(labels) is 0 or 1 || Moments.IsConstant(x) || Separated(labels, x))
            return undefined;

        double a = 0, b = 0;
        for (int iteration = 0; iteration < 100; iteration++)
        {
            double ga = 0, gb = 0, haa = 0, hab = 0, hbb = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double p = 1 / (1 + Math.Exp(-(a + (b * x[i])))), w = p * (1 - p), r = labels[i] - p;
                ga += r;
                gb += r * x[i];
                haa += w;
                hab += w * x[i];
                hbb += w * x[i] * x[i];
            }

            double determinant = (haa * hbb) - (hab * hab);
            if (!(determinant > 0))
                return undefined;
            double da = ((hbb * ga) - (hab * gb)) / determinant, db = ((haa * gb) - (hab * ga)) / determinant;

            // A full Newton step from (0, 0) can overshoot with extreme logits; shortening it keeps the concave likelihood rising.
            double scale = Math.Min(1, 5 / Math.Max(Math.Abs(da), Math.Abs(db)));
            a += scale * da;
            b += scale * db;
            if (Math.Abs(da) + Math.Abs(db) < 1e-12 * (1 + Math.Abs(a) + Math.Abs(b)))
                return new Line(a, b);
        }

        return undefined;
    }

    /// <summary>A prediction after recalibration: σ(a + b·logit p).</summary>
    public static double Apply(Line line, double probability)
    {
        double p = Math.Clamp(probability, ProbabilityScores.MachineEpsilon, 1 - ProbabilityScores.MachineEpsilon);
        return 1 / (1 + Math.Exp(-(line.Intercept + (line.Slope * Math.Log(p / (1 - p))))));
    }

    /// <summary>Calibration in the large: the intercept of a logistic model with offset logit p; 0 when predictions average right.</summary>
    public static double InTheLarge(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities)
    {
        double[] x = Logits(labels, probabilities);
        if (ProbabilityScores.Prevalence(labels) is 0 or 1)
            return double.NaN;

        double a = 0;
        for (int iteration = 0; iteration < 200; iteration++)
        {
            double g = 0, h = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double p = 1 / (1 + Math.Exp(-(a + x[i])));
                g += labels[i] - p;
                h += p * (1 - p);
            }

            double step = h > 0 ? Math.Clamp(g / h, -2, 2) : 2 * Math.Sign(g);
            a += step;
            if (Math.Abs(step) < 1e-13 * (1 + Math.Abs(a)))
                break;
        }

        return a;
    }

    /// <summary>Mean prediction minus observed share.</summary>
    public static double MeanGap(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities)
    {
        ProbabilityScores.Check(labels, probabilities);
        return Moments.Mean(probabilities) - ProbabilityScores.Prevalence(labels);
    }

    private static double[] Logits(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities)
    {
        ProbabilityScores.Check(labels, probabilities);
        double[] x = new double[labels.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double p = Math.Clamp(probabilities[i], ProbabilityScores.MachineEpsilon, 1 - ProbabilityScores.MachineEpsilon);
            x[i] = Math.Log(p / (1 - p));
        }

        return x;
    }

    private static bool Separated(ReadOnlySpan<int> labels, double[] x)
    {
        double min1 = double.PositiveInfinity, max1 = double.NegativeInfinity, min0 = min1, max0 = max1;
        for (int i = 0; i < x.Length; i++)
        {
            if (labels[i] == 1)
                (min1, max1) = (Math.Min(min1, x[i]), Math.Max(max1, x[i]));
            else
                (min0, max0) = (Math.Min(min0, x[i]), Math.Max(max0, x[i]));
        }

        return min1 >= max0 || min0 >= max1;
    }

    private static List<Bin> Collect(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, int[] bin, int bins)
    {
        int[] count = new int[bins], positives = new int[bins];
        double[] sum = new double[bins];
        for (int i = 0; i < bin.Length; i++)
        {
            count[bin[i]]++;
            positives[bin[i]] += labels[i];
            sum[bin[i]] += probabilities[i];
        }

        List<Bin> result = [];
        for (int b = 0; b < bins; b++)
        {
            if (count[b] > 0)
                result.Add(new Bin(sum[b] / count[b], (double)positives[b] / count[b], count[b], ProportionInterval.Wilson(positives[b], count[b])));
        }

        return result;
    }
}

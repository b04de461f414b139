namespace Lethe.Evaluation.TimeSeries.Protocols;

/// <summary>Moments of one feature over all sequences and steps, as the benchmarks' code takes them.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="Variance">Variance, divisor n.</param>
/// <param name="UnbiasedVariance">Variance, divisor n − 1.</param>
/// <param name="Skewness">Third central moment over the cube of the unbiased deviation; 0 for a constant.</param>
/// <param name="ExcessKurtosis">Fourth central moment over the squared unbiased variance, minus 3; 0 for a constant.</param>
internal readonly record struct FeatureMoments(double Mean, double Variance, double UnbiasedVariance, double Skewness, double ExcessKurtosis)
{
    public static FeatureMoments Of(SeriesSet set, int feature)
    {
        int n = set.Count * set.Steps, f = set.Features;
        ReadOnlySpan<float> x = set.Values;
        double sum = 0, second = 0, third = 0, fourth = 0;
        for (int i = 0; i < n; i++)
            sum += x[(i * f) + feature];
        double mean = sum / n;
        for (int i = 0; i < n; i++)
        {
            double d = x[(i * f) + feature] - mean, square = d * d;
            second += square;
            third += square * d;
            fourth += square * square;
        }

        double unbiased = second / (n - 1);
        return unbiased > 0
            ? new FeatureMoments(mean, second / n, unbiased, third / n / Math.Pow(unbiased, 1.5), (fourth / n / (unbiased * unbiased)) - 3)
            : new FeatureMoments(mean, 0, 0, 0, 0);
    }
}

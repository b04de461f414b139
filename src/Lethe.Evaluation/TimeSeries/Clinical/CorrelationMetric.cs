using Lethe.Evaluation.Metrics;
using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries.Clinical;

/// <summary>
/// How channels relate over time, on the grid, from jointly observed cells: root mean square difference of each channel's autocorrelation
/// curve (lags 1 … 24 steps), and mean absolute difference of the correlations between channels in the same step and one step apart.
/// Correlations with fewer than 30 pairs in either set are left out.
/// </summary>
internal sealed class CorrelationMetric() : StayMetric(new Descriptor(
    "series-correlations", "Correlations over time", "clinical", "Distances of autocorrelation curves and of correlations between channels, in the same step and one apart.", "Box and Jenkins 1970"))
{
    protected override IEnumerable<Measure> Compute(StaySet real, StaySet other)
    {
        string undefined = $"fewer than {Autocorrelations.FewestPairs} pairs of observed cells";
        double[] curves = [.. Enumerable.Range(0, real.Channels).Select(c => real.IsCategorical(c)
            ? double.NaN
            : Math.Sqrt(MeanOf(Autocorrelations.Curve(real.Grid, c).Zip(Autocorrelations.Curve(other.Grid, c), (a, b) => (a - b) * (a - b)))))];
        yield return Figures.Distance("series.acf", "Autocorrelation, root mean square difference, mean over channels", MeanOf(curves), undefined, maximum: 2);
        yield return Figures.Distance("series.correlation-lag0", "Correlation between channels, mean absolute difference, same step", Difference(0), undefined, maximum: 2);
        yield return Figures.Distance("series.correlation-lag1", "Correlation between channels, mean absolute difference, one step apart", Difference(1), undefined, maximum: 2);
        for (int c = 0; c < curves.Length; c++)
            yield return Figures.Distance("series.acf", "Autocorrelation, root mean square difference", curves[c], undefined, maximum: 2, subject: real.Cohort.Channels[c].Name);

        double Difference(int lag)
        {
            double[] a = Autocorrelations.Matrix(real.Grid, lag), b = Autocorrelations.Matrix(other.Grid, lag);
            int f = real.Channels;
            return MeanOf(Enumerable.Range(0, f * f)
                .Where(k => k / f != k % f && !real.IsCategorical(k / f) && !real.IsCategorical(k % f))
                .Select(k => Math.Abs(a[k] - b[k])));
        }
    }
}

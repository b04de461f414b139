using Lethe.Evaluation.Fidelity.Columns;
using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Statistics;
using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries.Clinical;

/// <summary>
/// Whether gaps are where they are in real stays: root mean square difference of observation rates over channels and steps (the missingness
/// error), difference of the correlations between channels' observation, share of stays in which a channel is observed at all, distribution of the
/// time from one reading of a channel to the next (Wasserstein-1 of natural logarithms of hours, gaps below a minute counted as one), share of gaps of whole
/// hours, and length of stays.
/// </summary>
internal sealed class MissingnessMetric() : StayMetric(new Descriptor(
    "series-missingness", "Observation", "clinical", "Distances of observation rates by channel and step, of their correlations, of gaps between readings and of lengths.", "Che et al., Recurrent neural networks for multivariate time series with missing values, 2018"))
{
    private const double Minute = 1.0 / 60;

    protected override IEnumerable<Measure> Compute(StaySet real, StaySet other)
    {
        double[][] a = ObservationRates.Of(real.Grid), b = ObservationRates.Of(other.Grid);
        double[] squares = [.. a.Zip(b, (x, y) => MeanOf(x.Zip(y, (p, q) => (p - q) * (p - q))))];
        double[] togetherReal = ObservationRates.Together(real.Grid), togetherOther = ObservationRates.Together(other.Grid);
        double[] everReal = ObservationRates.Ever(real.Grid), everOther = ObservationRates.Ever(other.Grid);
        int f = real.Channels;
        double[] gaps = new double[f], whole = new double[f];
        for (int c = 0; c < f; c++)
        {
            double[] x = Gaps(real, c), y = Gaps(other, c);
            gaps[c] = NumericMetrics.Wasserstein([.. x.Select(v => Math.Log(v))], [.. y.Select(v => Math.Log(v))]);
            whole[c] = x.Length == 0 || y.Length == 0 ? double.NaN : Math.Abs(WholeHours(x) - WholeHours(y));
        }

        const string NoGap = "no stay has two readings of the channel";
        yield return Figures.Distance("series.missingness-error", "Missingness error: root mean square difference of observation rates", Math.Sqrt(MeanOf(squares)), "no step has ten stays", maximum: 1);
        yield return Figures.Distance(
            "series.co-missingness", "Correlation of observation between channels, mean absolute difference",
            MeanOf(Enumerable.Range(0, f * f).Where(k => k / f < k % f).Select(k => Math.Abs(togetherReal[k] - togetherOther[k]))), "fewer than two channels have gaps", maximum: 2);
        yield return Figures.Distance("series.ever-observed", "Share of stays with any reading of a channel, mean absolute difference", MeanOf(everReal.Zip(everOther, (p, q) => Math.Abs(p - q))), "there are no channels", maximum: 1);
        yield return Figures.Distance("series.gap-w1", "Wasserstein-1 of log gaps between readings, mean over channels", MeanOf(gaps), NoGap);
        yield return Figures.Distance("series.whole-hours", "Share of gaps of whole hours, mean absolute difference", MeanOf(whole), NoGap, maximum: 1, note: "an artefact of charting that generators on a grid overdo");
        double[] lengthReal = Hours(real), lengthOther = Hours(other);
        yield return Figures.Distance("series.length-w1", "Wasserstein-1 of lengths of stay on the grid (hours)", NumericMetrics.Wasserstein(lengthReal, lengthOther), "there are no stays");
        yield return Figures.Distance("series.length-ks", "Kolmogorov–Smirnov distance of lengths of stay on the grid", KolmogorovSmirnov.Statistic(lengthReal, lengthOther), "there are no stays", maximum: 1);
        for (int c = 0; c < f; c++)
        {
            string name = real.Cohort.Channels[c].Name;
            yield return Figures.Distance("series.missingness-error", "Root mean square difference of observation rates", Math.Sqrt(squares[c]), "no step has ten stays", maximum: 1, subject: name);
            yield return Figures.Distance("series.gap-w1", "Wasserstein-1 of log gaps", gaps[c], NoGap, subject: name);
        }
    }

    private static double[] Hours(StaySet set)
    {
        double[] hours = new double[set.Grid.Count];
        for (int i = 0; i < hours.Length; i++)
            hours[i] = set.Grid.Lengths[i] * set.Options.BinHours;
        return hours;
    }

    private static double[] Gaps(StaySet set, int channel)
    {
        List<double> gaps = [];
        set.ForEachStay(channel, (times, _) =>
        {
            for (int e = 1; e < times.Count; e++)
                gaps.Add(Math.Max(Minute, (double)times[e] - times[e - 1]));
        });
        return [.. gaps];
    }

    // A float of hours resolves a second even after a month; half a minute is generous.
    private static double WholeHours(double[] gaps) => (double)gaps.Count(g => g >= 0.5 && Math.Abs(g - Math.Round(g)) < Minute / 2) / gaps.Length;
}

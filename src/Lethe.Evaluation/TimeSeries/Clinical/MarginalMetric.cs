using Lethe.Data.Cohorts;
using Lethe.Evaluation.Fidelity.Columns;
using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Statistics;
using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries.Clinical;

/// <summary>
/// How far values lie apart, channel by channel: all readings pooled (Wasserstein-1 in real standard deviations, Kolmogorov–Smirnov,
/// Jensen–Shannon divergence in 50 bins of the real range, base 2) and, so that a mixture of stays is not mistaken for variation within them, each
/// stay's mean, standard deviation, minimum and maximum (Wasserstein-1 in standard deviations of the same statistic of real stays). Categorical
/// channels: Jensen–Shannon divergence of the shares of codes.
/// </summary>
internal sealed class MarginalMetric() : StayMetric(new Descriptor(
    "series-marginals", "Values", "clinical", "Distances of readings pooled, and of each stay's mean, spread, minimum and maximum, channel by channel.", "Kantorovich 1942; Lin 1991"))
{
    private const int Bins = 50;
    private const int FewestForSpread = 2;
    private static readonly string[] Statistic = ["mean", "sd", "minimum", "maximum"];

    protected override IEnumerable<Measure> Compute(StaySet real, StaySet other)
    {
        int n = real.Channels;
        double[] w1 = new double[n], ks = new double[n], js = new double[n];
        double[][] stays = [.. Statistic.Select(_ => new double[n])];
        for (int c = 0; c < n; c++)
        {
            double[] a = real.Readings[c], b = other.Readings[c];
            bool codes = real.IsCategorical(c);
            w1[c] = codes || a.Length < 2 ? double.NaN : NumericMetrics.WassersteinOverDeviation(a, b);
            ks[c] = codes ? double.NaN : KolmogorovSmirnov.Statistic(a, b);
            js[c] = Divergence(a, b, codes);
            double[][] sa = PerStay(real, c), sb = PerStay(other, c);
            for (int k = 0; k < stays.Length; k++)
                stays[k][c] = codes || sa[k].Length < 2 ? double.NaN : NumericMetrics.WassersteinOverDeviation(sa[k], sb[k]);
        }

        const string Undefined = "the channel has too few readings or is constant";
        yield return Figures.Distance("series.w1", "Wasserstein-1 of readings, mean over channels (real sd)", MeanOf(w1), Undefined);
        yield return Figures.Distance("series.ks", "Kolmogorov–Smirnov distance of readings, mean over channels", MeanOf(ks), Undefined, maximum: 1);
        yield return Figures.Distance("series.js", "Jensen–Shannon divergence of readings, mean over channels", MeanOf(js), Undefined, maximum: 1);
        for (int k = 0; k < stays.Length; k++)
            yield return Figures.Distance($"series.stay-{Statistic[k]}-w1", $"Wasserstein-1 of each stay's {Statistic[k]}, mean over channels (real sd)", MeanOf(stays[k]), Undefined);
        for (int c = 0; c < n; c++)
        {
            string name = real.Cohort.Channels[c].Name;
            yield return Figures.Distance("series.w1", "Wasserstein-1 of readings (real sd)", w1[c], Undefined, subject: name);
            yield return Figures.Distance("series.ks", "Kolmogorov–Smirnov distance", ks[c], Undefined, maximum: 1, subject: name);
            yield return Figures.Distance("series.js", "Jensen–Shannon divergence", js[c], Undefined, maximum: 1, subject: name);
            for (int k = 0; k < stays.Length; k++)
                yield return Figures.Distance($"series.stay-{Statistic[k]}-w1", $"Wasserstein-1 of each stay's {Statistic[k]} (real sd)", stays[k][c], Undefined, subject: name);
        }
    }

    private static double Divergence(double[] a, double[] b, bool codes)
    {
        if (a.Length == 0 || b.Length == 0)
            return double.NaN;
        if (!codes)
        {
            RealBins bins = new(a, Bins);
            return HistogramDivergence.JensenShannon(bins.Shares(a), bins.Shares(b));
        }

        double[] levels = [.. a.Union(b).Order()];
        return HistogramDivergence.JensenShannon(Shares(a), Shares(b));

        double[] Shares(double[] values)
        {
            ILookup<double, double> by = values.ToLookup(v => v);
            return [.. levels.Select(l => (double)by[l].Count() / values.Length)];
        }
    }

    private static double[][] PerStay(StaySet set, int channel)
    {
        List<double>[] all = [[], [], [], []];
        set.ForEachStay(channel, (_, values) =>
        {
            double[] x = [.. values.Select(v => (double)v)];
            all[0].Add(Moments.Mean(x));
            if (x.Length >= FewestForSpread)
                all[1].Add(Moments.SampleDeviation(x));
            all[2].Add(x.Min());
            all[3].Add(x.Max());
        });
        return [.. all.Select(l => l.ToArray())];
    }
}

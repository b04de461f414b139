using System.Text.Json;
using Lethe.Data.Tables;
using Lethe.Evaluation.Fidelity.Columns;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.Tables;
using Lethe.Evaluation.Tests.Support;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Tests.Fidelity;

public sealed class ColumnGoldenTests
{
    [Fact]
    public void Numeric_columns_agree()
    {
        Golden golden = Golden.Load("tabular/expected/column_metrics.json");
        foreach (GoldenCase c in GoldenCase.Of(golden).Where(c => c.Input("type") == "numerical"))
        {
            double[] real = GoldenTable.Read(golden, c.Input("real")).Values(c.Input("column"));
            double[] other = GoldenTable.Read(golden, c.Input("synthetic")).Values(c.Input("column"));
            double[] r = NumericMetrics.Present(real), s = NumericMetrics.Present(other);
            double d = KolmogorovSmirnov.Statistic(r, s);
            TwoSampleTests.Result u = TwoSampleTests.MannWhitney(r, s);

            c.Check("ks_complement", NumericMetrics.KsComplement(real, other));
            c.Check("boundary_adherence_ignore_missing", NumericMetrics.BoundaryAdherence(real, other));
            c.Check("boundary_adherence_sdmetrics", ColumnCompatibility.BoundaryAdherence(real, other));
            c.Check("range_coverage", NumericMetrics.RangeCoverage(real, other));
            c.Check("missing_value_similarity", NumericMetrics.MissingSimilarity(real.Count(double.IsNaN), real.Length, other.Count(double.IsNaN), other.Length));
            c.Check("statistic_similarity_mean", NumericMetrics.MeanSimilarity(real, other));
            c.Check("statistic_similarity_std", NumericMetrics.DeviationSimilarity(real, other));
            c.Check("statistic_similarity_median", NumericMetrics.MedianSimilarity(real, other));
            c.Check("ks_statistic", d);
            c.Check("ks_pvalue_auto", KolmogorovSmirnov.ExactP(d, r.Length, s.Length));
            c.Check("ks_pvalue_asymptotic", KolmogorovSmirnov.AsymptoticP(d, r.Length, s.Length));
            c.Check("wasserstein_1d", NumericMetrics.Wasserstein(real, other));
            c.Check("wasserstein_1d_over_real_range", NumericMetrics.WassersteinOverRange(real, other));
            c.Check("energy_distance_scipy", NumericMetrics.EnergyDistance(real, other));
            c.Check("anderson_darling_k2_midrank_normalised", TwoSampleTests.AndersonDarling(r, s));
            c.Check("mannwhitney_u_real", u.Statistic);
            c.Check("mannwhitney_p_asymptotic_cc", u.P);
            c.Check("cohens_d_pooled", NumericMetrics.StandardisedMeanDifference(real, other));
        }
    }

    [Fact]
    public void Discrete_columns_agree()
    {
        Golden golden = Golden.Load("tabular/expected/column_metrics.json");
        foreach (GoldenCase c in GoldenCase.Of(golden).Where(c => c.Input("type") == "categorical"))
        {
            TablePair pair = TablePair.Of(GoldenTable.Read(golden, c.Input("real")), GoldenTable.Read(golden, c.Input("synthetic")), new Seed(1));
            string column = c.Input("column");
            int[] real = pair.Real.Codes(column), other = pair.Other.Codes(column);
            int levels = ((DiscreteColumn)pair.Real[column]).Levels.Count;
            double[] p = DiscreteMetrics.Shares(real, levels), q = DiscreteMetrics.Shares(other, levels);
            TwoSampleTests.Result chi2 = TwoSampleTests.ChiSquareHomogeneity(DiscreteMetrics.Counts(real, levels), DiscreteMetrics.Counts(other, levels));

            c.Check("tv_complement", DiscreteMetrics.TotalVariationComplement(real, other, levels));
            c.Check("tv_complement_sdmetrics", ColumnCompatibility.TotalVariationComplement(real, other, levels));
            c.Check("category_coverage", DiscreteMetrics.CategoryCoverage(real, other, levels));
            c.Check("category_adherence", DiscreteMetrics.CategoryAdherence(real, other, levels));
            c.Check("missing_value_similarity", NumericMetrics.MissingSimilarity(real.Count(v => v < 0), real.Length, other.Count(v => v < 0), other.Length));
            c.Check("js_divergence_base2", HistogramDivergence.JensenShannon(p, q));
            c.Check("js_distance_base2", HistogramDivergence.JensenShannonDistance(p, q));
            c.Check("hellinger", HistogramDivergence.Hellinger(p, q));
            c.Check("chi2_homogeneity", chi2.Statistic);
            c.Check("chi2_homogeneity_p", chi2.P);
            c.Check("chi2_homogeneity_df", chi2.DegreesOfFreedom);
        }
    }

    [Fact]
    public void Histogram_divergences_agree()
    {
        Golden golden = Golden.Load("tabular/expected/histogram_divergence.json");
        foreach (GoldenCase c in GoldenCase.Of(golden))
        {
            Table real = GoldenTable.Read(golden, c.Input("real")), other = GoldenTable.Read(golden, c.Input("synthetic"));
            string key = c.Id.EndsWith("-js") ? "js_distance_base2_real_bins10_open_ends" : "per_column";
            List<double> values = [];
            foreach (JsonProperty column in c.Expected.GetProperty(key).EnumerateObject())
            {
                double[] r = real.Values(column.Name), s = other.Values(column.Name);
                RealBins bins = new(r);
                double value = c.Id.EndsWith("-js") ? HistogramDivergence.JensenShannonDistance(bins.Shares(r), bins.Shares(s))
                    : c.Id.Contains("hellinger") ? HistogramDivergence.Hellinger(bins.Shares(r), bins.Shares(s))
                    : NumericMetrics.InverseKl(r, s);
                c.Check(column.Value, value, column.Name);
                values.Add(value);
            }

            c.Check("mean", values.Average());
        }
    }

    [Fact]
    public void Interval_overlap_and_quantile_error_agree()
    {
        foreach (string family in (string[])["interval_overlap", "quantile_mse"])
        {
            Golden golden = Golden.Load($"tabular/expected/{family}.json");
            foreach (GoldenCase c in GoldenCase.Of(golden))
            {
                Table real = GoldenTable.Read(golden, c.Input("real")), other = GoldenTable.Read(golden, c.Input("synthetic"));
                double[] values = [.. real.Columns.Select(column => family == "quantile_mse"
                    ? NumericMetrics.QuantileMse(real.Values(column.Name), other.Values(column.Name), c.Params.GetProperty("quantiles").GetInt32())
                    : NumericMetrics.IntervalOverlap(real.Values(column.Name), other.Values(column.Name), ofMean: c.Id.EndsWith("sem")))];
                c.Check(family == "quantile_mse" ? "average" : "average_overlap", values.Average());
                c.Check("standard_error", Moments.SampleDeviation(values) / Math.Sqrt(values.Length));
                if (c.Expected.TryGetProperty("non_overlapping", out JsonElement apart))
                    c.Check(apart, values.Count(v => v == 0), "non-overlapping");
            }
        }
    }
}

using Lethe.Evaluation.Encoding;
using Lethe.Evaluation.Fidelity.Columns;
using Lethe.Evaluation.Fidelity.Joint;
using Lethe.Evaluation.Tables;
using Lethe.Data.Distances;
using Lethe.Data.Tables;
using Lethe.Learning;
using Lethe.Results;

namespace Lethe.Evaluation.Metrics;

/// <summary>Maximum mean discrepancy with its permutation test.</summary>
internal sealed class MmdMetric() : PairMetric(
    new Descriptor("mmd", "Maximum mean discrepancy", "joint", "Kernel distance of the joint distributions, Gaussian kernel at the median distance.", "Gretton et al., A kernel two-sample test, 2012"),
    MetricPlace.Overall)
{
    private const int Permutations = 200;

    protected override IEnumerable<Measure> Compute(TablePair pair, MetricInput input)
    {
        TablePair limited = pair.Limit(input.Limits.Kernels);
        (DesignMatrix x, DesignMatrix y) = MixedFeatures.Of(limited.Real, limited.Other, FeatureScaling.ZScore);
        bool enough = x.Rows > 1 && y.Rows > 1 && x.Columns > 0;
        MaximumMeanDiscrepancy? mmd = enough ? MaximumMeanDiscrepancy.Of(x, y, permutations: Permutations, seed: input.Seed.Derive("mmd")) : null;
        const string Undefined = "a table has fewer than two rows";
        yield return Figures.Distance("fidelity.mmd", "Maximum mean discrepancy", mmd?.Distance ?? double.NaN, Undefined);
        yield return Figures.Plain(
            "fidelity.mmd-p", "Permutation p-value of the discrepancy", mmd?.P ?? double.NaN, Undefined,
            note: "not a score: small tables accept bad data, large ones reject good data");
    }
}

/// <summary>Exact and sliced transport distances.</summary>
internal sealed class TransportMetric() : PairMetric(
    new Descriptor("wasserstein-joint", "Wasserstein distance of rows", "joint", "Cost of moving synthetic rows onto real ones: exact on equal subsamples, sliced on all rows.", "Kantorovich 1942; Rabin et al. 2011"),
    MetricPlace.Overall)
{
    protected override IEnumerable<Measure> Compute(TablePair pair, MetricInput input)
    {
        int rows = input.CommonRows(input.Limits.Kernels);
        TablePair equal = pair.Limit(rows), wide = pair.Limit(input.Limits.Margins);
        (DesignMatrix x, DesignMatrix y) = MixedFeatures.Of(equal.Real, equal.Other, FeatureScaling.MinMax);
        (DesignMatrix a, DesignMatrix b) = MixedFeatures.Of(wide.Real, wide.Other, FeatureScaling.MinMax);
        const string Undefined = "a table has no rows";
        yield return Figures.Distance(
            "fidelity.wasserstein", "Exact Wasserstein-1 distance", OptimalTransport.ExactWasserstein(x, y), Undefined,
            note: $"on {rows} rows of each table; a mismatch of categories costs 1, the real range of a number costs 1") with { N = rows };
        yield return Figures.Distance("fidelity.sliced-wasserstein", "Sliced Wasserstein-2 distance", OptimalTransport.SlicedWasserstein(a, b, input.Seed.Derive("sliced")), Undefined);
    }
}

/// <summary>Precision, recall, density and coverage by Gower's distance.</summary>
internal sealed class PrdcMetric() : PairMetric(
    new Descriptor("prdc", "Precision, recall, density, coverage", "joint", "Do synthetic rows lie among real ones, and are all real regions reached? k = 5, Gower's distance.", "Naeem et al., Reliable fidelity and diversity metrics for generative models, 2020"),
    MetricPlace.Overall)
{
    protected override IEnumerable<Measure> Compute(TablePair pair, MetricInput input)
    {
        TablePair limited = pair.Limit(input.Limits.Neighbours);
        Prdc prdc = limited.Real.Columns.Count == 0
            ? new Prdc(double.NaN, double.NaN, double.NaN, double.NaN)
            : Prdc.Of(RowDistances.Gower(limited.Real, limited.Other));
        string undefined = $"a table has no more than {Prdc.DefaultK} rows";
        yield return Figures.Score("fidelity.precision", "Precision", prdc.Precision, undefined, note: "share of rows inside a real neighbourhood");
        yield return Figures.Score("fidelity.recall", "Recall", prdc.Recall, undefined, note: "share of real rows inside a neighbourhood of the compared table");
        yield return Figures.Near("fidelity.density", "Density", prdc.Density, 1, undefined, minimum: 0);
        yield return Figures.Score("fidelity.coverage", "Coverage of training rows", prdc.Coverage, undefined, note: double.IsNaN(prdc.Coverage) ? null : FormattableString.Invariant(
            $"a fresh real sample of this size would cover about {Prdc.ExpectedCoverage(limited.Real.RowCount, limited.Other.RowCount):0.000}"));
    }
}

/// <summary>Are the regions of unseen real rows reached?</summary>
internal sealed class HoldoutCoverageMetric : IMetric
{
    public Descriptor Descriptor { get; } = new(
        "coverage-holdout", "Coverage of holdout rows", "joint", "Share of holdout rows with a synthetic row inside their neighbourhood among holdout rows, k = 5, Gower's distance.", "Naeem et al., Reliable fidelity and diversity metrics for generative models, 2020");

    public MetricPlace Place => MetricPlace.Overall;

    public IReadOnlyList<Measure> Evaluate(MetricInput input)
    {
        double coverage = double.NaN;
        string? note = null;
        if (input.Holdout is { } pair && pair.Real.Columns.Count > 0)
        {
            Table holdout = TablePair.Cut(pair.Other, input.Limits.Neighbours, input.Seed.Derive("coverage-holdout"));
            Table synthetic = TablePair.Cut(input.Synthetic.Other, input.Limits.Neighbours, input.Seed.Derive("coverage-synthetic"));
            coverage = Prdc.Of(RowDistances.Gower(holdout, synthetic, new MixedDistance(pair.Real))).Coverage;
            note = FormattableString.Invariant($"a fresh real sample of this size would cover about {Prdc.ExpectedCoverage(holdout.RowCount, synthetic.RowCount):0.000}");
        }

        string undefined = input.Holdout is null ? "there is no real holdout" : $"a table has no more than {Prdc.DefaultK} rows";
        return [Figures.Score("fidelity.coverage-holdout", "Coverage of holdout rows", coverage, undefined, note: double.IsNaN(coverage) ? null : note)];
    }
}

/// <summary>α-precision, β-recall and authenticity.</summary>
internal sealed class AlphaPrecisionMetric() : PairMetric(
    new Descriptor("alpha-precision", "α-precision, β-recall, authenticity", "joint", "Nested supports of both tables and how many rows are no copies, without an embedding network.", "Alaa et al., How faithful is your synthetic data?, 2022"),
    MetricPlace.Overall)
{
    protected override IEnumerable<Measure> Compute(TablePair pair, MetricInput input)
    {
        int rows = input.CommonRows(input.Limits.Kernels);
        TablePair equal = pair.Limit(rows);
        (DesignMatrix x, DesignMatrix y) = MixedFeatures.Of(equal.Real, equal.Other, FeatureScaling.MinMax);
        AlphaPrecision? alpha = rows > 1 && x.Columns > 0 ? AlphaPrecision.Of(x, y) : null;
        const string Undefined = "a table has fewer than two rows";
        yield return Figures.Score("fidelity.alpha-precision", "α-precision", alpha?.Precision ?? double.NaN, Undefined) with { N = rows };
        yield return Figures.Score("fidelity.beta-recall", "β-recall", alpha?.Recall ?? double.NaN, Undefined) with { N = rows };
        yield return Figures.Score("fidelity.authenticity", "Authenticity", alpha?.Authenticity ?? double.NaN, Undefined,
            note: "share of rows farther from their nearest real row than that row is from its own nearest; low values signal copies") with { N = rows };
    }
}

/// <summary>Dependence alone (copula) and margins alone.</summary>
internal sealed class CopulaMetric() : PairMetric(
    new Descriptor("copula-hellinger", "Hellinger distance of copulas", "joint", "Distance of the dependence structures, which ranked generators best in a validation on 30 tables; mean marginal distance beside it.", "El Emam et al., Utility metrics for evaluating synthetic health data generation methods, 2022"),
    MetricPlace.Overall, banded: true)
{
    protected override IEnumerable<Measure> Compute(TablePair pair, MetricInput input)
    {
        TablePair limited = pair.Limit(input.Limits.Margins);
        bool enough = limited.Real.RowCount > 1 && limited.Other.RowCount > 1 && limited.Real.Columns.Count > 1;
        double copula = enough ? GaussianCopulaDistance.Hellinger(GaussianCopulaDistance.Correlations(limited.Real), GaussianCopulaDistance.Correlations(limited.Other)) : double.NaN;
        double[] marginal = [.. Enumerable.Range(0, limited.Real.Columns.Count).Select(j => Marginal(limited.Real.Columns[j], limited.Other.Columns[j])).Where(h => !double.IsNaN(h))];
        yield return Figures.Distance("fidelity.copula-hellinger", "Hellinger distance of Gaussian copulas", copula, "fewer than two columns or rows", maximum: 1);
        yield return Figures.Distance("fidelity.hellinger", "Mean Hellinger distance of columns", marginal.Length == 0 ? double.NaN : marginal.Average(), "no column has values in both tables", maximum: 1);
    }

    private static double Marginal(Column real, Column other) => real is NumericColumn n
        ? ColumnMetric.OnBins(n.Values.ToArray(), ((NumericColumn)other).Values.ToArray(), (p, q) => HistogramDivergence.Hellinger(p, q))
        : ColumnMetric.OnShares((DiscreteColumn)real, (DiscreteColumn)other, (p, q) => HistogramDivergence.Hellinger(p, q));
}

/// <summary>Eigenvalues and leading component of the numeric correlations.</summary>
internal sealed class SpectrumMetric() : PairMetric(
    new Descriptor("spectrum", "Spectrum of correlations", "joint", "Difference of the eigenvalues and angle of the leading components of the numeric correlations.", "Pearson 1901"),
    MetricPlace.Overall, banded: true)
{
    protected override IEnumerable<Measure> Compute(TablePair pair, MetricInput input)
    {
        TablePair limited = pair.Limit(input.Limits.Margins);
        Spectrum spectrum = Spectrum.Of(limited.Real, limited.Other);
        const string Undefined = "fewer than two numeric columns vary in both tables";
        yield return Figures.Distance("fidelity.eigenvalues", "Eigenvalue difference", spectrum.EigenvalueDifference, Undefined);
        yield return Figures.Distance("fidelity.leading-angle", "Angle of leading components", spectrum.LeadingAngle, Undefined, maximum: 1);
    }
}

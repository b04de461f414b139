using System.Text.Json;
using Lethe.Data.Tables;
using Lethe.Evaluation.Compatibility;
using Lethe.Evaluation.Encoding;
using Lethe.Evaluation.Fidelity.Joint;
using Lethe.Evaluation.Fidelity.Pairs;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.Tables;
using Lethe.Evaluation.Tests.Support;
using Lethe.Learning;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Tests.Fidelity;

public sealed class JointGoldenTests
{
    [Fact]
    public void Maximum_mean_discrepancies_agree()
    {
        Golden golden = Golden.Load("tabular/expected/mmd.json");
        foreach (GoldenCase c in GoldenCase.Of(golden))
        {
            (Table real, Table other) = Tables(golden, c);
            DesignMatrix x = Raw(real), y = Raw(other);
            if (c.Id.EndsWith("-rbf-synthcity"))
            {
                c.Check("joint", MaximumMeanDiscrepancy.Of(x, y, 1).V);
            }
            else if (c.Id.EndsWith("-linear-synthcity"))
            {
                c.Check("joint", MmdCompatibility.Linear(x, y));
            }
            else if (c.Id.EndsWith("-polynomial-synthcity"))
            {
                c.Check("joint", MmdCompatibility.Polynomial(x, y));
            }
            else if (c.Id.Contains("-rbf-median-"))
            {
                (DesignMatrix a, DesignMatrix b) = MixedFeatures.Of(real, other, FeatureScaling.ZScore);
                double gamma = MaximumMeanDiscrepancy.MedianGamma(a, b);
                MaximumMeanDiscrepancy mmd = MaximumMeanDiscrepancy.Of(a, b, c.Id.EndsWith("syntheval") ? gamma / 2 : gamma);
                c.Check("gamma", gamma);
                c.Check("u", mmd.U);
                c.Check("v", mmd.V);
            }
            else
            {
                MaximumMeanDiscrepancy mmd = MaximumMeanDiscrepancy.Of(x, y, c.Params.GetProperty("gamma").GetDouble());
                c.Check("biased_v_statistic", mmd.V);
                c.Check("unbiased_u_statistic", mmd.U);
            }
        }
    }

    [Fact]
    public void Precision_recall_density_coverage_agree()
    {
        Golden golden = Golden.Load("tabular/expected/prdc.json");
        foreach (GoldenCase c in GoldenCase.Of(golden))
        {
            (Table real, Table other) = Tables(golden, c);
            Prdc prdc = Prdc.Of(RowDistances.Euclidean(Raw(real), Raw(other)), c.Params.GetProperty("k").GetInt32());
            c.Check("precision", prdc.Precision);
            c.Check("recall", prdc.Recall);
            c.Check("density", prdc.Density);
            c.Check("coverage", prdc.Coverage);
        }
    }

    [Fact]
    public void Alpha_precision_agrees()
    {
        Golden golden = Golden.Load("tabular/expected/alpha_precision.json");
        foreach (GoldenCase c in GoldenCase.Of(golden))
        {
            // "first 120 rows of each"
            int rows = int.Parse(c.Input("rows").Split(' ')[1]);
            int[] first = [.. Enumerable.Range(0, rows)];
            (Table real, Table other) = Tables(golden, c);
            (DesignMatrix x, DesignMatrix y) = MixedFeatures.Of(real, other, FeatureScaling.MinMax);
            AlphaPrecision alpha = AlphaPrecision.Of(x.SelectRows(first), y.SelectRows(first));
            c.CheckVector(c.Expected.GetProperty("alphas"), alpha.Alphas, "alphas");
            c.CheckVector(c.Expected.GetProperty("alpha_precision_curve"), alpha.PrecisionCurve, "precision curve");
            c.CheckVector(c.Expected.GetProperty("beta_coverage_curve"), alpha.RecallCurve, "recall curve");
            c.Check("delta_precision_alpha", alpha.Precision);
            c.Check("delta_coverage_beta", alpha.Recall);
            c.Check("authenticity_corrected", alpha.Authenticity);
            c.Check("authenticity_published_code", alpha.AuthenticityPublishedCode);
        }
    }

    [Fact]
    public void Multivariate_distances_agree()
    {
        Golden golden = Golden.Load("tabular/expected/multivariate_distance.json");
        foreach (GoldenCase c in GoldenCase.Of(golden))
        {
            (Table real, Table other) = Tables(golden, c);
            (DesignMatrix x, DesignMatrix y) = MixedFeatures.Of(real, other, FeatureScaling.MinMax);
            if (c.Expected.TryGetProperty("sinkhorn_divergence", out JsonElement sinkhorn))
            {
                c.Check(sinkhorn, Sinkhorn.Divergence(x, y, c.Params.GetProperty("epsilon").GetDouble(), 1e-11), "Sinkhorn");
                continue;
            }

            c.Check("energy_distance_squared_biased", OptimalTransport.SquaredEnergyDistance(Raw(real), Raw(other)));
            RowDistances rows = RowDistances.Euclidean(Raw(real), Raw(other)), back = RowDistances.Euclidean(Raw(other), Raw(real));
            c.Check("mean_nn_syn_to_real", Moments.Mean(Nearest(rows)));
            c.Check("mean_nn_real_to_syn", Moments.Mean(Nearest(back)));
            c.Check("median_nn_syn_to_real", Quantile.Median(Nearest(rows)));
            if (c.Expected.TryGetProperty("exact_wasserstein1_L1_minmax", out JsonElement l1))
            {
                c.Check(l1, OptimalTransport.ExactWasserstein(x, y), "L1");
                c.Check("exact_wasserstein1_L2_minmax", OptimalTransport.ExactWasserstein(x, y, OptimalTransport.Cost.Euclidean));
            }
        }
    }

    [Fact]
    public void Gaussian_copulas_agree()
    {
        Golden golden = Golden.Load("tabular/expected/gaussian_copula.json");
        foreach (GoldenCase c in GoldenCase.Of(golden))
        {
            (Table real, Table other) = Tables(golden, c);
            double[,] r = GaussianCopulaDistance.Correlations(real), s = GaussianCopulaDistance.Correlations(other);
            c.CheckMatrix(c.Expected.GetProperty("real_normal_score_correlation"), Rows(r), "real");
            c.CheckMatrix(c.Expected.GetProperty("synthetic_normal_score_correlation"), Rows(s), "synthetic");
            c.Check("hellinger_between_copulas", GaussianCopulaDistance.Hellinger(r, s));
        }
    }

    [Fact]
    public void Correlation_matrices_agree()
    {
        Golden golden = Golden.Load("tabular/expected/correlation_matrix.json");
        foreach (GoldenCase c in GoldenCase.Of(golden))
        {
            (Table real, Table other) = Tables(golden, c);
            Dictionary<string, Func<double[], double[], double>> kinds = new()
            {
                ["pearson"] = (x, y) => Moments.Pearson(x, y),
                ["spearman"] = (x, y) => Ranks.Spearman(x, y),
                ["kendall_tau_b"] = (x, y) => Ranks.KendallTauB(x, y),
            };
            foreach ((string name, Func<double[], double[], double> correlation) in kinds)
            {
                AssociationMatrix.Difference difference = AssociationMatrix.Compare(AssociationMatrix.Numeric(real, correlation), AssociationMatrix.Numeric(other, correlation));
                c.Check($"{name}_frobenius_diff", difference.Frobenius);
                if (name == "pearson")
                    c.Check("mean_abs_diff_offdiag_pearson", difference.MeanAbsolute);
            }

            c.CheckMatrix(c.Expected.GetProperty("real_pearson"), Rows(AssociationMatrix.Numeric(real, kinds["pearson"])), "real Pearson");
            c.CheckMatrix(c.Expected.GetProperty("synthetic_spearman"), Rows(AssociationMatrix.Numeric(other, kinds["spearman"])), "synthetic Spearman");
        }
    }

    [Fact]
    public void Mutual_information_matrices_agree()
    {
        Golden golden = Golden.Load("tabular/expected/association_differences.json");
        foreach (GoldenCase c in GoldenCase.Of(golden).Where(c => c.Expected.TryGetProperty("mean_absolute_offdiagonal", out _)))
        {
            (Table real, Table other) = Tables(golden, c);
            TablePair pair = TablePair.Of(real, other, new Seed(1));
            double[,] r = AssociationMatrix.NormalisedMutualInformation(pair.Labels, real: true), s = AssociationMatrix.NormalisedMutualInformation(pair.Labels, real: false);
            AssociationMatrix.Difference difference = AssociationMatrix.Compare(r, s);
            c.Check("frobenius", difference.Frobenius);
            c.Check("mean_absolute_offdiagonal", difference.MeanAbsolute);
            c.CheckMatrix(c.Expected.GetProperty("real_matrix"), Rows(r), "real");
        }
    }

    private static (Table Real, Table Other) Tables(Golden golden, GoldenCase c) =>
        (GoldenTable.Read(golden, c.Input("real")), GoldenTable.Read(golden, c.Input("synthetic")));

    private static DesignMatrix Raw(Table table) => DesignMatrix.FromColumns([.. table.Columns.Select(c => ((NumericColumn)c).Values.ToArray())]);

    private static double[][] Rows(double[,] m) =>
        [.. Enumerable.Range(0, m.GetLength(0)).Select(i => Enumerable.Range(0, m.GetLength(1)).Select(j => m[i, j]).ToArray())];

    private static double[] Nearest(RowDistances distances)
    {
        double[] row = new double[distances.RealRows];
        return [.. Enumerable.Range(0, distances.OtherRows).Select(j =>
        {
            distances.OtherToReal(j, row);
            return row.Min();
        })];
    }
}

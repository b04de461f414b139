using System.Text.Json;
using Lethe.Data.Tables;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.Tests.Support;
using Lethe.Results;

namespace Lethe.Evaluation.Tests.Statistics;

public sealed class ProbabilityGoldenTests
{
    private static readonly Golden Metrics = Golden.Load("tabular/expected/probability_metrics.json");

    [Theory]
    [InlineData("d-binary0")]
    [InlineData("d-binary1")]
    public void Binary_scores_agree(string id)
    {
        GoldenCase c = new(Metrics.Case(id));
        Table table = GoldenTable.Read(Metrics, c.Input("file"));
        int[] y = table.Labels("y");
        double[] p = table.Values("p");
        RocCurve roc = RocCurve.Of(y, p);
        DeLong.Estimate auc = DeLong.Of(y, p);
        Calibration.Line line = Calibration.RecalibrationLine(y, p);
        Interval plain = DeLong.PlainInterval(auc), logit = DeLong.Interval(y, p)!;

        c.Check("roc_auc", Ranking.Auc(y, p));
        c.Check("roc_auc", auc.Auc);
        c.Check("average_precision", Ranking.AveragePrecision(y, p));
        c.Check("pr_auc_trapezoid", Ranking.PrecisionRecallTrapezoid(y, p));
        c.Check("brier", ProbabilityScores.Brier(y, p));
        c.Check("log_loss", ProbabilityScores.LogLoss(y, p));
        c.Check("brier_skill", ProbabilityScores.BrierSkill(y, p));
        c.Check("gini", (2 * Ranking.Auc(y, p)) - 1);
        c.Check("ks_statistic_max_tpr_minus_fpr", roc.Youden);
        c.Check("ece_uniform10", Calibration.ExpectedError(Calibration.EqualWidthBins(y, p)));
        c.Check("mce_uniform10", Calibration.MaximumError(Calibration.EqualWidthBins(y, p)));
        c.Check("ece_quantile10", Calibration.ExpectedError(Calibration.QuantileBins(y, p)));
        c.Check("calibration_intercept", line.Intercept);
        c.Check("calibration_slope", line.Slope);
        c.Check("calibration_in_the_large", Calibration.InTheLarge(y, p));
        c.Check("mean_predicted_minus_observed", Calibration.MeanGap(y, p));
        c.Check("auc_delong_se", auc.StandardError);
        c.CheckVector(c.Expected.GetProperty("auc_delong_ci95"), [plain.Lower, plain.Upper], "DeLong interval");
        c.CheckVector(c.Expected.GetProperty("auc_delong_logit_ci95"), [logit.Lower, logit.Upper], "DeLong logit interval");
        c.Check("auc_hanley_mcneil_se", DeLong.HanleyMcNeilStandardError(auc.Auc, y.Sum(), y.Length - y.Sum()));
        c.CheckVector(c.Expected.GetProperty("roc_points_fpr"), roc.FalsePositiveRate, "fpr");
        c.CheckVector(c.Expected.GetProperty("roc_points_tpr"), roc.TruePositiveRate, "tpr");
        c.Check("partial_auc_fpr_le_0.2_mcclish", roc.PartialAuc(0.2));
    }

    [Fact]
    public void Paired_DeLong_agrees()
    {
        GoldenCase c = new(Metrics.Case("d-paired-delong"));
        Table table = GoldenTable.Read(Metrics, c.Input("file"));
        DeLong.Comparison comparison = DeLong.Compare(table.Labels("y"), table.Values("score1"), table.Values("score2"));
        c.Check("auc1", comparison.First.Auc);
        c.Check("auc2", comparison.Second.Auc);
        c.Check("var1", comparison.First.Variance);
        c.Check("var2", comparison.Second.Variance);
        c.Check("cov", comparison.Covariance);
        c.Check("z", comparison.Z);
        c.Check("p_two_sided", comparison.P);
        c.CheckVector(c.Expected.GetProperty("ci95_difference"), [comparison.Interval.Lower, comparison.Interval.Upper], "interval");
    }

    [Fact]
    public void Multiclass_scores_agree()
    {
        GoldenCase c = new(Metrics.Case("d-multiclass"));
        Table table = GoldenTable.Read(Metrics, c.Input("file"));
        int[] y = table.Labels("y");
        double[][] columns = [.. Enumerable.Range(0, 4).Select(k => table.Values($"p{k}"))];
        double[] p = [.. Enumerable.Range(0, y.Length).SelectMany(i => columns.Select(column => column[i]))];
        c.Check("roc_auc_ovr_macro", MulticlassAuc.OneVersusRestMacro(y, p, 4));
        c.Check("roc_auc_ovr_weighted", MulticlassAuc.OneVersusRestWeighted(y, p, 4));
        c.Check("roc_auc_ovo_macro", MulticlassAuc.OneVersusOneMacro(y, p, 4));
        c.Check("log_loss", ProbabilityScores.MulticlassLogLoss(y, p, 4));
        c.Check("multiclass_brier_sum", ProbabilityScores.MulticlassBrier(y, p, 4));
        c.Check("top2_accuracy", ProbabilityScores.TopAccuracy(y, p, 4, 2));
    }

    [Fact]
    public void Regression_scores_agree()
    {
        Golden golden = Golden.Load("tabular/expected/regression_metrics.json");
        GoldenCase c = new(golden.Case("d"));
        Table table = GoldenTable.Read(golden, c.Input("file"));
        double[] y = table.Values("y"), p = table.Values("p");
        c.Check("r2", RegressionScores.R2(y, p));
        c.Check("mse", RegressionScores.MeanSquaredError(y, p));
        c.Check("rmse", RegressionScores.RootMeanSquaredError(y, p));
        c.Check("mae", RegressionScores.MeanAbsoluteError(y, p));
        c.Check("median_ae", RegressionScores.MedianAbsoluteError(y, p));
        c.Check("explained_variance", RegressionScores.ExplainedVariance(y, p));
        c.Check("mape", RegressionScores.MeanAbsolutePercentageError(y, p));
    }

    [Fact]
    public void Intervals_and_repeats_agree()
    {
        Golden golden = Golden.Load("tabular/expected/intervals.json");
        foreach (GoldenCase c in GoldenCase.Of(golden))
        {
            if (c.Inputs.TryGetProperty("successes", out JsonElement successes))
            {
                int k = successes.GetInt32(), n = c.Inputs.GetProperty("n").GetInt32();
                Interval wilson = ProportionInterval.Wilson(k, n), exact = ProportionInterval.ClopperPearson(k, n);
                c.CheckVector(c.Expected.GetProperty("wilson95"), [wilson.Lower, wilson.Upper], "Wilson");
                c.CheckVector(c.Expected.GetProperty("clopper_pearson95"), [exact.Lower, exact.Upper], "Clopper–Pearson");
            }
            else if (c.Inputs.TryGetProperty("scores", out JsonElement scores))
            {
                double[] values = Golden.Vector(scores), differences = Golden.Vector(c.Inputs.GetProperty("paired_differences"));
                RepeatedScores.TTest test = RepeatedScores.NadeauBengio(
                    differences, c.Inputs.GetProperty("n_train").GetInt32(), c.Inputs.GetProperty("n_test").GetInt32());
                Interval student = RepeatedScores.StudentInterval(values);
                c.Check("mean", Moments.Mean(values));
                c.Check("sd", Moments.SampleDeviation(values));
                c.Check("sem", Moments.SampleDeviation(values) / Math.Sqrt(values.Length));
                c.CheckVector(c.Expected.GetProperty("t_ci95"), [student.Lower, student.Upper], "t interval");
                c.Check("nadeau_bengio_t", test.T);
                c.Check("nadeau_bengio_p", test.P);
                c.Check("wilcoxon_signed_rank_p_exact", RepeatedScores.WilcoxonSignedRank(differences));
            }
            else
            {
                CombiningRules rules = CombiningRules.Of(Golden.Vector(c.Inputs.GetProperty("estimates")), Golden.Vector(c.Inputs.GetProperty("variances")));
                c.Check("mean", rules.Mean);
                c.Check("within", rules.Within);
                c.Check("between", rules.Between);
                c.Check("partially_synthetic_T", rules.PartiallySynthetic);
                c.Check("rubin_T", rules.Rubin);
                c.Check("raab_simple_T_nsyn_eq_n_k1", rules.Raab());
                c.Check("fully_synthetic_T", rules.FullySynthetic);
                c.Check("reiter_df_partially_synthetic", rules.ReiterDegreesOfFreedom);
            }
        }
    }
}

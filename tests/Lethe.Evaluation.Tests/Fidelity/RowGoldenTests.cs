using System.Text.Json;
using Lethe.Data.Distances;
using Lethe.Data.Tables;
using Lethe.Evaluation.Encoding;
using Lethe.Evaluation.Fidelity.Detection;
using Lethe.Evaluation.Fidelity.Novelty;
using Lethe.Evaluation.Tables;
using Lethe.Evaluation.Tests.Support;
using Lethe.Learning;
using Lethe.Learning.Linear;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Tests.Fidelity;

public sealed class RowGoldenTests
{
    [Fact]
    public void Row_metrics_agree()
    {
        Golden golden = Golden.Load("tabular/expected/row_metrics.json");
        foreach (GoldenCase c in GoldenCase.Of(golden))
        {
            Table train = GoldenTable.Read(golden, c.Input("real")), synthetic = GoldenTable.Read(golden, c.Input("synthetic"));
            if (c.Id.Contains("-newrow-"))
            {
                TablePair pair = TablePair.Of(train, synthetic, new Seed(1));
                int matched = RowNovelty.MatchedCompatible(pair.Real, pair.Other, c.Params.GetProperty("numerical_match_tolerance").GetDouble());
                c.Check("num_matched_rows", matched);
                c.Check("num_new_rows", synthetic.RowCount - matched);
                c.Check("score", 1 - ((double)matched / synthetic.RowCount));
            }
            else if (c.Id.EndsWith("-identical"))
            {
                c.Check("distinct_real_rows_found_in_synthetic", RowNovelty.DistinctRealRowsFound(train, synthetic));
            }
            else
            {
                Table holdout = GoldenTable.Read(golden, c.Input("holdout"));
                // This family measures each distance with the ranges of its own reference table; the product uses one ruler for both.
                double[] toTrain = Nearest(train, synthetic), toHoldout = Nearest(holdout, synthetic);
                RowNovelty.Side side = RowNovelty.Side.Of(toTrain, toHoldout, train.RowCount);
                c.CheckVector(c.Expected.GetProperty("dcr_to_train"), toTrain, "DCR to train");
                c.CheckVector(c.Expected.GetProperty("dcr_to_holdout"), toHoldout, "DCR to holdout");
                c.Check("share_closer_to_train", side.Share);
                c.Check("overfitting_protection", side.Protection);
            }
        }
    }

    [Fact]
    public void Nearest_neighbour_audit_agrees()
    {
        Golden golden = Golden.Load("tabular/expected/gower.json");
        GoldenCase c = new(golden.Case("d-product"));
        Table train = GoldenTable.Read(golden, c.Input("real")), synthetic = GoldenTable.Read(golden, c.Input("synthetic")), holdout = GoldenTable.Read(golden, c.Input("holdout"));
        RowNovelty.Closeness toTrain = RowNovelty.Distances(train, synthetic), toHoldout = RowNovelty.Distances(holdout, synthetic, new MixedDistance(train));
        c.Check("median_dcr", toTrain.Median);
        c.Check("p5_dcr", toTrain.FifthPercentile);
        c.Check("nndr_mean", toTrain.RatioMean);
        c.Check("nnaa_train", toTrain.AdversarialAccuracy);
        c.Check("nnaa_holdout", toHoldout.AdversarialAccuracy);
        c.Check("privacy_loss", toHoldout.AdversarialAccuracy - toTrain.AdversarialAccuracy);
    }

    [Fact]
    public void Propensity_agrees()
    {
        Golden golden = Golden.Load("tabular/expected/propensity.json");
        foreach (GoldenCase c in GoldenCase.Of(golden))
        {
            TablePair pair = TablePair.Of(GoldenTable.Read(golden, c.Input("real")), GoldenTable.Read(golden, c.Input("synthetic")), new Seed(1));
            string[] separating = [.. Propensity.SeparatingColumns(pair.Real, pair.Other)];
            string[] used = [.. pair.Real.Columns.Select(column => column.Name).Except(["restecg", "slope"])];
            Assert.Contains("restecg", separating);
            Assert.Contains("slope", separating);
            Propensity p = Propensity.Of(pair.Real, pair.Other, ridge: 0, used);

            Assert.Equal([.. c.Expected.GetProperty("columns").EnumerateArray().Select(e => e.GetString()!)], p.Columns);
            foreach (JsonProperty coefficient in c.Expected.GetProperty("coefficients").EnumerateObject())
            {
                double actual = coefficient.Name == "const" ? p.Intercept : p.Coefficients[p.Columns.ToList().IndexOf(coefficient.Name)];
                c.Check(coefficient.Value, actual, coefficient.Name);
            }

            c.Check("pMSE", p.MeanSquaredError);
            c.Check("expected_pMSE_null", p.Expected);
            c.Check("pMSE_ratio", p.Ratio);
            c.Check("pMSE_standardised_z", p.Standardised);
            c.Check("SPECKS", p.Specks);
            c.Check("PO50", p.Po50);
            c.Check("U", p.U);
            c.Check("auc_in_sample", p.AucInSample);
            c.Check("log_likelihood", p.LogLikelihood);
        }
    }

    [Fact]
    public void Two_sample_tests_with_given_folds_agree()
    {
        Golden golden = Golden.Load("tabular/expected/c2st.json");
        foreach (GoldenCase c in GoldenCase.Of(golden))
        {
            TablePair pair = TablePair.Of(GoldenTable.Read(golden, c.Input("real")), GoldenTable.Read(golden, c.Input("synthetic")), new Seed(1));
            Table pooled = pair.Real.Append(pair.Other);
            FeatureEncoder encoder = FeatureEncoder.Fit(
                pooled, [.. pooled.Columns.Select(column => column.Name)], new FeatureEncoderOptions { DropFirstLevel = true, DropConstant = true });
            Assert.Equal([.. c.Expected.GetProperty("columns").EnumerateArray().Select(e => e.GetString()!)], encoder.Names);
            int[] y = [.. Enumerable.Range(0, pooled.RowCount).Select(i => i < pair.Real.RowCount ? 0 : 1)];
            int[] fold = [.. c.Inputs.GetProperty("fold_of_row_real_then_synthetic").EnumerateArray().Select(e => e.GetInt32())];
            ClassifierTwoSampleTest test = ClassifierTwoSampleTest.Of(encoder.Encode(pooled), y, fold, new LogisticRegression(), standardise: true, new Seed(1));

            c.CheckVector(c.Expected.GetProperty("auc_per_fold"), test.FoldAuc, "AUC");
            c.CheckVector(c.Expected.GetProperty("accuracy_per_fold"), test.FoldAccuracy, "accuracy");
            c.CheckVector(c.Expected.GetProperty("pmse_out_of_fold_per_fold"), test.FoldPropensityError, "pMSE");
            c.Check("auc_mean", test.MeanAuc);
            c.Check("pooled_oof_auc", test.PooledAuc);
            c.Check("sdmetrics_style_score", test.CompatibilityScore);
        }
    }

    private static double[] Nearest(Table reference, Table rows)
    {
        MixedDistance distance = new(reference);
        return distance.Nearest(distance.Encode(rows), distance.Encode(reference), 1).Distances();
    }
}

using System.Diagnostics;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Evaluation.Compatibility;
using Lethe.Evaluation.Encoding;
using Lethe.Evaluation.Fidelity.Accuracy;
using Lethe.Evaluation.Fidelity.Detection;
using Lethe.Evaluation.Fidelity.Joint;
using Lethe.Evaluation.Fidelity.Novelty;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.Tables;
using Lethe.Learning;
using Lethe.Learning.Boosting;
using Lethe.Learning.Forests;
using Lethe.Learning.Linear;
using Lethe.Numerics.Randomness;

namespace Lethe.Generators.Benchmarks;

/// <summary>The figures of the acceptance table for one split: fixed learners, fixed encodings, nothing tuned on the holdout.</summary>
internal static class Measurement
{
    private static readonly (IClassifier Learner, bool Standardise)[] Learners =
    [
        (new LogisticRegression(), true),
        (new RandomForestClassifier(new RandomForestOptions { Trees = 100 }), false),
        (new HistogramGradientBoostingClassifier(), false),
    ];

    private static readonly RandomForestClassifier Detector = new(new RandomForestOptions { Trees = 200, Tree = new() { MinSamplesLeaf = 2 } });

    /// <summary>Fits, samples as many rows as there are training rows, and measures.</summary>
    public static Figures Of(Table train, Table holdout, Func<Table, int, (Table Synthetic, string? Choice)> generate, Seed seed)
    {
        Stopwatch watch = Stopwatch.StartNew();
        (Table synthetic, string? choice) = generate(train, train.RowCount);
        double seconds = watch.Elapsed.TotalSeconds;
        return Compare(train, holdout, synthetic, seed) with { Seconds = seconds, Choice = choice };
    }

    /// <summary>Measures a synthetic table; with the training table in its place this is "train on real".</summary>
    public static Figures Compare(Table train, Table holdout, Table synthetic, Seed seed)
    {
        Table[] aligned = TableAlignment.Align(train, holdout, synthetic);
        (Table r, Table h, Table s) = (aligned[0], aligned[1], aligned[2]);
        TablePair pair = new(r, s, seed.Derive("pair"));
        (double auc, double accuracy) = Utility(s, h, seed.Derive("learners"));
        return new Figures(
            auc,
            accuracy,
            MarginalAccuracy.Univariate(pair.Labels).Accuracy,
            MarginalAccuracy.Bivariate(pair.Labels).Accuracy,
            QualityReport.Of(r, s, QualityMode.Classic, seed.Derive("quality")).Overall,
            ClassifierTwoSampleTest.Of(r, s, Detector, standardise: false, seed.Derive("c2st"))?.PooledAuc ?? double.NaN,
            Prdc.Of(RowDistances.Gower(h, s)).Coverage,
            RowNovelty.CloserToTrain(r, h, s, seed.Derive("closer")).Share,
            0);
    }

    private static (double Auc, double Accuracy) Utility(Table trainedOn, Table holdout, Seed seed)
    {
        string target = holdout.Schema.Columns.First(c => c.Role == ColumnRole.Target).Name;
        FeatureEncoder encoder = FeatureEncoder.Fit(trainedOn);
        DesignMatrix x = encoder.Encode(trainedOn), test = encoder.Encode(holdout);
        int[] y = Labels(trainedOn, target), truth = Labels(holdout, target);
        StandardScaler scaler = StandardScaler.Fit(x);
        double auc = 0, accuracy = 0;
        for (int l = 0; l < Learners.Length; l++)
        {
            (IClassifier learner, bool standardise) = Learners[l];
            double[] p = learner.Fit(standardise ? scaler.Transform(x) : x, y, 2, [], seed.Derive("learner", l))
                .PredictScore(standardise ? scaler.Transform(test) : test);
            auc += Ranking.Auc(truth, p) / Learners.Length;
            accuracy += Enumerable.Range(0, p.Length).Average(i => (p[i] >= 0.5 ? 1 : 0) == truth[i] ? 1.0 : 0.0) / Learners.Length;
        }

        return (auc, accuracy);
    }

    // A missing label counts as the first class: generators do not emit one where training has none.
    private static int[] Labels(Table table, string target) => [.. ((DiscreteColumn)table[target]).Codes.ToArray().Select(c => Math.Max(c, 0))];
}

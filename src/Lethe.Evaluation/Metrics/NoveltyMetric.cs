using Lethe.Evaluation.Fidelity.Novelty;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.Tables;
using Lethe.Data.Distances;
using Lethe.Data.Tables;
using Lethe.Results;

namespace Lethe.Evaluation.Metrics;

/// <summary>New rows and nearest-neighbour distances.</summary>
internal sealed class NoveltyMetric() : PairMetric(
    new Descriptor("novelty", "New rows and distances", "novelty", "Copies, near matches and distances to the closest real row by Gower's distance; finds copies, proves nothing about protection.", "Gower 1971; Yale et al. 2020"),
    MetricPlace.Novelty)
{
    protected override IEnumerable<Measure> Compute(TablePair pair, MetricInput input)
    {
        TablePair limited = pair.Limit(input.Limits.Neighbours);
        int rows = pair.Other.RowCount;
        const string Undefined = "a table has too few rows";
        double identical = rows == 0 ? double.NaN : (double)RowNovelty.Identical(pair.Real, pair.Other) / rows;
        double matched = limited.Other.RowCount == 0 ? double.NaN : (double)RowNovelty.Matched(limited.Real, limited.Other) / limited.Other.RowCount;
        double compatible = limited.Other.RowCount == 0 ? double.NaN : (double)RowNovelty.MatchedCompatible(limited.Real, limited.Other) / limited.Other.RowCount;
        yield return Figures.Plain("fidelity.identical-share", "Rows equal to a training row", identical, Undefined) with { N = rows };
        yield return Figures.Plain("fidelity.new-row-share", "New rows", 1 - matched, Undefined, note: "no training row has the same categories and all numbers within 1 % of the real range");
        yield return Figures.Plain("fidelity.new-row-share-compatible", "New rows, compatible definition", 1 - compatible, Undefined, note: "numbers within 1 % of the row's own value, as the common library counts");

        RowNovelty.Closeness closeness = limited.Real.Columns.Count == 0
            ? new RowNovelty.Closeness(double.NaN, double.NaN, double.NaN, double.NaN)
            : RowNovelty.Distances(limited.Real, limited.Other, cancellation: input.Cancellation);
        yield return Figures.Plain("fidelity.dcr-median", "Distance to the closest training row, median", closeness.Median, Undefined);
        yield return Figures.Plain("fidelity.dcr-p5", "Distance to the closest training row, 5 % quantile", closeness.FifthPercentile, Undefined);
        yield return Figures.Plain("fidelity.nndr", "Nearest-neighbour distance ratio", closeness.RatioMean, Undefined);
        yield return Figures.Near("fidelity.nnaa", "Nearest-neighbour adversarial accuracy", closeness.AdversarialAccuracy, 0.5, Undefined, 0, 1);
    }
}

/// <summary>Is the synthetic table closer to training rows than to equally many holdout rows?</summary>
internal sealed class CloserToTrainMetric : IMetric
{
    public Descriptor Descriptor { get; } = new(
        "closer-to-train", "Closer to train than to holdout", "novelty", "Share of synthetic rows closer to training rows than to equally many holdout rows, 0.5 when nothing was memorised.", "Platzer and Reutterer 2021");

    public MetricPlace Place => MetricPlace.Novelty;

    public IReadOnlyList<Measure> Evaluate(MetricInput input)
    {
        const string Id = "fidelity.closer-to-train", Name = "Closer to training than to holdout rows";
        if (input.Holdout is null)
            return [Figures.Near(Id, Name, double.NaN, 0.5, "there is no real holdout", 0, 1)];
        Table train = input.Synthetic.Real, holdout = input.Holdout.Other;
        Table synthetic = TablePair.Cut(input.Synthetic.Other, input.Limits.Neighbours, input.Seed.Derive("closer"));
        if (train.RowCount < 2 || holdout.RowCount < 2 || synthetic.RowCount == 0 || train.Columns.Count == 0)
            return [Figures.Near(Id, Name, double.NaN, 0.5, "a table has too few rows", 0, 1)];

        RowNovelty.Side side = RowNovelty.CloserToTrain(train, holdout, synthetic, input.Seed.Derive("closer"), input.Cancellation);
        int rows = Math.Min(side.Rows, input.Limits.Neighbours);
        MixedDistance ruler = new(train);
        double Accuracy(Table t) => RowNovelty.Distances(TablePair.Cut(t, rows, input.Seed.Derive("nnaa")), TablePair.Cut(synthetic, rows, input.Seed.Derive("nnaa-synthetic")), ruler).AdversarialAccuracy;
        double loss = Accuracy(holdout) - Accuracy(train);
        return
        [
            Figures.Near(Id, Name, side.Share, 0.5, "", 0, 1, note: $"against {side.Rows} rows of each") with
            {
                Interval = ProportionInterval.Wilson((int)Math.Round(side.Share * side.N), side.N),
                N = side.N,
            },
            Figures.Score("fidelity.overfitting-protection", "Overfitting protection", side.Protection, ""),
            Figures.Near("fidelity.nnaa-loss", "Adversarial accuracy, holdout minus training", loss, 0, "a table has too few rows", -1, 1, note: "above 0: closer to training rows than to unseen ones"),
        ];
    }
}

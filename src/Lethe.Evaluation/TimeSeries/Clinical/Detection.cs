using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.TimeSeries.Protocols;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries.Clinical;

/// <summary>
/// Trained judges on stays: the discriminative score of values together with the mask (a generator of perfect values with wrong gaps is caught), the same of the
/// mask alone, and context-FID of the forward-filled grid. Values are scaled by the training stays' range. The reference of each is training against holdout stays.
/// </summary>
internal static class Detection
{
    public static IReadOnlyList<Measure> Of(StayMetricInput input, SeriesEvaluationOptions options, Seed seed, Action<double> report)
    {
        if (options.Repeats == 0 || Math.Min(input.Synthetic.Cohort.Count, input.Train.Cohort.Count) < options.LeastJudged)
            return [];
        SeriesScale scale = SeriesScale.Fit(input.Train.Grid);
        List<(string Id, string Name, ISeriesScore Score, Func<StaySet, SeriesSet> View, double? Maximum)> judges =
        [
            ("series.discriminative", "Discriminative score, values and observation", new DiscriminativeScore(options.Discriminative), s => Limit(scale.Apply(s.Grid).WithMaskFeatures()), 0.5),
            ("series.discriminative-mask", "Discriminative score, observation alone", new DiscriminativeScore(options.Discriminative), s => Limit(MaskOf(s.Grid)), 0.5),
        ];
        if (options.ContextFid is not null)
            judges.Add(("series.context-fid", "Context-FID (TS2Vec encoder), filled grid", new ContextFid(options.ContextFid), s => Limit(scale.Apply(s.Grid)), null));

        List<Measure> measures = [];
        double done = 0, all = judges.Count * (input.Holdout is null ? 1 : 2);
        foreach ((string id, string name, ISeriesScore score, Func<StaySet, SeriesSet> view, double? maximum) in judges)
        {
            SeriesSet real = view(input.Train);
            RepeatedSeriesScore synthetic = RepeatedSeriesScore.Of(score, real, view(input.Synthetic), seed.Derive(id), options.Repeats, null, input.Cancellation);
            report(++done / all);
            RepeatedSeriesScore? floor = input.Holdout is null ? null : RepeatedSeriesScore.Of(score, real, view(input.Holdout), seed.Derive(id + "-floor"), options.Repeats, null, input.Cancellation);
            report(++done / all);
            measures.Add(Figures.Distance(id, name, synthetic.Mean, "the judge did not converge", maximum) with
            {
                Interval = synthetic.Interval,
                Reference = floor?.Mean,
                ReferenceInterval = floor?.Interval,
                ReferenceName = floor is null ? null : StayMetric.ReferenceName,
                N = Math.Min(real.Count, input.Synthetic.Cohort.Count),
            });
        }

        return measures;

        SeriesSet Limit(SeriesSet set) => set.Count <= options.MostJudged ? set : set.Take(seed.Stream("limit").Permutation(set.Count).AsSpan(0, options.MostJudged));
    }

    private static SeriesSet MaskOf(SeriesSet grid)
    {
        float[] values = new float[grid.Mask.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = grid.Mask[i];
        return new SeriesSet(values, grid.Mask.ToArray(), grid.Lengths.ToArray(), grid.Steps, grid.Names);
    }
}

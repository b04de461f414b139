using System.Globalization;
using Lethe.Data.Codecs;
using Lethe.Data.Cohorts;
using Lethe.Evaluation.TimeSeries;
using Lethe.Evaluation.TimeSeries.Clinical;
using Lethe.Evaluation.TimeSeries.Protocols;
using Lethe.Evaluation.TimeSeries.Utility;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.SeriesBenchmarks;

/// <summary>What a synthetic hospital cohort is worth: utility for the outcome, detection, missingness, plausibility, each beside real stays never learnt from.</summary>
internal static class IcuMeasuring
{
    private const int Hours = 48;
    private const int Repeats = 3;

    public static void Run(BenchmarkData data, string folder, FitCost cost)
    {
        if (File.Exists(Path.Combine(folder, "measure.json")))
            return;
        Cohort synthetic = cost.Method == "real" ? data.Holdout! : CohortFolder.Read(ResultsFolder.SyntheticOf(folder));
        Seed seed = new Seed(1).Derive("measure"); // the same for all, so that the models trained on real stays are the same
        GridOptions grid = new() { Steps = Hours };
        GridCodec codec = GridCodec.Fit(data.Train, grid);
        List<Measure> measures = [];
        if (cost.Method != "real")
        {
            (UtilitySection? utility, string? reason) = SeriesUtility.Evaluate(
                data.Train, data.Holdout, synthetic, data.Train.Outcomes[0], codec, new SeriesUtilityOptions { Repeats = 2 }, seed, null, default);
            measures.AddRange(utility is null ? throw new InvalidOperationException(reason) : [.. utility.Headline, .. utility.Learners.SelectMany(l => l.Measures.Select(m => m with { Subject = l.Learner }))]);
        }

        StayMetricInput input = new(data.Train, data.Holdout, synthetic, grid, seed);
        measures.AddRange(StayMetrics.All.SelectMany(m => m.Evaluate(input)));
        SeriesSet real = Scaled(data.Train, codec), other = Scaled(synthetic, codec);
        if (real.Count > other.Count)
            real = real.Take([.. Enumerable.Range(0, other.Count)]); // sides of equal size: the classifier's accuracy means nothing else
        foreach (ISeriesScore score in (ISeriesScore[])[new DiscriminativeScore(DiscriminativeOptions.Wide)])
        {
            RepeatedSeriesScore repeated = RepeatedSeriesScore.Of(score, real, other, seed, Repeats);
            measures.Add(new Measure { Id = "series." + score.Descriptor.Name, Name = score.Descriptor.Title, Value = repeated.Mean, Interval = repeated.Interval });
        }

        ResultsFolder.Write(folder, "measure", measures);
        foreach (Measure m in measures.Where(m => m.Subject is null))
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{folder}: {m.Id} {m.Value:F4} (real {m.Reference:F4})"));

        SeriesSet Scaled(Cohort cohort, GridCodec by) => SeriesScale.Fit(SeriesSet.Of(data.Train, by)).Apply(SeriesSet.Of(cohort, by)).WithMaskFeatures();
    }
}

using Lethe.Data.Cohorts;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Simulation;
using Lethe.Data.Splits;
using Lethe.Numerics.Randomness;

namespace Lethe.SeriesBenchmarks;

/// <summary>A dataset of the benchmark: what generators learn from, and, for a hospital cohort, the stays they never see.</summary>
/// <param name="Name">Name in results.</param>
/// <param name="Train">Windows or stays to learn from.</param>
/// <param name="Holdout">Stays apart; null for windows, whose protocols compare with the training windows.</param>
internal sealed record BenchmarkData(string Name, Cohort Train, Cohort? Holdout)
{
    private const int SineWindows = 10_000;
    private const double TrainShare = 0.7;

    // The split is the same for every method and every seed.
    private static readonly Seed SplitSeed = new(20260101);

    public static BenchmarkData Load(string text)
    {
        if (text.StartsWith("icu=", StringComparison.Ordinal))
        {
            Cohort cohort = WithMainOutcome(CohortFolder.Read(text[4..]));
            Split split = Split.Of(cohort, new SplitOptions { Sizes = SplitSizes.Fractions(TrainShare, 1 - TrainShare, 0) }, SplitSeed);
            return new BenchmarkData("icu", cohort.Take([.. split.Train]), cohort.Take([.. split.Holdout]));
        }

        return text switch
        {
            "sines" => new BenchmarkData(text, SinesSimulator.Simulate(SineWindows, new Seed(1)), null),
            "stocks" => new BenchmarkData(text, BenchmarkWindows.Read(Public("stock_data.csv")).ToCohort(), null),
            "energy" => new BenchmarkData(text, BenchmarkWindows.Read(Public("energy_data.csv.gz")).ToCohort(), null),
            _ => throw new ArgumentException($"There is no dataset '{text}': sines, stocks, energy or icu=FOLDER."),
        };
    }

    private static string Public(string file) => Path.Combine(
        Environment.GetEnvironmentVariable("LETHE_DATA_DIR") ?? throw new InvalidOperationException("Set LETHE_DATA_DIR to the folder of the public datasets."),
        "tsg-benchmarks",
        file);

    /// <summary>Length of stay and days of survival tell the outcome: they are left out, as a table made at admission would lack them.</summary>
    private static Cohort WithMainOutcome(Cohort cohort)
    {
        string main = cohort.Outcomes[0];
        return cohort.WithStatics(cohort.Statics.Where(c => c.Name == main || !cohort.Outcomes.Contains(c.Name)), [main]);
    }
}

using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Reporting.Tests;

internal static partial class SampleDocument
{
    /// <summary>An invented ward: four channels over two days, one of them measured rarely.</summary>
    public static CohortSummary Ward(ulong seed = 5)
    {
        RandomStream r = new Seed(seed).Stream("ward");
        return new CohortSummary
        {
            Name = "invented ward",
            Stays = 420,
            Patients = 397,
            Events = 61_204,
            Hours = 48,
            Outcome = "died",
            Groups = [new("all", 420), new("died = no", 361), new("died = yes", 59)],
            TableOne =
            [
                new TableOneRow("age, a", ["66 [54, 77]", "65 [53, 76]", "73 [63, 81]"], 0),
                new TableOneRow("sex = female", ["181 (43.1 %)", "158 (43.8 %)", "23 (39.0 %)"], 0),
                new TableOneRow("sex = male", ["239 (56.9 %)", "203 (56.2 %)", "36 (61.0 %)"], 0),
                new TableOneRow("unit = medical", ["301 (71.7 %)", "257 (71.2 %)", "44 (74.6 %)"], 3),
                new TableOneRow("unit = surgical", ["102 (24.3 %)", "91 (25.2 %)", "11 (18.6 %)"], 3),
                new TableOneRow("unit = burns", ["14 (3.3 %)", "13 (3.6 %)", "<10"], 3),
                new TableOneRow("device = none", ["300 (71.4 %)", "260 (72.0 %)", "40 (67.8 %)"], 0),
                new TableOneRow("device = mask", ["113 (26.9 %)", "99 (27.4 %)", "14 (23.7 %)"], 0),
                new TableOneRow("device = pump", ["<10", "<10", "<10"], 0),
            ],
            Channels =
            [
                Channel("hr", "Heart rate", "1/min", 86, 14, 0.93, 23, 40, r),
                Channel("map", "Mean arterial pressure", "mm[Hg]", 79, 11, 0.88, 21, 40, r),
                Channel("lactate", "Lactate", "mmol/L", 1.9, 0.8, 0.21, 2.6, 30, r),
                Channel("crp", "C-reactive protein", "mg/L", 74, 40, 0.03, 0.7, 0, r),
            ],
            LeftOut = [new("value outside plausible bounds", 214), new("time before admission", 6)],
        };
    }

    private static ChannelSummary Channel(string name, string title, string unit, double mean, double spread, double observed, double perDay, int shown, RandomStream r)
    {
        double?[] median = [.. Enumerable.Range(0, 48).Select(t => t < shown ? mean + (spread * 0.3 * Math.Cos(t / 8.0)) + (spread * 0.05 * r.NextGaussian()) : (double?)null)];
        return new ChannelSummary
        {
            Channel = name,
            Title = title,
            Unit = unit,
            Readings = (long)(420 * 2 * perDay),
            StaysObserved = Math.Min(1, observed + 0.1),
            PerDay = perDay,
            Quantiles = [mean - (1.6 * spread), mean - (0.7 * spread), mean, mean + (0.7 * spread), mean + (1.6 * spread)],
            ObservedByHour = [.. Enumerable.Range(0, 48).Select(t => Math.Clamp(observed * (1 - (t / 200.0)) + (0.02 * r.NextGaussian()), 0, 1))],
            MedianByHour = median,
            LowerByHour = [.. median.Select(m => m - (0.7 * spread))],
            UpperByHour = [.. median.Select(m => m + (0.7 * spread))],
            Autocorrelation = [.. ChannelSummary.Lags.Select(h => shown == 0 ? (double?)null : Math.Exp(-h / 9.0) - (h > 20 ? 0.15 : 0))],
        };
    }
}

using Lethe.Data.Simulation;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Tests.Simulation;

public sealed class RecordedNormalTests
{
    public static TheoryData<double, double, double, double, double, bool> Cases => new()
    {
        { 61, 11, 30, 89, 1, false },
        { 5.2, 1.05, 2, 11, 0.1, false },
        { 134, 17, 80, 230, 2, false },
        { Math.Log(28.8), 0.17, 15, 60, 0.1, true },
        { -0.05, 0.55, 0.1, 6, 0.1, true },
        { 200, 5, 80, 230, 2, false }, // far up the range
        { 20, 8, 30, 89, 1, false }, // mean outside the range
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Probabilities_of_all_recordable_values_sum_to_one(double mu, double sigma, double lower, double upper, double step, bool log)
    {
        RecordedNormal d = new(mu, sigma, lower, upper, step, log);
        Assert.Equal(1, Enumerable.Range(0, d.CellCount).Sum(k => d.Probability(d.Value(k))), 9);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Draws_follow_the_stated_probabilities(double mu, double sigma, double lower, double upper, double step, bool log)
    {
        RecordedNormal d = new(mu, sigma, lower, upper, step, log);
        RandomStream stream = new Seed(17).Stream();
        const int Draws = 50_000;
        Dictionary<double, int> counts = [];
        for (int i = 0; i < Draws; i++)
        {
            double v = d.Draw(stream);
            counts[v] = counts.GetValueOrDefault(v) + 1;
        }

        // Chi-square over values expected at least 10 times; its z-score (Wilson and Hilferty) stays below 4.9 but once in a million.
        double chi = 0;
        int cells = 0;
        for (int k = 0; k < d.CellCount; k++)
        {
            double expected = Draws * d.Probability(d.Value(k));
            if (expected < 10)
                continue;
            chi += Math.Pow(counts.GetValueOrDefault(d.Value(k)) - expected, 2) / expected;
            cells++;
        }

        double z = (Math.Cbrt(chi / cells) - (1 - (2.0 / (9 * cells)))) / Math.Sqrt(2.0 / (9 * cells));
        Assert.True(z < 4.9, $"chi-square {chi:F1} over {cells} values, z = {z:F2}");
        Assert.All(counts.Keys, v => Assert.True(d.Probability(v) > 0));
    }

    [Theory]
    [InlineData(29)] // below
    [InlineData(90)] // above
    [InlineData(45.5)] // between two steps
    [InlineData(double.NaN)]
    public void What_cannot_be_recorded_has_probability_zero(double value) =>
        Assert.Equal(0, new RecordedNormal(61, 11, 30, 89, 1).Probability(value));
}

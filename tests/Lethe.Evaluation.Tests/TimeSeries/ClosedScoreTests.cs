using Lethe.Evaluation.TimeSeries;
using Lethe.Evaluation.TimeSeries.Protocols;
using Lethe.Numerics.Randomness;
using Xunit;

namespace Lethe.Evaluation.Tests.TimeSeries;

/// <summary>Scores without a network, against values worked out by hand and properties of the definitions.</summary>
public sealed class ClosedScoreTests
{
    [Theory]
    [InlineData("marginal-distribution-difference")]
    [InlineData("autocorrelation-difference")]
    [InlineData("skewness-difference")]
    [InlineData("kurtosis-difference")]
    public void A_set_against_itself_scores_zero(string name)
    {
        SeriesSet set = BenchmarkSets.Noise(40, 3);
        double score = SeriesScores.All.Single(s => s.Descriptor.Name == name).Evaluate(set, set, new Seed(1));

        // The least and the largest real value of a cell lie on edges, where the synthetic side counts in no bin: two of 40.
        Assert.InRange(score, 0, name.StartsWith("marginal", StringComparison.Ordinal) ? 2.0 / 40 / 0.9 : 1e-12);
    }

    [Fact]
    public void Correlational_score_by_hand()
    {
        // Two features: equal in the real set, opposite in the other. Standardised by the unbiased deviation, n = 4 values:
        // c_ii = 3/4 in both; c_21 = 3/4 and −3/4; the score is 1.5/10.
        SeriesSet real = SeriesSet.Complete([0, 0, 1, 1, 0, 0, 1, 1], 2, 2), other = SeriesSet.Complete([0, 1, 1, 0, 0, 1, 1, 0], 2, 2);
        Assert.Equal(0.15, CorrelationalScore.Of(real, other), 12);
        Assert.Equal(0.15, CorrelationalScore.Of(other, real), 12);
        Assert.Equal(0, CorrelationalScore.Of(real, real), 12);
    }

    [Fact]
    public void Autocorrelation_of_an_alternating_sequence_alternates()
    {
        SeriesSet set = SeriesSet.Complete([1, -1, 1, -1, 1, -1], 6, 1);
        Assert.Equal([1, -1, 1, -1, 1, -1], AutocorrelationDifference.Curve(set, 0));
        SeriesSet constant = SeriesSet.Complete([2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], 6, 1), twice = set.Take([0, 0]);
        Assert.Equal(Math.Sqrt(6), new AutocorrelationDifference().Evaluate(twice, constant, default), 12);
    }

    [Fact]
    public void Marginal_difference_of_disjoint_values_counts_the_whole_real_density()
    {
        // Real values fill 50 bins of a range of 1 evenly (density 1 a bin on average); the other set lies outside: mean |difference| = 1.
        float[] real = new float[2 * 200], other = new float[2 * 200];
        for (int i = 0; i < 200; i++)
        {
            real[(2 * i) + 1] = i / 199f;
            other[(2 * i) + 1] = 7;
        }

        double score = new MarginalDistributionDifference().Evaluate(SeriesSet.Complete(real, 2, 1), SeriesSet.Complete(other, 2, 1), default);
        Assert.Equal(1, score, 5);
    }

    [Fact]
    public void Shape_differences_by_hand()
    {
        // Values 0, 0, 0, 4: mean 1, unbiased variance 4, third moment (−1·3 + 27)/4 = 6 → 6/8; fourth (3 + 81)/4 = 21 → 21/16 − 3.
        SeriesSet skewed = SeriesSet.Complete([0, 0, 0, 4], 2, 1), even = SeriesSet.Complete([0, 4, 0, 4], 2, 1);
        Assert.Equal(0.75, ShapeDifference.Skewness.Evaluate(skewed, even, default), 12);

        // Even: deviations ±2, unbiased variance 16/3, fourth moment 16 → 16·9/256 − 3.
        Assert.Equal(Math.Abs((21.0 / 16) - (16.0 * 9 / 256)), ShapeDifference.Kurtosis.Evaluate(skewed, even, default), 12);
    }

    [Fact]
    public void Discrepancy_is_about_zero_within_a_law_and_large_between_two()
    {
        SequenceDiscrepancy score = new(120);
        Assert.InRange(score.Evaluate(BenchmarkSets.Sines(120, 1), BenchmarkSets.Sines(120, 2), new Seed(1)), -0.02, 0.02);
        Assert.True(score.Evaluate(BenchmarkSets.Sines(120, 1), BenchmarkSets.Noise(120, 2), new Seed(1)) > 0.2);
    }

    [Fact]
    public void Ragged_or_misshapen_sets_are_refused()
    {
        SeriesSet ragged = new([1, 2, 3, 4], [1, 1, 1, 1], [2, 1], 2, ["x"]), full = SeriesSet.Complete([1, 2, 3, 4], 2, 1);
        Assert.Throws<ArgumentException>(() => new AutocorrelationDifference().Evaluate(ragged, full, default));
        Assert.Throws<ArgumentException>(() => new AutocorrelationDifference().Evaluate(full, BenchmarkSets.Sines(3, 1), default));
    }

    [Fact]
    public void Names_are_unique() => Assert.Distinct(SeriesScores.All.Select(s => s.Descriptor.Name));
}

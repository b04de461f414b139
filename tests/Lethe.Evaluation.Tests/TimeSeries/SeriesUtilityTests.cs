using Lethe.Data.Codecs;
using Lethe.Data.Cohorts;
using Lethe.Evaluation.TimeSeries.Utility;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Xunit;

namespace Lethe.Evaluation.Tests.TimeSeries;

/// <summary>Stays whose outcome shows in the course: those who die rise, the others fall, in noise, with gaps.</summary>
public sealed class SeriesUtilityTests
{
    private const int Steps = 10;
    private static readonly SeriesUtilityOptions Small = new() { Repeats = 2, Resamples = 50, NetworkOptions = new SeriesNetworkOptions { Hidden = 8, Epochs = 15, Batch = 32, LearningRate = 1e-2 } };

    [Fact]
    public void A_model_learnt_from_the_same_law_works_as_well_as_the_real_one()
    {
        UtilitySection section = Evaluate(Cohort(400, 1), Cohort(400, 2), Cohort(400, 3));
        Assert.Equal(4, section.Learners.Count);
        foreach (LearnerUtility learner in section.Learners.Where(l => !l.Learner.Contains("observation alone", StringComparison.Ordinal)))
        {
            Measure auroc = learner.Measures.Single(m => m.Id == "utility.auroc");
            Assert.True(auroc.Reference > 0.9, $"{learner.Learner}: {auroc.Reference}");
            Assert.True(auroc.Value > 0.9, $"{learner.Learner}: {auroc.Value}");
            Assert.InRange(auroc.Value!.Value, auroc.Interval!.Lower - 1e-9, auroc.Interval.Upper + 1e-9);
            Assert.True(learner.Measures.Single(m => m.Id == "utility.trts.auroc").Value > 0.9);
        }

        // Observation does not depend on the outcome here. 400 stays, half of each: standard error 0.029; 5 of them.
        Assert.InRange(section.Learners[^1].Measures[0].Value!.Value, 0.355, 0.645);
        Assert.Equal(400, section.Headline[0].N);
    }

    [Fact]
    public void Outcomes_that_do_not_belong_to_the_courses_teach_nothing()
    {
        UtilitySection section = Evaluate(Cohort(300, 1), Cohort(400, 2), Cohort(300, 3, outcomeFromCourse: false));
        Assert.True(section.Headline[0].Reference > 0.9);
        Assert.True(section.Headline[0].Value < section.Headline[0].Reference - 0.1);
        Assert.True(section.Headline[1].Interval!.Upper < 0);
    }

    [Fact]
    public void One_outcome_alone_predicts_one_half()
    {
        Cohort real = Cohort(200, 1);
        Cohort synthetic = real.Take([.. Enumerable.Range(0, 200).Where(i => i % 2 == 0)]);
        UtilitySection section = Evaluate(real, Cohort(200, 2), synthetic, Small with { Network = false });
        Assert.All(section.Learners, l => Assert.Equal(0.5, l.Measures[0].Value));
        Assert.Single(section.Notes);
    }

    [Fact]
    public void Without_a_holdout_or_an_outcome_there_is_a_reason()
    {
        Cohort cohort = Cohort(20, 1);
        GridCodec codec = GridCodec.Fit(cohort, new GridOptions { Steps = Steps });
        Assert.Contains("holdout", SeriesUtility.Evaluate(cohort, null, cohort, Stays.Outcome, codec, Small, default, null, default).NotComputedBecause, StringComparison.Ordinal);
        Assert.Contains("outcome", SeriesUtility.Evaluate(cohort, cohort, cohort, null, codec, Small, default, null, default).NotComputedBecause, StringComparison.Ordinal);
    }

    [Fact]
    public void Summaries_by_hand()
    {
        Cohort cohort = Stays.Of([Stays.Vital("a"), Stays.Vital("b")], [[(-1f, 0, 99f), (0f, 0, 1f), (0.5f, 0, 3f), (2f, 0, 6f), (50f, 0, 77f)]]);
        double[] row = StaySummaries.Of(Evaluation.TimeSeries.Clinical.StaySet.Of(cohort, GridCodec.Fit(cohort, new GridOptions { Steps = 4 }))).Row(0).ToArray();
        // Cells 2 and 6, two hours apart.
        Assert.Equal([4, Math.Sqrt(8), 2, 6, 2, 6, 2, 2, 0], row[..9].Select(v => Math.Round(v, 12)), (x, y) => Math.Abs(x - y) < 1e-9);
        Assert.All(row[9..16], v => Assert.True(double.IsNaN(v)));
        Assert.Equal([0, 1], row[16..]);
    }

    private static UtilitySection Evaluate(Cohort train, Cohort holdout, Cohort synthetic, SeriesUtilityOptions? options = null)
    {
        GridCodec codec = GridCodec.Fit(train, new GridOptions { Steps = Steps });
        (UtilitySection? section, string? reason) = SeriesUtility.Evaluate(train, holdout, synthetic, Stays.Outcome, codec, options ?? Small, new Seed(1), null, default);
        Assert.Null(reason);
        return section!;
    }

    private static Cohort Cohort(int n, ulong seed, bool outcomeFromCourse = true)
    {
        RandomStream random = new Seed(seed).Stream("stays");
        int[] died = [.. Enumerable.Range(0, n).Select(i => i % 2)];
        (float, int, float)[][] stays = [.. died.Select(d =>
        {
            int rises = outcomeFromCourse ? d : random.NextInt(2);
            float level = (float)random.NextGaussian();
            return Enumerable.Range(0, Steps)
                .Where(_ => random.NextBool(0.7))
                .Select(t => ((float)t, 0, level + ((rises == 1 ? 0.35f : -0.35f) * t) + (0.7f * (float)random.NextGaussian())))
                .ToArray();
        })];
        return Stays.Of([Stays.Vital("hr", -100)], stays, died);
    }
}

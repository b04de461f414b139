using Lethe.Data.Tables;
using Lethe.Evaluation.Survival;
using Lethe.Evaluation.Tests.Support;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.Tests.Survival;

public sealed class SurvivalEvaluatorTests
{
    [Fact]
    public void Longer_synthetic_lives_are_optimism_and_a_kept_hazard_orders_real_patients()
    {
        Table train = Patients(300, 1, 1), holdout = Patients(200, 2, 1), synthetic = Patients(300, 3, 1.6);
        Measure[] figures = [.. SurvivalEvaluator.Evaluate(train, holdout, synthetic, "time", "event")];
        Measure optimism = figures.Single(m => m.Id == "survival.optimism"), harrell = figures.Single(m => m.Id == "survival.harrell");
        Assert.True(optimism.Value > 0.05, $"{optimism.Value}");
        Assert.InRange(optimism.Reference!.Value, -0.05, 0.05);
        Assert.InRange(harrell.Value!.Value, 0.65, 1);
        Assert.Equal(harrell.Reference!.Value, harrell.Value.Value, 0.05);
        Assert.True(figures.Single(m => m.Id == "survival.hazard-overlap").Value > 0.3);
        Assert.Equal(0, figures.Single(m => m.Id == "survival.impossible-times").Reference);
    }

    [Fact]
    public void Without_a_holdout_or_synthetic_rows_figures_give_reasons()
    {
        Table train = Patients(50, 4, 1);
        Assert.All(SurvivalEvaluator.Evaluate(train, null, train.Take([]), "time", "event"), m => Assert.NotNull(m.NotComputedBecause));
        Assert.Throws<ArgumentException>(() => SurvivalEvaluator.Evaluate(train, null, train, "arm", "event"));
    }

    /// <summary>Exponential times with hazard exp(risk)/scale, censored uniformly.</summary>
    private static Table Patients(int rows, ulong seed, double scale)
    {
        RandomStream random = new Seed(seed).Stream("survival");
        double[] time = new double[rows], occurred = new double[rows], risk = new double[rows];
        string[] arm = new string[rows];
        for (int i = 0; i < rows; i++)
        {
            risk[i] = random.NextGaussian();
            arm[i] = random.NextBool() ? "a" : "b";
            double death = -10 * scale * Math.Log(random.NextOpenDouble()) / Math.Exp(risk[i]), end = 30 * random.NextOpenDouble();
            time[i] = Math.Min(death, end);
            occurred[i] = death <= end ? 1 : 0;
        }

        return new Table([GoldenTable.Numeric("time", time), GoldenTable.Numeric("event", occurred), GoldenTable.Numeric("risk", risk), GoldenTable.Discrete("arm", arm)]);
    }
}

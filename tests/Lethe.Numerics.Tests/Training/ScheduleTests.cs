using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Tensors;
using Lethe.Numerics.Training;

namespace Lethe.Numerics.Tests.Training;

public sealed class ScheduleTests
{
    [Fact]
    public void Rates_at_their_corners()
    {
        LearningRateSchedule.Linear linear = new(1, 0, 10);
        Assert.Equal([1, 0.5, 0, 0], new long[] { 0, 5, 10, 99 }.Select(linear.At));
        LearningRateSchedule.Cosine cosine = new(2, 1, 100);
        Assert.Equal(2, cosine.At(0));
        Assert.Equal(1.5, cosine.At(50), 12);
        Assert.Equal(1, cosine.At(100));
        Assert.Equal(0.25, new LearningRateSchedule.Staircase(1, 0.5, 10).At(29));
        LearningRateSchedule.WarmUp warm = new(3, linear);
        Assert.Equal([0.25, 0.5, 0.75, 1, 0.5], new long[] { 0, 1, 2, 3, 8 }.Select(warm.At));
    }

    [Fact]
    public void Clipping_keeps_direction_and_meets_the_bound()
    {
        Parameter a = new("a", new Shape(2)), b = new("b", new Shape(1)), none = new("none", new Shape(3));
        a.Gradient[0] = 3;
        b.Gradient[0] = 4;
        Assert.Equal(5, GradientClipping.ByNorm([a, b, none], 10), 6);
        Assert.Equal(3, a.Gradient[0]);
        Assert.Equal(5, GradientClipping.ByNorm([a, b, none], 1), 6);
        Assert.Equal(0.6f, a.Gradient[0], 6);
        Assert.Equal(0.8f, b.Gradient[0], 6);
        GradientClipping.ByValue([a, b], 0.7);
        Assert.Equal(0.7f, b.Gradient[0]);
    }

    [Fact]
    public void Averages_follow_and_swap()
    {
        Parameter a = new("a", new Shape(1));
        ParameterAverage average = new([a], 0.75);
        a.Values[0] = 8;
        average.Update();
        Assert.Equal(2, average[0][0]);
        average.Swap();
        Assert.Equal(2, a.Values[0]);
        average.Swap();
        Assert.Equal(8, a.Values[0]);
    }

    [Fact]
    public void Plain_momentum_and_rms_steps_follow_their_formulas()
    {
        Parameter a = new("a", new Shape(1)), b = new("b", new Shape(1));
        Sgd sgd = new([a], 0.1, momentum: 0.5, l2: 0.1);
        RmsProp rms = new([b], 0.1, decay: 0.9);
        a.Values[0] = b.Values[0] = 1;
        float va = 0, ta = 1, sb = 0, tb = 1;
        for (int step = 0; step < 3; step++)
        {
            a.Gradient[0] = b.Gradient[0] = 2;
            sgd.Step();
            rms.Step();
            va = (0.5f * va) + 2 + (0.1f * ta);
            ta -= 0.1f * va;
            sb = (0.9f * sb) + (0.1f * 4);
            tb -= 0.1f * 2 / MathF.Sqrt(sb);
            Assert.Equal(ta, a.Values[0], 5);
            Assert.Equal(tb, b.Values[0], 5);
        }

        float kept = a.Values[0];
        sgd.Step();
        Assert.Equal(kept, a.Values[0]);
    }

    [Fact]
    public void A_plateau_halves_the_rate_after_its_patience_and_not_below_the_least()
    {
        PlateauRate rate = new(new PlateauOptions { Start = 0.1, Peak = 0.8, WarmUp = 7, Patience = 2, Threshold = 0.1, Least = 0.15 });
        for (int step = 0; step < 7; step++)
        {
            Assert.Equal(0.1 + (0.1 * step), rate.Rate, 12);
            rate.Tell(0);
        }

        double[] losses = [10, 9.5, 8.9, 8.5, 8.4, 8.3, 8.2, 8.1, 8.05, 1, 1, 1, 1], after = [0.8, 0.8, 0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.2, 0.2, 0.2, 0.2, 0.15];
        for (int i = 0; i < losses.Length; i++)
        {
            rate.Tell(losses[i]);
            Assert.Equal(after[i], rate.Rate, 12);
        }

        PlateauRate other = new(new PlateauOptions());
        other.Restore(rate.Save());
        Assert.Equal(rate.Rate, other.Rate);
        Assert.Throws<ArgumentException>(() => other.Restore([1]));
    }

    [Fact]
    public void A_young_average_may_forget_faster()
    {
        Parameter a = new("a", new Shape(1));
        ParameterAverage average = new([a], 0.9);
        a.Values[0] = 4;
        average.Update(0);
        Assert.Equal(4, average[0][0]);
        a.Values[0] = 8;
        average.Update(0.5);
        Assert.Equal(6, average[0][0]);
        average.Update();
        Assert.Equal(6.2f, average[0][0], 5);
        Assert.Throws<ArgumentOutOfRangeException>(() => average.Update(1));
    }
}

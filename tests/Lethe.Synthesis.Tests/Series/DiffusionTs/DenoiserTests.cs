using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.DiffusionTs;
using Lethe.Synthesis.Series.DiffusionTs.Network;

namespace Lethe.Synthesis.Tests.Series.DiffusionTs;

public sealed class DenoiserTests
{
    private static readonly Seed Root = new(4);

    /// <summary>
    /// The weights of the published network, counted from its description, without the biases of keys, which change nothing: one
    /// per attention. 24 steps, 5 features, width 64, 1 + 2 blocks.
    /// </summary>
    [Fact]
    public void The_network_has_the_weights_of_the_paper()
    {
        const int T = 24, F = 5, D = 64;
        int adaptive = (D * 2 * D) + (2 * D), attention = (4 * D * D) + (3 * D), norm = 2 * D, mlp = (8 * D * D) + (5 * D);
        int encoder = adaptive + attention + norm + mlp;
        int trend = (T * 3 * 3) + 3 + (D * F * 3) + F, mixing = (T * 2 * T) + (2 * T), level = (D * F) + F;
        int decoder = (2 * adaptive) + (2 * attention) + norm + mlp + mixing + trend + level;
        int ends = (F * D * 3) + D + (2 * T * D) + (D * F * 3) + F + (D * F) + 2;
        Assert.Equal(encoder + (2 * decoder) + ends, new Denoiser(new DenoiserShape(T, F, 0, D, 1, 2, 4, 4, 0), Root).ParameterCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_coefficient_of_the_trend_is_a_power_of_time(int degree)
    {
        const int Steps = 9;
        Tape tape = new();
        Tensor coefficients = tape.Constant(new Shape(1, TrendBlock.Degree, 2), 0);
        coefficients.Values[(degree * 2) + 1] = 1;
        float[] curve = TrendBlock.Curve(coefficients, TrendBlock.Powers(Steps)).Values.ToArray();
        for (int t = 0; t < Steps; t++)
        {
            Assert.Equal(0, curve[2 * t]);
            Assert.Equal(Math.Pow((t + 1) / 10.0, degree + 1), curve[(2 * t) + 1], 6);
        }
    }

    /// <summary>Stays never meet in the network: alone, a stay gets the prediction that it gets in a batch.</summary>
    [Fact]
    public void A_prediction_does_not_depend_on_the_rest_of_the_batch()
    {
        Denoiser network = new(new DenoiserShape(7, 3, 2, 8, 1, 2, 2, 4, 0), Root);
        float[] x = Normals(4 * 21), statics = Normals(8);
        float[] together = Predict(network, x, [3, 50, 200, 7], statics), alone = Predict(network, x[21..42], [50], statics[2..4]);
        for (int i = 0; i < 21; i++)
            Assert.Equal(together[21 + i], alone[i], 4);
    }

    [Fact]
    public void The_chain_step_and_the_statics_matter()
    {
        Denoiser network = new(new DenoiserShape(7, 3, 2, 8, 1, 2, 2, 4, 0), Root);
        float[] x = Normals(21), there = Predict(network, x, [3], [0, 1]);
        Assert.NotEqual(there, Predict(network, x, [4], [0, 1]));
        Assert.NotEqual(there, Predict(network, x, [3], [1, 0]));
    }

    /// <summary>Against the transforms of both series, written out over all T bins.</summary>
    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(1)]
    public void The_loss_is_the_published_one(int steps)
    {
        const int Features = 2;
        float[] predicted = Normals(steps * Features), target = Normals(steps * Features, "target");
        double sum = 0;
        for (int f = 0; f < Features; f++)
        {
            for (int k = 0; k < steps; k++)
            {
                (double re, double im) = (0, 0);
                for (int t = 0; t < steps; t++)
                {
                    double error = predicted[(t * Features) + f] - target[(t * Features) + f], angle = 2 * Math.PI * k * t / steps;
                    (re, im) = (re + (error * Math.Cos(angle) / steps), im - (error * Math.Sin(angle) / steps));
                }

                sum += Math.Abs(predicted[(k * Features) + f] - target[(k * Features) + f]) + (Math.Sqrt(steps) / 5 * (Math.Abs(re) + Math.Abs(im)));
            }
        }

        Assert.Equal(0.7 * sum / (steps * Features), Loss(predicted, target, steps, null, [0.7f], 1)[0], 4);
    }

    /// <summary>Two rows of one cell each: 0.5·0.3² and 2·0.1·0.4² with a gate of 0.1.</summary>
    [Fact]
    public void Squared_errors_are_weighed_gated_and_averaged_over_copies()
    {
        Tape tape = new();
        Tensor predicted = tape.Input([0.5f, 0.1f], new Shape(2, 1, 1)), target = tape.Input([0.2f, 0.5f], new Shape(2, 1, 1)), weights = tape.Input([0.5f, 2], new Shape(2));
        float[] gated = DiffusionLoss.SquaredPerStay(predicted, target, tape.Input([1, 0.1f], new Shape(2, 1, 1)), weights, 1).Values.ToArray();
        Assert.Equal(0.045, gated[0], 5);
        Assert.Equal(0.032, gated[1], 5);
        Assert.Equal((0.045 + 0.32) / 2, Assert.Single(DiffusionLoss.SquaredPerStay(predicted, target, null, weights, 2).Values.ToArray()), 5);
    }

    /// <summary>What the network gives counts its share, the noisy series the other; as published the network speaks alone.</summary>
    [Fact]
    public void A_preconditioned_prediction_adds_the_noisy_series()
    {
        NoiseSchedule schedule = new(100);
        Denoiser network = new(new DenoiserShape(7, 3, 2, 8, 1, 2, 2, 4, 0), Root);
        float[] x = Normals(2 * 21), statics = Normals(4, "statics");
        float[] alone = Predict(network, x, [4, 90], statics);
        Tape tape = new();
        Shape shape = new(2, 7, 3);
        float[] published = PredictedBy(false), mixed = PredictedBy(true);
        Assert.Equal(alone, published);
        for (int i = 0; i < mixed.Length; i++)
        {
            (double skip, double scale) = schedule.Preconditioning(i < 21 ? 4 : 90);
            Assert.Equal((skip * x[i]) + (scale * alone[i]), mixed[i], 5);
        }

        float[] PredictedBy(bool preconditioned) =>
            new SeriesPredictor(network, schedule, preconditioned).Predict(tape.Input(x, shape), [4, 90], tape.Input(statics, new Shape(2, 2))).Values.ToArray();
    }

    [Fact]
    public void Gated_cells_count_nothing_and_copies_of_a_stay_are_averaged()
    {
        float[] predicted = Normals(12), target = Normals(12, "target"), other = [.. predicted], gate = [.. Enumerable.Repeat(1f, 12)];
        other[3] += 5;
        gate[3] = 0;
        Assert.Equal(Loss(predicted, target, 3, gate, [1, 1], 1), Loss(other, target, 3, gate, [1, 1], 1));
        float[] apart = Loss(predicted, target, 3, null, [1, 2], 1), averaged = Loss(predicted, target, 3, null, [1, 2], 2);
        Assert.Equal((apart[0] + apart[1]) / 2, Assert.Single(averaged), 5);
    }

    private static float[] Loss(float[] predicted, float[] target, int steps, float[]? gate, float[] weights, int multiplicity)
    {
        Tape tape = new();
        Shape shape = new(weights.Length, steps, 2);
        Tensor? counted = gate is null ? null : tape.Input(gate, shape);
        return new DiffusionLoss(steps).PerStay(tape.Input(predicted, shape), tape.Input(target, shape), counted, tape.Input(weights, new Shape(weights.Length)), multiplicity).Values.ToArray();
    }

    private static float[] Predict(Denoiser network, float[] x, double[] times, float[] statics)
    {
        Tape tape = new();
        int rows = times.Length;
        return network.Forward(tape.Input(x, new Shape(rows, network.Shape.Steps, network.Shape.Features)), times, tape.Input(statics, new Shape(rows, network.Shape.Statics))).Series.Values.ToArray();
    }

    private static float[] Normals(int count, string name = "x")
    {
        float[] values = new float[count];
        Root.Stream(name).FillGaussian(values);
        return values;
    }
}

using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Numerics.Training;

namespace Lethe.Numerics.Tests.Training;

public sealed class MicroBatchTests
{
    private const int Examples = 11, Steps = 5, Channels = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(4)] // parts of 4, 4 and 3
    [InlineData(11)]
    [InlineData(100)]
    public void Parts_add_up_to_the_whole_step(int perPart)
    {
        Layer model = Model();
        float[] x = Data();
        Tape tape = new();
        Tensor whole = Losses(tape, model, x, 0, Examples).Mean();
        tape.Backward(whole);
        double expected = whole.Item;
        float[][] gradients = [.. model.Parameters.Select(Take)];

        double loss = MicroBatches.Backward(tape, Examples, perPart, (from, count) => Losses(tape, model, x, from, count));
        Golden.Close(expected, loss, 1e-6, 1e-5, "loss");
        for (int i = 0; i < gradients.Length; i++)
        {
            float[] parts = Take(model.Parameters[i]);
            for (int j = 0; j < parts.Length; j++)
                Golden.Close(gradients[i][j], parts[j], 2e-6, 1e-4, $"{model.Parameters[i].Name}[{j}]");
        }

        Assert.Equal(1, tape.Step); // one step whatever the number of parts
    }

    [Theory]
    [InlineData(1, 258)]
    [InlineData(24, 12)]
    [InlineData(48, 6)]
    [InlineData(64, 4)]
    [InlineData(1000, 1)]
    public void Parts_hold_about_256_rows(int steps, int examples) => Assert.Equal(examples, MicroBatches.ExamplesFor(steps));

    [Fact]
    public void A_bad_example_in_an_early_part_stops_the_step()
    {
        Layer model = Model();
        float[] x = Data();
        x[0] = float.NaN;
        Tape tape = new();
        Assert.Throws<NonFiniteException>(() => MicroBatches.Backward(tape, Examples, 4, (from, count) => Losses(tape, model, x, from, count)));
    }

    [Fact]
    public void A_mean_in_place_of_losses_is_refused()
    {
        Layer model = Model();
        float[] x = Data();
        Tape tape = new();
        ArgumentException refused = Assert.Throws<ArgumentException>(() => MicroBatches.Backward(tape, Examples, 4, (from, count) => Losses(tape, model, x, from, count).Mean()));
        Assert.Contains("one number per example", refused.Message, StringComparison.Ordinal);
    }

    private static Sequential Model() => new(
        new Gru(Channels, 8, new Seed(1).Derive("gru")),
        new TransformerEncoderLayer(8, new Seed(1).Derive("block"), new TransformerOptions { Dropout = 0, Heads = 2, FeedForward = 16 }),
        new Linear(8, Channels, new Seed(1).Derive("out")));

    private static float[] Data()
    {
        float[] x = new float[Examples * Steps * Channels];
        new Seed(2).Stream("x").FillGaussian(x);
        return x;
    }

    private static Tensor Losses(Tape tape, Layer model, float[] data, int from, int count)
    {
        const int Length = Steps * Channels;
        Tensor x = tape.Input(data.AsSpan(from * Length, count * Length), new Shape(count, Steps, Channels));
        return model.Forward(x).SquaredError(x);
    }

    private static float[] Take(Parameter parameter)
    {
        float[] gradient = parameter.Gradient.ToArray();
        parameter.ClearGradient();
        return gradient;
    }
}

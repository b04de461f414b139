using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Tests.Gradients;

/// <summary>The closed form of the critic's loss against the same loss on recorded layers; TabularGoldenTests holds the reference values.</summary>
public sealed class WassersteinCriticTests
{
    private const double Lambda = 10;

    [Theory]
    [InlineData(new int[0], 0, 0)]
    [InlineData(new int[0], 0, 4)]
    [InlineData(new[] { 7 }, 0.5, 0)]
    [InlineData(new[] { 16, 9 }, 0, 5)]
    [InlineData(new[] { 33, 16, 5 }, 0.25, 0)]
    [InlineData(new[] { 33, 16, 5 }, 0.25, 3)]
    public void Loss_and_gradients_agree_with_recorded_layers(int[] hidden, double dropout, int oneHot)
    {
        const int Rows = 6, Dense = 11;
        int width = Dense + oneHot;
        Seed seed = new(3);
        Linear[] layers = new Linear[hidden.Length + 1];
        for (int l = 0, inputs = width; l <= hidden.Length; l++)
        {
            int outputs = l < hidden.Length ? hidden[l] : 1;
            layers[l] = new Linear(inputs, outputs, seed.Derive("layer", l));
            inputs = outputs;
        }

        Tape tape = new();
        Tensor denseFake = tape.Gaussian(new Shape(Rows, Dense), seed.Stream("fake")), denseReal = tape.Gaussian(new Shape(Rows, Dense), seed.Stream("real"));
        OneHotRows? fakeLast = Ones("fake ones"), realLast = Ones("real ones");
        Tensor fake = Whole(denseFake, fakeLast), real = Whole(denseReal, realLast);
        Real[] mix = [0, (Real)0.2, (Real)0.4, (Real)0.6, (Real)0.8, 1];

        // The closed form draws one mask for the three batches of each layer.
        RandomStream masks = seed.Stream("dropout");
        Real[][] drawn = [.. hidden.Select(width => Mask(3 * Rows * width, dropout, masks))];
        Tensor between = GradientPenalty.Interpolate(tape, real, fake, mix);
        Tensor recorded = Score(fake, 0).Mean() - Score(real, 1).Mean() + (GradientPenalty.PerRow(Score(between, 2), between).Mean() * (Real)Lambda);
        tape.Backward(recorded * (Real)0.7);
        Real[][] gradients = [.. layers.SelectMany(layer => layer.Parameters).Select(Take)];

        Tensor closed = WassersteinCritic.Loss(denseFake, denseReal, mix, layers, dropout, seed.Stream("dropout"), (Real)Lambda, fakeLast, realLast);
        Precision.Close(recorded.Item, closed.Item, 1e-12, 1e-11, "loss");
        tape.Backward(closed);
        tape.Backward(closed * (Real)(-0.3)); // a second pass over the same node, with another weight: 1 − 0.3 = 0.7
        int at = 0;
        foreach (Parameter parameter in layers.SelectMany(layer => layer.Parameters))
            Precision.Close(Array.ConvertAll(gradients[at++], g => (double)g), Take(parameter), 1e-12, 1e-10, parameter.Name);

        OneHotRows? Ones(string stream)
        {
            RandomStream random = seed.Stream(stream);
            return oneHot == 0 ? null : new OneHotRows([.. Enumerable.Range(0, 2 * Rows).Select(_ => random.NextInt(oneHot))], oneHot, 2);
        }

        Tensor Whole(Tensor dense, OneHotRows? last)
        {
            if (last is null)
                return dense;
            Tensor ones = tape.Constant(new Shape(Rows, oneHot), 0);
            for (int row = 0; row < Rows; row++)
            {
                foreach (int position in last.Positions(row))
                    ones.Values[(row * oneHot) + position]++;
            }

            return dense.ConcatColumns(ones);
        }

        Tensor Score(Tensor x, int batch)
        {
            for (int l = 0; l < hidden.Length; l++)
            {
                int length = Rows * hidden[l];
                x = x.Linear(layers[l].Weight, layers[l].Bias, Activation.LeakyRelu) * tape.Input(drawn[l].AsSpan(batch * length, length), new Shape(Rows, hidden[l]));
            }

            return x.Linear(layers[^1].Weight, layers[^1].Bias);
        }
    }

    private static Real[] Mask(int length, double dropout, RandomStream stream)
    {
        Real[] mask = new Real[length];
        if (dropout > 0)
            DropoutOps.Fill(mask, dropout, stream);
        else
            Array.Fill(mask, 1);
        return mask;
    }

    private static Real[] Take(Parameter parameter)
    {
        Real[] gradient = parameter.Gradient.ToArray();
        parameter.ClearGradient();
        return gradient;
    }
}

using System.Text.Json;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Tabular.Ctgan;

namespace Lethe.Synthesis.Tests.Tabular;

/// <summary>The parts of CTGAN against reference values; single precision against double, so 2e-5 where the files ask for 1e-9.</summary>
public sealed class CtganGoldenTests
{
    private const double Tolerance = 2e-5;

    [Fact]
    public void The_generator_agrees_in_training_and_in_evaluation()
    {
        foreach (JsonElement golden in Golden.Load("tabular/expected/ctgan_generator.json").Cases)
        {
            double[][] z = Golden.Matrix(golden.GetProperty("inputs").GetProperty("z"));
            JsonElement weights = golden.GetProperty("inputs").GetProperty("weights_after_one_training_forward");
            double[][] trained = Golden.Matrix(golden.GetProperty("expected").GetProperty("output_training_mode"));
            double[][] evaluated = Golden.Matrix(golden.GetProperty("expected").GetProperty("output_eval_mode"));
            int[] hidden = [.. Enumerable.Range(0, 10).Where(i => weights.TryGetProperty($"seq.{i}.fc.bias", out _)).Select(i => weights.GetProperty($"seq.{i}.fc.bias").GetArrayLength())];
            CtganGenerator generator = new(z[0].Length, hidden, trained[0].Length, new Seed(1));
            foreach (Parameter p in generator.State)
            {
                string name = p.Name.Replace("block", "seq.", StringComparison.Ordinal).Replace("last", $"seq.{hidden.Length}", StringComparison.Ordinal);
                Put(weights.GetProperty(name), p);
            }

            Tape tape = new();
            tape.Reset();
            generator.Evaluate();
            AssertClose(evaluated, generator.Forward(Rows(tape, z)));
            generator.Train();
            AssertClose(trained, generator.Forward(Rows(tape, z)));
        }
    }

    [Fact]
    public void Condition_loss_counts_the_chosen_column_only()
    {
        JsonElement golden = Golden.Load("tabular/expected/ctgan_activation_condition.json").Case("d");
        JsonElement inputs = golden.GetProperty("inputs");
        double[][] raw = Golden.Matrix(inputs.GetProperty("raw")), condition = Golden.Matrix(inputs.GetProperty("condition")), mask = Golden.Matrix(inputs.GetProperty("mask"));
        OutputBlock[] blocks = [new(0, 1, BlockActivation.Tanh), new(1, 2), new(3, 3), new(6, 2)];
        Tape tape = new();
        tape.Reset();
        Tensor logits = Rows(tape, raw), target = tape.Constant(logits.Shape, 0);
        for (int i = 0; i < raw.Length; i++)
        {
            for (int c = 0; c < condition[i].Length; c++)
                target.Values[(i * raw[i].Length) + 3 + c] = (float)(condition[i][c] * mask[i][c < 3 ? 0 : 1]);
        }

        Golden.Close(golden.GetProperty("expected").GetProperty("condition_loss").GetDouble(), logits.BlockCrossEntropy(target, blocks).Mean().Item, Tolerance, Tolerance, "condition loss");
    }

    [Fact]
    public void Levels_are_drawn_by_log_frequency_in_training()
    {
        JsonElement golden = Golden.Load("tabular/expected/ctgan_activation_condition.json").Case("d-log-frequency");
        double[] counts = Golden.Vector(golden.GetProperty("inputs").GetProperty("counts")), expected = Golden.Vector(golden.GetProperty("expected").GetProperty("probabilities"));
        double[] actual = ConditionSampler.LogWeights([.. counts.Select(c => (int)c)]);
        for (int i = 0; i < expected.Length; i++)
            Golden.Close(expected[i], actual[i], 1e-9, 1e-8, $"level {i}");
    }

    [Theory]
    [InlineData(303, 5, 150, 3000)] // 303 / 2 = 151, the largest multiple of 2·5 below
    [InlineData(700, 10, 340, 3000)]
    [InlineData(20_000, 10, 500, 12_000)] // 300 epochs of 40 steps
    [InlineData(3, 5, 5, 3000)]
    public void Settings_follow_the_size_of_the_table(int rows, int pac, int batch, long steps)
    {
        CtganSettings settings = CtganSettings.Resolve(new CtganOptions(), rows);
        Assert.Equal((pac, batch, steps), (settings.Pac, settings.Batch, settings.Steps));
    }

    private static Tensor Rows(Tape tape, double[][] rows)
    {
        Tensor t = tape.Input(new Shape(rows.Length, rows[0].Length));
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < rows[i].Length; j++)
                t.Values[(i * rows[i].Length) + j] = (float)rows[i][j];
        }

        return t;
    }

    private static void Put(JsonElement from, Parameter to)
    {
        double[] flat = from[0].ValueKind == JsonValueKind.Array ? [.. Golden.Matrix(from).SelectMany(r => r)] : Golden.Vector(from);
        Assert.Equal(flat.Length, to.Length);
        for (int i = 0; i < flat.Length; i++)
            to.Values[i] = (float)flat[i];
    }

    private static void AssertClose(double[][] expected, Tensor actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            for (int j = 0; j < expected[i].Length; j++)
                Golden.Close(expected[i][j], actual.Values[(i * expected[i].Length) + j], Tolerance, Tolerance, $"output [{i}, {j}]");
        }
    }
}

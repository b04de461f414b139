using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.Ghosts;
using Lethe.Synthesis.Tests.Series.Contracts;

namespace Lethe.Synthesis.Tests.Series.Ghosts;

public sealed class RegulariserTests
{
    /// <summary>Targets are summed in doubles by loops, terms on the tape by tensor operations: on the training stays themselves both agree.</summary>
    [Fact]
    public void The_training_stays_are_at_no_distance_from_themselves()
    {
        GhostsEncoder encoder = GhostsEncoderTests.Fit(ContractCohorts.Mixed(), out GhostsData data);
        Tape tape = new();
        Tensor?[] terms = Terms(encoder, data, Batch(tape, data, 0));
        for (int i = 0; i < terms.Length; i++)
            Assert.InRange(Assert.IsType<Tensor>(terms[i], exactMatch: false).Item, 0, 1e-4);
    }

    [Fact]
    public void Shifted_readings_are_far_in_moments_alone_and_noise_in_the_course()
    {
        GhostsEncoder encoder = GhostsEncoderTests.Fit(ContractCohorts.Mixed(), out GhostsData data);
        Tape tape = new();
        Tensor?[] shifted = Terms(encoder, data, Batch(tape, data, 0.1f));
        Assert.InRange(shifted[0]!.Item, 0.05, 10);
        Assert.InRange(shifted[1]!.Item, 0, 1e-3);
        Assert.InRange(shifted[5]!.Item, 0, 1e-3);
        GhostsBatch noisy = Batch(tape, data, 0);
        RandomStream random = new Seed(5).Stream("noise");
        foreach (ref float reading in noisy.Readings!.Values)
            reading += 0.3f * (float)random.NextGaussian();
        Tensor?[] rough = Terms(encoder, data, noisy);
        Assert.True(rough[1]!.Item > 0.02 && rough[5]!.Item > 0.005, $"autocorrelation {rough[1]!.Item}, variation {rough[5]!.Item}");
    }

    private static Tensor?[] Terms(GhostsEncoder encoder, GhostsData data, GhostsBatch batch) =>
        new Regularisers(SeriesTargets.Of(data), AttributeMoments.Of(data), data.Layout).Terms(batch);

    /// <summary>The training stays in the form that the generator gives.</summary>
    private static GhostsBatch Batch(Tape tape, GhostsData data, float shift)
    {
        GhostsLayout layout = data.Layout;
        int n = data.Count, steps = layout.Steps;
        Tensor row = tape.Input(data.Rows, new Shape(n, layout.RowWidth));
        Tensor step = row.SliceColumns(0, steps * layout.StepWidth).Reshape(new Shape(n, steps, layout.StepWidth));
        Tensor readings = tape.Input(new Shape(n, steps, layout.Numbers));
        for (int i = 0; i < readings.Length; i++)
            readings.Values[i] = data.Reading(i / (steps * layout.Numbers), i / layout.Numbers % steps, i % layout.Numbers) + shift;
        Tensor attributes = row.SliceColumns(steps * layout.StepWidth, layout.Attributes);
        Tensor masks = step.SliceColumns(layout.FirstMask, layout.Masks);
        return new GhostsBatch(row, attributes, step.SliceColumns(0, 1), readings, masks, data.Lengths, GhostsBatch.ReadingsBefore(masks, data.Lengths, steps, layout.Numbers));
    }
}

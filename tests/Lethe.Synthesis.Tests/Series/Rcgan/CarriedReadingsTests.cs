using Lethe.Data.Cohorts;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Rcgan;
using Lethe.Synthesis.Tests.Series.Contracts;

namespace Lethe.Synthesis.Tests.Series.Rcgan;

/// <summary>Generated stays must look to the discriminator as encoded ones do, or it tells them apart by their layout.</summary>
public sealed class CarriedReadingsTests
{
    private static readonly Cohort Stays = ContractCohorts.Mixed();
    private static readonly SeriesEncoder Encoder = SeriesEncoder.Fit(Stays, new SeriesGridOptions());

    /// <summary>Encoded stays with certain masks pass unchanged, cells between readings included.</summary>
    [Fact]
    public void Encoded_stays_are_a_fixed_point()
    {
        SeriesData data = Encoder.Encode(Stays);
        float[] signed = FittedRcgan.Signed(data.Cells);
        Tape tape = new();
        Tensor carried = CarriedReadings.Of(Encoder, data)!.Forward(tape.Input(signed, new Shape(data.Count, data.Steps, data.Width)), new Seed(1).Stream("bits"));
        for (int i = 0; i < data.Count; i++)
        {
            int valid = data.Lengths[i] * data.Width, at = i * data.Steps * data.Width;
            Assert.Equal(signed[at..(at + valid)], carried.Values.Slice(at, valid).ToArray());
        }
    }

    /// <summary>The gradient of a carried cell goes to the cell that it was carried from.</summary>
    [Fact]
    public void Gradients_go_to_the_reading_that_is_carried()
    {
        SeriesData data = Encoder.Encode(Stays).Take([0]);
        int steps = data.Steps, width = data.Width;
        float[] cells = new float[steps * width];
        for (int t = 0; t < steps; t++)
            cells.AsSpan((t * width) + Encoder.ValueWidth, Encoder.MaskWidth).Fill(t == 1 ? 1 : -1); // read at step 1 alone
        Tape tape = new();
        Parameter raw = new("raw", new Shape(1, steps, width));
        cells.CopyTo(raw.Values);
        Tensor carried = CarriedReadings.Of(Encoder, data)!.Forward(tape.Use(raw), new Seed(1).Stream("bits"));
        tape.Backward(Numerics.Ops.ReduceOps.Sum(Numerics.Ops.ConcatOps.SliceColumns(carried, 0, 1)), [raw]);
        for (int t = 0; t < steps; t++)
            Assert.Equal(t == 1 ? steps - 1 : 0, raw.Gradient[t * width]);
    }
}

using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Tests.Series.Contracts;

namespace Lethe.Synthesis.Tests.Series.Encoding;

public sealed class PilotCalibrationTests
{
    /// <summary>A pilot whose values are squeezed to the middle and whose channels are seen too seldom comes out like the training cells.</summary>
    [Fact]
    public void Squeezed_values_and_low_rates_come_back_to_those_of_training()
    {
        SeriesEncoder encoder = SeriesEncoder.Fit(ContractCohorts.Mixed(400), new SeriesGridOptions());
        SeriesData train = encoder.Encode(ContractCohorts.Mixed(400)), pilot = train with { Cells = [.. train.Cells] };
        RandomStream random = new Seed(3).Stream("pilot");
        foreach (int c in encoder.NumericChannels)
        {
            float[] observed = Observed(encoder, train, c, mask => mask != 0);
            for (int at = 0; at < pilot.Cells.Length; at += pilot.Width)
                pilot.Cells[at + encoder.ValueOf(c).First] = 0.4f + (0.2f * observed[random.NextInt(observed.Length)]);
        }

        for (int m = encoder.ValueWidth; m < pilot.Width; m++)
        {
            for (int at = m; at < pilot.Cells.Length; at += pilot.Width)
                pilot.Cells[at] = 0.05f + (0.1f * random.NextSingle());
        }

        PilotCalibration calibration = PilotCalibration.Fit(encoder, train, pilot, new Seed(4).Stream("observed"));
        float[] before = pilot.Column(encoder.ValueOf(encoder.NumericChannels[0]).First);
        calibration.Apply(encoder, pilot);
        for (int m = encoder.ValueWidth; m < pilot.Width; m++)
            Assert.Equal(train.Column(m).Average(), pilot.Column(m).Average(), 1e-4);
        foreach (int c in encoder.NumericChannels)
        {
            // Readings of 400 stays: standard errors of mean and deviation are below 0.008 on the scale of [0, 1].
            float[] wanted = Observed(encoder, train, c, mask => mask != 0), got = Observed(encoder, pilot, c, mask => random.NextDouble() < mask);
            Assert.Equal(wanted.Average(), got.Average(), 0.03);
            Assert.Equal(Deviation(wanted), Deviation(got), 0.03);
        }

        // Whoever was higher is not lower afterwards.
        float[] after = pilot.Column(encoder.ValueOf(encoder.NumericChannels[0]).First);
        Array.Sort(before, after);
        Assert.All(Enumerable.Range(1, after.Length - 1), i => Assert.True(after[i] >= after[i - 1] - 1e-6f));
    }

    private static float[] Observed(SeriesEncoder encoder, SeriesData data, int channel, Func<float, bool> observed)
    {
        float[] found = [.. data.Column(encoder.ValueOf(channel).First).Zip(data.Column(encoder.ValueWidth + channel)).Where(x => observed(x.Second)).Select(x => x.First)];
        Array.Sort(found);
        return found;
    }

    private static double Deviation(float[] x) => Math.Sqrt(x.Average(v => (v - x.Average()) * (v - x.Average())));
}

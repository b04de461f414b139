using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Series.Ghosts;
using Lethe.Synthesis.Tests.Series.Contracts;

namespace Lethe.Synthesis.Tests.Series.Ghosts;

public sealed class GhostsGeneratorTests
{
    [Fact]
    public void Generated_stays_have_the_form_of_encoded_ones()
    {
        GhostsEncoder encoder = GhostsEncoderTests.Fit(ContractCohorts.Mixed(), out _);
        GhostsGenerator generator = new(encoder, 5, 16, 16, new Seed(6));
        Tape tape = new();
        RandomStream noise = new Seed(7).Stream("noise");
        GhostsBatch batch = generator.Forward(tape, 40, generator.Statics(tape, 40, noise), noise, new Seed(7).Stream("bits"));
        GhostsData data = new(encoder.Layout, 40, batch.Row.Values.ToArray(), batch.Lengths);
        GhostsLayout layout = encoder.Layout;
        Assert.True(data.Lengths.Distinct().Count() > 1, "all stays have one length");
        for (int i = 0; i < 40; i++)
        {
            float time = 0;
            for (int t = 0; t < layout.Steps; t++)
            {
                Span<float> step = data.Step(i, t);
                if (t >= data.Lengths[i])
                    Assert.All(step[..layout.FirstFlag].ToArray(), v => Assert.Equal(0, v));
                if (t >= GenerationFlags.PaddingFrom(data.Lengths[i], layout.Block))
                    Assert.All(step.ToArray(), v => Assert.Equal(0, v));
                else
                    Assert.Equal(1, step[layout.FirstFlag] + step[layout.FirstFlag + 1], 5);
                for (int j = 0; j < layout.Channels; j++)
                {
                    float mask = step[layout.FirstMask + j];
                    Assert.True(mask is 0 or 1);
                    Assert.True(mask == 0 || data.Attributes(i)[layout.Statics + (2 * layout.Numbers) + j] == 0, "a channel that is never observed has a reading");
                    Assert.True(mask == 1 || j >= layout.Numbers || step[1 + j] == 0, "a value shows where nothing is observed");
                }

                time += t < data.Lengths[i] ? (float)(encoder.Gaps.Hours(step[0]) / encoder.Gaps.Window) : 0;
                Assert.Equal(t < data.Lengths[i] ? time : 0, step[layout.Time], 3);
            }
        }
    }
}

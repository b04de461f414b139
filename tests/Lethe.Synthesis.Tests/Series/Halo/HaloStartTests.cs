using Lethe.Data.Cohorts;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.Halo;
using Lethe.Synthesis.Tests.Series.Contracts;

namespace Lethe.Synthesis.Tests.Series.Halo;

public sealed class HaloStartTests
{
    private static readonly Cohort Stays = ContractCohorts.Mixed();
    private static readonly HaloCodec Codec = HaloCodec.Fit(Stays, 1, 6, 6);

    /// <summary>With bias and transition of a last reading, readings together keep the probability that bias alone gives them; after it, itself is the likelier the more it repeats.</summary>
    [Fact]
    public void Transitions_redistribute_readings_and_leave_unread_alone()
    {
        HaloRecords records = Codec.Encode(Stays);
        HaloNetwork network = new(Codec, 8, 1, 2, 0, new Seed(1));
        HaloStart.Set(network, Codec, records);
        int[] firsts = [.. network.TransitionRows];
        int looked = 0;
        for (int g = 0; g < Codec.Groups.Length; g++)
        {
            (CodeGroup group, int reading) = (Codec.Groups[g], Codec.FirstReading(g));
            if (group.Width - reading < 2)
                continue;
            looked++;
            int panel = Array.FindLastIndex(firsts, f => f <= group.First), at = group.First - firsts[panel];
            Parameter t = network.Transitions[panel];
            for (int last = reading; last < group.Width; last++)
            {
                double before = 0, after = 0;
                for (int next = 0; next < group.Width; next++)
                {
                    double bias = network.B2.Values[group.First + next], term = t.Values[((at + next) * t.Shape.Columns) + at + last];
                    if (next < reading)
                        Assert.Equal(0, term);
                    (before, after) = (before + (next < reading ? 0 : Math.Exp(bias)), after + (next < reading ? 0 : Math.Exp(bias + term)));
                }

                Assert.Equal(before, after, 1e-4);
            }

            for (int last = 0; last < reading; last++)
            {
                for (int next = 0; next < group.Width; next++)
                    Assert.Equal(0, t.Values[((at + next) * t.Shape.Columns) + at + last]);
            }
        }

        Assert.True(looked >= 3, $"{looked} channels");
    }

    /// <summary>Heart rate wanders slowly in these stays: each bin is likelier after itself than at large, the far end of the scale less likely.</summary>
    [Fact]
    public void A_slow_channel_starts_near_its_last_reading()
    {
        HaloRecords records = Codec.Encode(Stays);
        HaloNetwork network = new(Codec, 8, 1, 2, 0, new Seed(1));
        HaloStart.Set(network, Codec, records);
        int[] firsts = [.. network.TransitionRows];
        CodeGroup group = Codec.Groups[Codec.GapGroup + 1];
        int reading = Codec.FirstReading(Codec.GapGroup + 1), panel = Array.FindLastIndex(firsts, f => f <= group.First), at = group.First - firsts[panel];
        Parameter t = network.Transitions[panel];
        for (int k = reading; k < group.Width; k++)
            Assert.True(Term(k, k) > 0, $"bin {k - reading} is not likelier after itself");
        Assert.True(Term(reading, group.Width - 1) < -0.3f && Term(group.Width - 1, reading) < -0.3f, "the highest bin follows the lowest as often as ever");

        float Term(int next, int last) => t.Values[((at + next) * t.Shape.Columns) + at + last];
    }

    /// <summary>Those who die have lower scores on the fourth channel in these stays: so have their first readings from the start, and no other statics bear on them yet.</summary>
    [Fact]
    public void First_readings_start_with_the_outcome()
    {
        HaloRecords records = Codec.Encode(Stays);
        HaloNetwork network = new(Codec, 8, 1, 2, 0, new Seed(1));
        HaloStart.Set(network, Codec, records);
        CodeGroup group = Codec.Groups[Codec.GapGroup + 4], outcome = Codec.Groups[0];
        int lowest = group.First + Codec.FirstReading(Codec.GapGroup + 4), highest = group.First + group.Width - 1;
        Assert.Equal("died", Codec.Statics[0].Column.Name);
        Assert.True(Term(lowest, 1) > Term(lowest, 0) && Term(highest, 1) < Term(highest, 0), "scores do not fall with the outcome");
        for (int k = 0; k < Codec.Width; k++)
        {
            for (int s = outcome.Width; s < network.StaticWidth; s++)
                Assert.Equal(0, Term(k, s));
        }

        // For a first reading U and F count together.
        float Term(int code, int known) => network.First.Values[(code * network.StaticWidth) + known] + network.U.Values[(code * Codec.Width) + known];
    }
}

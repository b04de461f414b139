using Lethe.Data.Codecs;
using Lethe.Data.Cohorts;
using Lethe.Data.Tests.Cohorts;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Tests.Codecs;

public sealed class SequenceCodecTests
{
    [Fact]
    public void Event_sequences_round_trip_exactly()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            Cohort cohort = CohortSamples.Random(seed, duplicates: false);
            EventSequence sequence = EventSequenceCodec.Encode(cohort, out long duplicates);
            Assert.Equal(0, duplicates);
            Cohort back = EventSequenceCodec.Decode(sequence, cohort.Statics, cohort.Channels, "back", cohort.Outcomes);
            List<(int Stay, float Time, int Channel, float Value)> was = CohortSamples.Events(cohort), now = CohortSamples.Events(back);
            Assert.Equal(was.Count, now.Count);
            foreach (((int Stay, float Time, int Channel, float Value) a, (int Stay, float Time, int Channel, float Value) b) in was.Zip(now))
            {
                Assert.Equal((a.Stay, a.Channel, a.Value), (b.Stay, b.Channel, b.Value));
                Assert.Equal(a.Time, b.Time, 1.0 / 3600);
            }

            for (int i = 0; i < back.Count; i++)
            {
                for (int row = sequence.Offsets[i] + 1; row < sequence.Offsets[i + 1]; row++)
                    Assert.True(sequence.GapHours[row] > 0);
            }
        }
    }

    [Fact]
    public void Readings_that_share_time_and_channel_are_counted_and_the_last_is_kept()
    {
        CohortBuilder builder = new();
        builder.Add(0, 1, 0, 70);
        builder.Add(0, 1, 0, 75);
        builder.Add(0, 1, 1, 1);
        Cohort cohort = builder.Build("c", CohortSamples.Statics(1), CohortSamples.Channels, []);
        EventSequence sequence = EventSequenceCodec.Encode(cohort, out long duplicates);
        Assert.Equal(1, duplicates);
        Assert.Equal(75, sequence.Values[0]);
    }

    [Fact]
    public void Decoding_refuses_time_that_stands_still()
    {
        Cohort cohort = CohortSamples.Random(1, duplicates: false);
        EventSequence sequence = EventSequenceCodec.Encode(cohort, out _);
        int stay = Enumerable.Range(0, cohort.Count).First(i => sequence.Length(i) > 1);
        sequence.GapHours[sequence.Offsets[stay] + 1] = 0;
        Assert.Throws<ArgumentException>(() => EventSequenceCodec.Decode(sequence, cohort.Statics, cohort.Channels, "x", []));
    }

    [Fact]
    public void Tokens_decode_into_the_same_value_bin_and_time_bin()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            Cohort cohort = CohortSamples.Random(seed, stays: 40);
            TokenCodec codec = TokenCodec.Fit(cohort, bins: 8, binHours: 1);
            TokenSequence tokens = codec.Encode(cohort, out long leftOut);
            Assert.Equal(0, leftOut);
            Cohort back = codec.Decode(tokens, cohort.Statics, "back", cohort.Outcomes, new Seed(seed).Stream("decode"));
            TokenSequence again = codec.Encode(back, out _);
            Assert.Equal(tokens.StayOffsets, again.StayOffsets);
            Assert.Equal(tokens.VisitOffsets, again.VisitOffsets);
            Assert.Equal(tokens.GapSteps, again.GapSteps);
            Assert.Equal(tokens.Tokens, again.Tokens);
        }
    }

    [Fact]
    public void Every_token_describes_itself_and_a_channel_never_observed_has_none()
    {
        Cohort cohort = CohortSamples.Random(7, stays: 40);
        TokenCodec codec = TokenCodec.Fit(cohort, bins: 6);
        int[] perChannel = new int[cohort.Channels.Count];
        for (int token = 0; token < codec.TokenCount; token++)
        {
            (int channel, int bin) = codec.Describe(token);
            Assert.Equal(perChannel[channel]++, bin);
        }

        Assert.Equal(3, perChannel[2]);
        Assert.Equal(0, perChannel[4]);
        Assert.Throws<ArgumentException>(() => codec.TokenOf(4, 1f));
        Assert.Equal(codec.TokenOf(0, 1e9f), codec.TokenOf(0, 2e9f));
    }
}

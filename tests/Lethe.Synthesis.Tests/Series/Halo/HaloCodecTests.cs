using Lethe.Data.Cohorts;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Series.Halo;
using Lethe.Synthesis.Tests.Series.Contracts;

namespace Lethe.Synthesis.Tests.Series.Halo;

/// <summary>Codes and back: times, masks and levels exactly, readings within their bin.</summary>
public sealed class HaloCodecTests
{
    [Fact]
    public void Decoded_visits_have_the_steps_and_masks_of_the_encoded_ones()
    {
        Cohort train = ContractCohorts.Mixed();
        HaloCodec codec = HaloCodec.Fit(train, 1, 8, 8);
        HaloRecords records = codec.Encode(train);
        CohortBuilder builder = new();
        RandomStream stream = new Seed(1).Stream("decode");
        for (int i = 0; i < records.Count; i++)
        {
            int step = -1;
            (int Bin, float Value)[] latest = codec.Nothing;
            for (int r = 1; r < records.RowsOf(i); r++)
            {
                ReadOnlySpan<int> row = records.Row(i, r);
                step += codec.DrawGap(row[codec.GapGroup], stream);
                Assert.Equal(records.Time(i, r), step + 1);
                Assert.Equal(r + 1 == records.RowsOf(i) ? 1 : 0, row[codec.EndGroup]);
                codec.Decode(row, i, step, latest, builder, stream);
            }
        }

        Cohort decoded = builder.Build("decoded", train.Statics, train.Channels, train.Outcomes);
        Assert.Equal(Cells(train), Cells(decoded));
    }

    [Fact]
    public void Bins_give_back_the_distribution_of_ties_and_tails()
    {
        // 15 holds 40 % of the readings, as a coma score does; the rest is spread over 3 … 14.
        List<double> scores = [.. Enumerable.Repeat(15.0, 400), .. Enumerable.Range(0, 600).Select(i => 3.0 + (i % 12))];
        Assert.Equal(13, ValueBins.Fit([.. scores], 20, 1, clip: true).Count);
        ValueBins few = ValueBins.Fit([.. scores], 8, 1, clip: true);
        RandomStream stream = new Seed(2).Stream("draws");
        double[] back = [.. Enumerable.Range(0, 20).SelectMany(_ => scores.Select(s => few.Draw(few.BinOf(s), stream)))];
        Assert.InRange(back.Count(b => b == 15) / (double)back.Length, 0.38, 0.42);
        Assert.All(back, b => Assert.Equal(Math.Round(b), b));

        // A heavy right tail: uniform draws from equal-mass bins would raise the mean by a fifth, bins narrower in the tails do not.
        RandomStream tail = new Seed(3).Stream("tail");
        List<double> readings = [.. Enumerable.Range(0, 20_000).Select(_ => Math.Round(Math.Exp(tail.NextGaussian()), 2))];
        ValueBins bins = ValueBins.Fit([.. readings], 20, 0.01, clip: true);
        double mean = readings.Average(), drawn = readings.Average(r => bins.Draw(bins.BinOf(r), stream));
        Assert.InRange(drawn / mean, 0.96, 1.06);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(47)]
    public void Short_gaps_come_back_exactly_and_long_ones_to_within_a_third(int longest)
    {
        ValueBins gaps = ValueBins.OfGaps(longest);
        RandomStream stream = new Seed(5).Stream("gaps");
        for (int gap = 1; gap <= longest; gap++)
        {
            double back = gaps.Draw(gaps.BinOf(gap), stream);
            Assert.InRange(back, gap < 8 ? gap : gap * 0.7, gap < 8 ? gap : Math.Min(longest, gap * 1.4));
        }

        Assert.InRange(gaps.Count, 1, 15);
    }

    [Fact]
    public void A_reading_decodes_into_its_own_bin()
    {
        RandomStream stream = new Seed(4).Stream("readings");
        List<double> readings = [.. Enumerable.Range(0, 3000).Select(_ => Math.Round(80 + (15 * stream.NextGaussian())))];
        ValueBins bins = ValueBins.Fit([.. readings], 20, 1, clip: true);
        Assert.InRange(bins.Count, 15, 20);
        foreach (double r in readings)
            Assert.Equal(bins.BinOf(r), bins.BinOf(bins.Draw(bins.BinOf(r), stream)));
    }

    private static string[] Cells(Cohort cohort)
    {
        HashSet<string> cells = [];
        for (int i = 0; i < cohort.Count; i++)
        {
            StayEvents events = cohort[i];
            for (int e = 0; e < events.Count; e++)
                cells.Add($"{i} {(int)events.Times[e]} {events.Channels[e]}");
        }

        return [.. cells.Order(StringComparer.Ordinal)];
    }
}

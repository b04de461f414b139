using Lethe.Synthesis.Series.Ghosts;

namespace Lethe.Synthesis.Tests.Series.Ghosts;

public sealed class GenerationFlagsTests
{
    /// <summary>The examples for eight steps in blocks of four: 10 goes on, 01 ends, 00 padding.</summary>
    [Theory]
    [InlineData(2, "10 01 01 01 00 00 00 00")]
    [InlineData(4, "10 10 10 01 00 00 00 00")]
    [InlineData(6, "10 10 10 10 10 01 01 01")]
    [InlineData(8, "10 10 10 10 10 10 10 01")]
    [InlineData(1, "01 01 01 01 00 00 00 00")]
    public void Flags_are_those_of_the_published_code(int length, string expected) =>
        Assert.Equal(expected, string.Join(' ', Enumerable.Range(0, 8).Select(step => GenerationFlags.Of(step, length, 4)).Select(f => $"{f.Goes}{f.Ends}")));

    [Fact]
    public void Every_length_is_read_back_from_its_flags()
    {
        foreach (int block in (int[])[1, 2, 3, 4, 6, 12])
        {
            for (int length = 1; length <= 12; length++)
            {
                (float Goes, float Ends)[] flags = [.. Enumerable.Range(0, 12).Select(step => GenerationFlags.Of(step, length, block))];
                Assert.Equal(length, GenerationFlags.Length([.. flags.Select(f => f.Goes)], [.. flags.Select(f => f.Ends)]));
                int padding = GenerationFlags.PaddingFrom(length, block);
                Assert.All(flags[..padding], f => Assert.Equal(1, f.Goes + f.Ends));
                Assert.All(flags[padding..], f => Assert.Equal((0, 0), f));
            }
        }
    }

    [Fact]
    public void A_series_that_never_ends_has_all_steps() => Assert.Equal(5, GenerationFlags.Length([0.9f, 0.6f, 0.5f, 0.7f, 0.8f], [0.1f, 0.4f, 0.5f, 0.3f, 0.2f]));
}

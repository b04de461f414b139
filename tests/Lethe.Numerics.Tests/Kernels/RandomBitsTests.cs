using Lethe.Numerics.Kernels;
using Lethe.Numerics.Randomness;

namespace Lethe.Numerics.Tests.Kernels;

/// <summary>Numbers made of many draws at once are those of one draw after the other, bit by bit.</summary>
public sealed unsafe class RandomBitsTests
{
    private static readonly ulong[] Extreme = [0, ulong.MaxValue, 1, 1UL << 63, uint.MaxValue, (ulong)uint.MaxValue << 32, 0x8000_0000, 0xFFFUL, 0x1000, ulong.MaxValue - 0xFFF, 0x7FFF_FFFF_8000_0000];

    public static TheoryData<int> Counts => [.. Enumerable.Range(0, 27), 1000];

    [Theory]
    [MemberData(nameof(Counts))]
    public void Halves_are_signed_numbers(int count)
    {
        ulong[] draws = Draws(count);
        Real[] low = new Real[count + 1], high = new Real[count + 1];
        fixed (ulong* d = draws)
        fixed (Real* l = low, h = high)
            RandomBits.SignedHalves(d, count, l, h);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal((Real)Signed(draws[i], 0), low[i]);
            Assert.Equal((Real)Signed(draws[i], 1), high[i]);
        }

        Assert.Equal((0, 0), (low[count], high[count]));
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Open_units_are_those_of_a_single_draw(int count)
    {
        ulong[] draws = Draws(count);
        Real[] units = new Real[count + 1];
        fixed (ulong* d = draws)
        fixed (Real* u = units)
            RandomBits.OpenUnits(d, count, u);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal((Real)Math.Min(RandomStream.ToOpenUnit(draws[i]), 1 - 6e-8), units[i]);
            Assert.InRange(units[i], Real.Epsilon, 1 - (Real)5e-8);
        }

        Assert.Equal(0, units[count]);
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Masks_compare_halves_with_the_threshold(int count)
    {
        ulong[] draws = Draws(count);
        foreach (uint threshold in new uint[] { 0, 1, 0x8000_0000, 0xC000_0000, uint.MaxValue })
        {
            Real[] masks = new Real[(2 * count) + 1];
            fixed (ulong* d = draws)
            fixed (Real* m = masks)
                RandomBits.Masks((uint*)d, 2 * count, threshold, 4, m);
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(Half(draws[i], 0) < threshold ? 0 : 4, masks[2 * i]);
                Assert.Equal(Half(draws[i], 1) < threshold ? 0 : 4, masks[(2 * i) + 1]);
            }

            Assert.Equal(0, masks[^1]);
        }
    }

    private static uint Half(ulong draw, int which) => BitConverter.ToUInt32(BitConverter.GetBytes(draw), 4 * which);

    private static int Signed(ulong draw, int which) => BitConverter.ToInt32(BitConverter.GetBytes(draw), 4 * which);

    private static ulong[] Draws(int count)
    {
        ulong[] draws = new ulong[count];
        new Seed(3).Stream("bits").FillBits(draws);
        for (int i = 0; i < count && i < Extreme.Length; i++)
            draws[count - 1 - i] = Extreme[i];
        return draws;
    }
}

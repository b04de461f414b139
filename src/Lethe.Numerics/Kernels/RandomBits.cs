using System.Runtime.Intrinsics;
using Lethe.Numerics.Randomness;

namespace Lethe.Numerics.Kernels;

/// <summary>Numbers from random bits, many at a time: the same on every machine, with vectors or without.</summary>
internal static unsafe class RandomBits
{
    // The largest number below 1 that single precision holds is 1 − 6e-8.
    private const double BelowOne = 1 - 6e-8;

    private static bool Vectors => typeof(Real) == typeof(float) && Vector256.IsHardwareAccelerated;

    /// <summary>The two halves of every draw as signed whole numbers.</summary>
    public static void SignedHalves(ulong* draws, int count, Real* low, Real* high)
    {
        int i = 0;
        for (; Vectors && i + 8 <= count; i += 8)
        {
            Vector256<ulong> first = Vector256.Load(draws + i), second = Vector256.Load(draws + i + 4);
            Vector256.ConvertToSingle(Vector256.Narrow(first, second).AsInt32()).Store((float*)low + i);
            Vector256.ConvertToSingle(Vector256.Narrow(first >> 32, second >> 32).AsInt32()).Store((float*)high + i);
        }

        for (; i < count; i++)
        {
            low[i] = (int)draws[i];
            high[i] = (int)(draws[i] >> 32);
        }
    }

    /// <summary>Uniforms on (0, 1) as <see cref="RandomStream.NextOpenDouble"/> makes them, kept below 1 after rounding.</summary>
    public static void OpenUnits(ulong* draws, int count, Real* units)
    {
        int i = 0;
        for (; Vectors && i + 8 <= count; i += 8)
            Vector256.Narrow(OpenUnits(Vector256.Load(draws + i)), OpenUnits(Vector256.Load(draws + i + 4))).Store((float*)units + i);
        for (; i < count; i++)
            units[i] = (Real)Math.Min(RandomStream.ToOpenUnit(draws[i]), BelowOne);
    }

    /// <summary>0 where a draw of 32 bits lies below the threshold, else <paramref name="kept"/>; the lower half of 64 bits comes first.</summary>
    public static void Masks(uint* draws, int count, uint threshold, Real kept, Real* masks)
    {
        int i = 0;
        if (Vectors)
        {
            Vector256<uint> limit = Vector256.Create(threshold);
            Vector256<float> one = Vector256.Create((float)kept);
            for (; i + 8 <= count; i += 8)
                Vector256.AndNot(one, Vector256.LessThan(Vector256.Load(draws + i), limit).AsSingle()).Store((float*)masks + i);
        }

        ReadOnlySpan<Real> values = [0, kept]; // looked up: a branch on a random bit is foretold wrongly half of the time
        for (; i < count; i++)
            masks[i] = values[draws[i] < threshold ? 0 : 1];
    }

    // 52 bits as the fraction of a number in [1, 2), less 1, and half a step up: nothing is rounded.
    private static Vector256<double> OpenUnits(Vector256<ulong> draws)
    {
        Vector256<double> unit = (draws >> 12 | Vector256.Create(0x3FF0_0000_0000_0000UL)).AsDouble() - Vector256.Create(1.0);
        return Vector256.Min(unit + Vector256.Create(0.5 / (1L << 52)), Vector256.Create(BelowOne));
    }
}

using System.Numerics;

namespace Lethe.Numerics.Randomness;

/// <summary>
/// A repeatable stream of random numbers (xoshiro256**, Blackman and Vigna 2021). Obtained from a <see cref="Seed"/> by
/// name; never shared between purposes, never ambient. Not thread-safe. Not for privacy noise: that comes from the
/// operating system.
/// </summary>
public sealed class RandomStream
{
    private ulong _s0, _s1, _s2, _s3;
    private double _spareGaussian = double.NaN;

    internal RandomStream(ulong key)
    {
        // SplitMix64 fills the state, as the generator's authors advise; it never yields the forbidden all-zero state.
        _s0 = Seed.SplitMix(ref key);
        _s1 = Seed.SplitMix(ref key);
        _s2 = Seed.SplitMix(ref key);
        _s3 = Seed.SplitMix(ref key);
    }

    private RandomStream()
    {
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Fills with random bits: the same numbers as that many calls of <see cref="NextUInt64"/>, several times faster, since the state stays in registers.</summary>
    public void FillBits(Span<ulong> bits)
    {
        ulong s0 = _s0, s1 = _s1, s2 = _s2, s3 = _s3;
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = BitOperations.RotateLeft(s1 * 5, 7) * 9;
            ulong t = s1 << 17;
            s2 ^= s0;
            s3 ^= s1;
            s1 ^= s2;
            s0 ^= s3;
            s2 ^= t;
            s3 = BitOperations.RotateLeft(s3, 45);
        }

        (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);
    }

    /// <summary>Uniform on [0, 1), 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform on (0, 1): both ends excluded, so that logarithms and quantile functions stay finite.</summary>
    public double NextOpenDouble() => ToOpenUnit(NextUInt64());

    /// <summary>What <see cref="NextOpenDouble"/> makes of 64 random bits: (its upper 52 bits + ½)/2⁵².</summary>
    internal static double ToOpenUnit(ulong bits) => ((long)(bits >> 12) + 0.5) * (1.0 / (1L << 52)); // a signed number converts in one instruction

    /// <summary>Uniform on [0, 1), 24 bits.</summary>
    public float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform on {0, …, <paramref name="exclusiveMax"/> − 1}, without modulo bias (Lemire 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is not positive.</exception>
    public int NextInt(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);
        uint range = (uint)exclusiveMax;
        ulong product = (NextUInt64() >> 32) * range;
        uint low = (uint)product;
        if (low < range)
        {
            uint threshold = (0u - range) % range;
            while (low < threshold)
            {
                product = (NextUInt64() >> 32) * range;
                low = (uint)product;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>True with probability <paramref name="p"/>.</summary>
    public bool NextBool(double p = 0.5) => NextDouble() < p;

    /// <summary>Standard normal (polar method of Marsaglia; draws come in pairs, the second is kept).</summary>
    public double NextGaussian()
    {
        if (!double.IsNaN(_spareGaussian))
        {
            double spare = _spareGaussian;
            _spareGaussian = double.NaN;
            return spare;
        }

        double u, v, s;
        do
        {
            u = (2 * NextDouble()) - 1;
            v = (2 * NextDouble()) - 1;
            s = (u * u) + (v * v);
        }
        while (s >= 1 || s == 0);

        double factor = Math.Sqrt(-2 * Math.Log(s) / s);
        _spareGaussian = v * factor;
        return u * factor;
    }

    /// <summary>Fills with independent standard normals.</summary>
    public void FillGaussian(Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)NextGaussian();
    }

    /// <summary>Fills with independent uniforms on [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public void FillUniform(Span<float> values, float low = 0, float high = 1)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = low + ((high - low) * NextSingle());
    }

    /// <summary>Draws an index with probability proportional to <paramref name="weights"/> (non-negative, not all zero).</summary>
    /// <exception cref="ArgumentException">No weight is positive.</exception>
    public int NextIndex(ReadOnlySpan<double> weights)
    {
        double total = 0;
        foreach (double w in weights)
            total += w;
        if (!(total > 0) || double.IsInfinity(total))
            throw new ArgumentException("A weighted draw needs finite weights with a positive sum.", nameof(weights));

        double u = NextDouble() * total;
        int last = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= 0)
                continue;
            last = i;
            u -= weights[i];
            if (u < 0)
                return i;
        }

        return last;
    }

    /// <summary>Shuffles in place (Fisher–Yates).</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>A random permutation of 0 … <paramref name="n"/> − 1.</summary>
    public int[] Permutation(int n)
    {
        int[] order = new int[n];
        for (int i = 0; i < n; i++)
            order[i] = i;
        Shuffle<int>(order);
        return order;
    }

    /// <summary>The state as five words, for checkpoints.</summary>
    public ulong[] SaveState() => [_s0, _s1, _s2, _s3, BitConverter.DoubleToUInt64Bits(_spareGaussian)];

    /// <summary>A stream that continues where <see cref="SaveState"/> was called.</summary>
    /// <exception cref="ArgumentException">The state does not have five words or is all zero.</exception>
    public static RandomStream FromState(ReadOnlySpan<ulong> state)
    {
        if (state.Length != 5 || (state[0] | state[1] | state[2] | state[3]) == 0)
            throw new ArgumentException("A stream's state has five words of which the first four are not all zero.", nameof(state));
        return new RandomStream
        {
            _s0 = state[0],
            _s1 = state[1],
            _s2 = state[2],
            _s3 = state[3],
            _spareGaussian = BitConverter.UInt64BitsToDouble(state[4]),
        };
    }
}

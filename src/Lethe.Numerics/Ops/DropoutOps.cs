using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Dropout (Srivastava et al. 2014), inverted: kept elements are scaled up, so evaluation needs no change.</summary>
public static unsafe class DropoutOps
{
    /// <summary>Each element is set to 0 with probability <paramref name="probability"/> and divided by 1 − probability otherwise.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="probability">In [0, 1); 0 returns x itself.</param>
    /// <param name="stream">Source of the mask.</param>
    public static Tensor Dropout(this Tensor x, double probability, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(stream);
        if (!(probability >= 0 && probability < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "Dropout: the probability lies in [0, 1).");
        if (probability == 0)
            return x;
        Tensor mask = x.RequireTape("Dropout").Allocate(x.Shape);
        Fill(mask.Values, probability, stream);
        return x * mask;
    }

    // Two draws of 32 bits from each 64: the probability is met to 2⁻³².
    internal static void Fill(Span<Real> mask, double probability, RandomStream stream)
    {
        uint threshold = (uint)Math.Min(probability * 4294967296.0, uint.MaxValue);
        Real kept = (Real)(1 / (1 - probability));
        const int Chunk = 256;
        ulong* bits = stackalloc ulong[Chunk];
        fixed (Real* to = mask)
        {
            for (int from = 0; from < mask.Length; from += 2 * Chunk)
            {
                int count = Math.Min(2 * Chunk, mask.Length - from), draws = (count + 1) / 2;
                stream.FillBits(new Span<ulong>(bits, draws));
                if (count % 2 == 1)
                    bits[draws - 1] >>= 32; // a single number takes the upper half
                RandomBits.Masks((uint*)bits, count, threshold, kept, to + from);
            }
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Lethe.Numerics.Kernels;

/// <summary>Asks for memory before it is needed, where the processor can be asked; changes no result.</summary>
internal static unsafe class Prefetch
{
    private const int LineBytes = 64;

    /// <summary>Fetches the cache lines of <paramref name="length"/> elements into the first level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Range(Real* from, int length)
    {
        if (!Sse.IsSupported)
            return;
        byte* end = (byte*)(from + length);
        for (byte* line = (byte*)((nint)from & ~(nint)(LineBytes - 1)); line < end; line += LineBytes)
            Sse.Prefetch0(line);
    }
}

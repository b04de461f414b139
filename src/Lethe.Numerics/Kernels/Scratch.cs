namespace Lethe.Numerics.Kernels;

/// <summary>What a thread's scratch memory is for; each purpose has its own buffer, so nested kernels never share one.</summary>
internal enum ScratchSlot
{
    PackedA,
    PackedB,
    EdgeTile,
    Reduction,
    Operation,
    OperationB,
    Count,
}

/// <summary>
/// Scratch memory of the calling thread: grows to the largest request, is kept for the thread's life, is 64-byte aligned
/// and never zeroed. A buffer is valid until the same slot is asked for again on the same thread.
/// </summary>
internal static unsafe class Scratch
{
    // Kernels own no memory and have no instance to keep it in; a thread's buffers are its own, so nothing is shared.
    [ThreadStatic]
    private static Real[]?[]? _buffers;

    public static Real* Get(ScratchSlot slot, int length)
    {
        Real[]?[] buffers = _buffers ??= new Real[(int)ScratchSlot.Count][];
        Real[]? buffer = buffers[(int)slot];
        if (buffer is null || buffer.Length < length + 16)
            buffers[(int)slot] = buffer = GC.AllocateUninitializedArray<Real>(Math.Max(length + (length / 4), 1024) + 16, pinned: true);
        return Align(buffer);
    }

    /// <summary>The first 64-byte boundary in a pinned array.</summary>
    public static Real* Align(Real[] pinned)
    {
        nuint address = (nuint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(pinned));
        return (Real*)((address + 63) & ~(nuint)63);
    }
}

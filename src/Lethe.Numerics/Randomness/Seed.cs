using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Lethe.Numerics.Randomness;

/// <summary>
/// A node in the tree of a run's seeds. Children are derived by name, so that a draw added in one place never shifts a
/// draw in another. Immutable. The same value, name path and index give the same stream on every machine.
/// </summary>
/// <param name="Value">The 64-bit key of this node.</param>
public readonly record struct Seed(ulong Value)
{
    /// <summary>The child named <paramref name="purpose"/>, e.g. <c>"split"</c>, <c>"init"</c>, <c>"batch"</c>, <c>"sample"</c>.</summary>
    public Seed Derive(string purpose) => Derive(purpose, 0);

    /// <summary>The child named <paramref name="purpose"/> with a running number, e.g. a fold, a repeat or a chunk.</summary>
    public Seed Derive(string purpose, long index)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        byte[] name = Encoding.UTF8.GetBytes(purpose);
        Span<byte> message = new byte[16 + name.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(message, Value);
        BinaryPrimitives.WriteInt64LittleEndian(message[8..], index);
        name.CopyTo(message[16..]);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(message, hash);
        return new Seed(BinaryPrimitives.ReadUInt64LittleEndian(hash));
    }

    /// <summary>A fresh stream at this node. Two calls give two equal streams.</summary>
    public RandomStream Stream() => new(Value);

    /// <summary>A fresh stream at the child named <paramref name="purpose"/>.</summary>
    public RandomStream Stream(string purpose, long index = 0) => Derive(purpose, index).Stream();

    internal static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

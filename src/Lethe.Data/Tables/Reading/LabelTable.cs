using System.Text;

namespace Lethe.Data.Tables.Reading;

/// <summary>
/// Distinct labels in order of first appearance, looked up by their UTF-8 bytes so that reading a cell makes no string.
/// Open addressing with linear probing, at most half full. Not thread-safe.
/// </summary>
internal sealed class LabelTable
{
    private int[] _slots = new int[16];
    private Entry[] _entries = new Entry[8];
    private byte[] _bytes = new byte[256];
    private int _used;

    /// <summary>Number of distinct labels.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of all labels together.</summary>
    public int ByteCount => _used;

    /// <summary>The code of a label, or −1 when it is not in the table.</summary>
    public int Find(ReadOnlySpan<byte> label)
    {
        int slot = Slot(label, Hash(label));
        return _slots[slot] == 0 ? -1 : _entries[_slots[slot] - 1].Code;
    }

    /// <summary>The code of a label, which is added with the next free code when it is new.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> label)
    {
        int code = Find(label);
        if (code >= 0)
            return code;
        Alias(label, Count);
        return Count - 1;
    }

    /// <summary>Adds a spelling of the label that has <paramref name="code"/>; the spelling must be new.</summary>
    public void Alias(ReadOnlySpan<byte> label, int code)
    {
        if (2 * (Count + 1) > _slots.Length)
            Grow();
        if (_used + label.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _used + label.Length));
        label.CopyTo(_bytes.AsSpan(_used));
        ulong hash = Hash(label);
        int slot = Slot(label, hash);
        if (Count == _entries.Length)
            Array.Resize(ref _entries, 2 * Count);
        _entries[Count++] = new Entry(hash, _used, label.Length, code);
        _slots[slot] = Count;
        _used += label.Length;
    }

    /// <summary>The label at a position of first appearance.</summary>
    public string this[int index] => Encoding.UTF8.GetString(Bytes(index));

    /// <summary>The label's bytes at a position of first appearance.</summary>
    public ReadOnlySpan<byte> Bytes(int index) => _bytes.AsSpan(_entries[index].Start, _entries[index].Length);

    /// <summary>The label's hash at a position of first appearance.</summary>
    public ulong HashAt(int index) => _entries[index].Hash;

    /// <summary>64-bit FNV-1a with a final mix: equal on every machine, 2.7e-8 chance of any clash among a million labels.</summary>
    public static ulong Hash(ReadOnlySpan<byte> label)
    {
        unchecked // modular arithmetic is the definition of the hash
        {
            ulong h = 14695981039346656037UL;
            foreach (byte b in label)
                h = (h ^ b) * 1099511628211UL;
            h = (h ^ (h >> 32)) * 0xD6E8FEB86659FD93UL;
            return h ^ (h >> 32);
        }
    }

    private int Slot(ReadOnlySpan<byte> label, ulong hash)
    {
        int mask = _slots.Length - 1;
        int slot = (int)(hash & (uint)mask);
        while (_slots[slot] != 0)
        {
            ref readonly Entry e = ref _entries[_slots[slot] - 1];
            if (e.Hash == hash && _bytes.AsSpan(e.Start, e.Length).SequenceEqual(label))
                return slot;
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        _slots = new int[2 * _slots.Length];
        int mask = _slots.Length - 1;
        for (int i = 0; i < Count; i++)
        {
            int slot = (int)(_entries[i].Hash & (uint)mask);
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = i + 1;
        }
    }

    private readonly record struct Entry(ulong Hash, int Start, int Length, int Code);
}

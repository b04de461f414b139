namespace Lethe.Data.Schemas.Inference;

/// <summary>Counts distinct texts by their 64-bit hashes: 8 bytes a slot, at most half full, up to a limit. Not thread-safe.</summary>
internal sealed class DistinctHashes
{
    private const int MaxCount = 1 << 24;
    private ulong[] _slots = new ulong[1 << 12];
    private bool _zero;
    private int _used;

    /// <summary>Number of distinct hashes.</summary>
    public long Count => _used + (_zero ? 1 : 0);

    /// <summary>True when no more are counted.</summary>
    public bool IsFull => _used >= MaxCount;

    /// <summary>Adds one.</summary>
    public void Add(ulong hash)
    {
        if (hash == 0)
        {
            _zero = true;
            return;
        }

        if (2 * (_used + 1) > _slots.Length)
            Grow();
        int slot = Slot(hash);
        if (_slots[slot] == hash)
            return;
        _slots[slot] = hash;
        _used++;
    }

    private int Slot(ulong hash)
    {
        int mask = _slots.Length - 1;
        int slot = (int)(hash & (uint)mask);
        while (_slots[slot] != 0 && _slots[slot] != hash)
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        ulong[] old = _slots;
        _slots = new ulong[2 * old.Length];
        foreach (ulong h in old)
        {
            if (h != 0)
                _slots[Slot(h)] = h;
        }
    }
}

namespace Lethe.Data.Tables.Reading;

/// <summary>A list that grows by whole chunks, so that growing copies nothing; its array is made once at the end.</summary>
internal sealed class ChunkedList<T>
{
    private const int ChunkSize = 1 << 14;
    private readonly List<T[]> _chunks = [];

    /// <summary>Number of items.</summary>
    public int Count { get; private set; }

    /// <summary>Appends.</summary>
    public void Add(T item)
    {
        int offset = Count % ChunkSize;
        if (offset == 0 && Count / ChunkSize == _chunks.Count)
            _chunks.Add(new T[ChunkSize]);
        _chunks[Count / ChunkSize][offset] = item;
        Count++;
    }

    /// <summary>Takes the last item away.</summary>
    public void RemoveLast() => Count--;

    /// <summary>All items as one array; the list is empty afterwards, its chunks freed as they are copied.</summary>
    public T[] Drain()
    {
        T[] all = new T[Count];
        for (int i = 0; i < _chunks.Count; i++)
        {
            int start = i * ChunkSize;
            _chunks[i].AsSpan(0, Math.Min(ChunkSize, Math.Max(0, Count - start))).CopyTo(all.AsSpan(Math.Min(start, Count)));
            _chunks[i] = [];
        }

        _chunks.Clear();
        Count = 0;
        return all;
    }
}

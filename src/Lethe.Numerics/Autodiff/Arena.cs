using Lethe.Numerics.Kernels;

namespace Lethe.Numerics.Autodiff;

/// <summary>
/// The memory of a tape. Buffers are cut off the end of a block; those given back during the backward pass serve later
/// requests of the same size; all return together at <see cref="Reset"/>. The same sequence of requests gives the same
/// addresses. After the first step one block holds everything, so a step allocates nothing.
/// </summary>
internal sealed unsafe class Arena
{
    private const int SmallestBlock = 1 << 15;
    private readonly List<Real[]> _blocks = [];
    private readonly Dictionary<int, Stack<nint>> _free = [];
    private Real* _next, _end;
    private long _inEarlierBlocks;
    private Real* _start;

    /// <summary>Elements handed out since the last reset, without those given back and used again.</summary>
    public long Used => _inEarlierBlocks + (_next - _start);

    /// <summary>The most that <see cref="Used"/> has been.</summary>
    public long Peak { get; private set; }

    public Real* Rent(int length)
    {
        int size = Math.Max(16, (length + 15) & ~15);
        if (_free.TryGetValue(size, out Stack<nint>? stack) && stack.TryPop(out nint reused))
            return (Real*)reused;
        if (_end - _next < size)
            AddBlock(size);
        Real* buffer = _next;
        _next += size;
        if (Used > Peak)
            Peak = Used;
        return buffer;
    }

    public void Return(Real* buffer, int length)
    {
        int size = Math.Max(16, (length + 15) & ~15);
        if (!_free.TryGetValue(size, out Stack<nint>? stack))
            _free[size] = stack = new Stack<nint>();
        stack.Push((nint)buffer);
    }

    public void Reset()
    {
        foreach (Stack<nint> stack in _free.Values)
            stack.Clear();
        if (_blocks.Count > 1)
        {
            _blocks.Clear();
            _next = _end = _start = null;
            _inEarlierBlocks = 0;
            // Room for the peak and a sixteenth more, so that batches of slightly varying size stay in one block.
            AddBlock(checked((int)Math.Min(Peak + (Peak / 16), Array.MaxLength - 16)));
        }

        _inEarlierBlocks = 0;
        _next = _start;
    }

    /// <summary>Makes sure one block holds this many elements. Only before anything is rented.</summary>
    public void Reserve(int length)
    {
        if (_blocks.Count > 0 && _end - _start >= length)
            return;
        _blocks.Clear();
        _next = _end = _start = null;
        _inEarlierBlocks = 0;
        AddBlock(length);
    }

    private void AddBlock(int atLeast)
    {
        int last = _blocks.Count == 0 ? SmallestBlock : _blocks[^1].Length;
        int size = Math.Max(atLeast, (int)Math.Min(2L * last, 1L << 28));
        Real[] block = GC.AllocateUninitializedArray<Real>(size + 16, pinned: true);
        _inEarlierBlocks += _next - _start;
        _blocks.Add(block);
        _start = _next = Scratch.Align(block);
        HugePages.Wish(_start, (long)size * sizeof(Real));
        _end = _start + size;
    }
}

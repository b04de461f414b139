namespace Lethe.Numerics.Threading;

/// <summary>
/// Background threads that help with one job at a time. A job is a function pointer and a number of parts; whoever is free
/// takes the next part. No allocation per job. Helpers spin for about 20 µs after a job, since the next kernel of a
/// training step usually follows at once, then sleep.
/// </summary>
#pragma warning disable CA1001 // One pool lives as long as the process; its helpers are background threads.
internal sealed unsafe class WorkerPool
#pragma warning restore CA1001
{
    private const int SpinsBeforeSleep = 200;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Thread?[] _threads;
    private int _busy;
    private int _sleeping;
    private int _finished;
    private int _parts;
    private int _helpers;
    private void* _state;
    private delegate*<void*, int, void> _body;
    private Exception? _failure;

    // Job number in the high half, next part in the low half: a helper that wakes late cannot take a part of a job it has
    // not read, because the exchange of the whole word fails.
    private long _ticket;

    public WorkerPool(int helpers) => _threads = new Thread?[Math.Max(helpers, 0)];

    /// <summary>False when the pool serves another caller (the calling thread should then work alone).</summary>
    public bool TryRun(int parts, int threads, void* state, delegate*<void*, int, void> body)
    {
        if (_threads.Length == 0 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
            return false;
        // Close the finished job before its fields change: a helper still holding its number must not claim a part of the new one.
        long job = (Volatile.Read(ref _ticket) >> 32) + 1;
        Interlocked.Exchange(ref _ticket, ((job - 1) << 32) | int.MaxValue);
        _state = state;
        _body = body;
        _parts = parts;
        _failure = null;
        _helpers = Math.Min(threads - 1, _threads.Length);
        Volatile.Write(ref _finished, 0);
        Volatile.Write(ref _ticket, job << 32);
        Start(Math.Min(_helpers, parts - 1));
        Work(job);
        SpinWait spin = default;
        while (Volatile.Read(ref _finished) < parts)
            spin.SpinOnce(sleep1Threshold: -1);
        Exception? failure = _failure;
        Volatile.Write(ref _busy, 0);
        if (failure is not null)
            throw new InvalidOperationException("A kernel failed on a helper thread.", failure);
        return true;
    }

    private void Start(int helpers)
    {
        for (int i = 0; i < helpers; i++)
        {
            if (_threads[i] is null)
            {
                int index = i;
                _threads[i] = new Thread(() => Help(index)) { IsBackground = true, Name = $"Lethe compute {i + 1}" };
                _threads[i]!.Start();
            }
        }

        // The fence orders the job's publication before the look at the sleepers (a sleeper announces itself, then looks again).
        Interlocked.MemoryBarrier();
        int asleep = Volatile.Read(ref _sleeping);
        if (asleep > 0)
            _wake.Release(asleep);
    }

    private void Help(int index)
    {
        long seen = -1;
        while (true)
        {
            long job = WaitForJob(seen);
            seen = job;
            if (index < Volatile.Read(ref _helpers))
                Work(job);
        }
    }

    private long WaitForJob(long seen)
    {
        for (int spins = 0; spins < SpinsBeforeSleep; spins++)
        {
            long job = Volatile.Read(ref _ticket) >> 32;
            if (job > seen && job > 0)
                return job;
            Thread.SpinWait(20);
        }

        while (true)
        {
            Interlocked.Increment(ref _sleeping);
            long job = Volatile.Read(ref _ticket) >> 32;
            if (job > seen && job > 0)
            {
                Interlocked.Decrement(ref _sleeping);
                return job;
            }

            _wake.Wait();
            Interlocked.Decrement(ref _sleeping);
        }
    }

    private void Work(long job)
    {
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket);
            int part = (int)ticket;
            void* state = _state;
            delegate*<void*, int, void> body = _body;
            if (ticket >> 32 != job || part >= Volatile.Read(ref _parts))
                return;
            if (Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket) != ticket)
                continue;
            try
            {
                body(state, part);
            }
            catch (Exception e)
            {
                _failure = e;
            }

            Interlocked.Increment(ref _finished);
        }
    }
}

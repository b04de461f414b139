namespace Lethe.Numerics.Threading;

/// <summary>
/// How many threads the kernels of this process may use. One pool serves everybody: a kernel that finds it busy runs on
/// the thread it was called from, so nested or concurrent work never starts more threads than there are. Results do not
/// depend on any of this: work is split so that every sum keeps its order.
/// </summary>
public static class ComputeThreads
{
    private static readonly WorkerPool Pool = new(Environment.ProcessorCount - 1);

    // The one setting of the process that the design asks for; everything else is passed in.
    private static int _maximum = Environment.ProcessorCount;

    [ThreadStatic]
    private static int _limit;

    /// <summary>Most threads of one kernel, the caller's own included. Default: all processors. Range: 1 … processors.</summary>
    public static int Maximum
    {
        get => Volatile.Read(ref _maximum);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            Volatile.Write(ref _maximum, Math.Min(value, Environment.ProcessorCount));
        }
    }

    /// <summary>Threads that a kernel called here may use now.</summary>
    public static int Available => _limit > 0 ? Math.Min(_limit, Maximum) : Maximum;

    /// <summary>
    /// Limits kernels called from the current thread until the result is disposed, e.g. to 1 in each of four fits that run
    /// at once. Limits nest; the smallest holds.
    /// </summary>
    public static Scope Limit(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        int before = _limit;
        _limit = before > 0 ? Math.Min(before, threads) : threads;
        return new Scope(before);
    }

    /// <summary>Calls <paramref name="body"/> for parts 0 … <paramref name="parts"/> − 1, on several threads where some are free.</summary>
    internal static unsafe void Run(int parts, int threads, void* state, delegate*<void*, int, void> body)
    {
        if (parts > 1 && threads > 1 && Pool.TryRun(parts, threads, state, body))
            return;
        for (int part = 0; part < parts; part++)
            body(state, part);
    }

    /// <summary>Threads worth using for this much arithmetic: below about 1 MFLOP each, a second thread costs more than it gives.</summary>
    internal static int For(double flops) => Math.Clamp((int)(flops / 1e6), 1, Available);

    /// <summary>Restores the limit that was in force before; see <see cref="Limit"/>.</summary>
    public readonly struct Scope : IDisposable, IEquatable<Scope>
    {
        private readonly int _before;

        internal Scope(int before) => _before = before;

        /// <inheritdoc/>
        public void Dispose() => _limit = _before;

        /// <inheritdoc/>
        public bool Equals(Scope other) => _before == other._before;

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Scope other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => _before;

        /// <summary>Equality of the remembered limit.</summary>
        public static bool operator ==(Scope left, Scope right) => left.Equals(right);

        /// <summary>Inequality of the remembered limit.</summary>
        public static bool operator !=(Scope left, Scope right) => !left.Equals(right);
    }
}

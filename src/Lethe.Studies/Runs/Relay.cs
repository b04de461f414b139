namespace Lethe.Studies.Runs;

/// <summary>Progress that is passed on at once, on the reporting thread; <see cref="Progress{T}"/> would reorder it over the thread pool.</summary>
internal sealed class Relay<T>(Action<T> to) : IProgress<T>
{
    public void Report(T value) => to(value);
}

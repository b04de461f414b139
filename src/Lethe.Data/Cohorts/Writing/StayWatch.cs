namespace Lethe.Data.Cohorts.Writing;

/// <summary>Stands in the loop of a writer over stays: tells how many are done, and hears a cancellation.</summary>
internal readonly struct StayWatch(int stays, IProgress<int>? done, CancellationToken cancellation)
{
    // About two hundred reports, whatever the size.
    private readonly int _every = Math.Max(1, stays / 200);

    /// <summary>Called before each stay.</summary>
    /// <exception cref="OperationCanceledException">Somebody stopped the work.</exception>
    public void Next(int stay)
    {
        cancellation.ThrowIfCancellationRequested();
        if (done is not null && stay % _every == 0)
            done.Report(stay);
    }
}

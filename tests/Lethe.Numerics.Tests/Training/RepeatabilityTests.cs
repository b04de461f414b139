using Lethe.Numerics.Threading;

namespace Lethe.Numerics.Tests.Training;

public sealed class RepeatabilityTests
{
    [Fact]
    public void Same_seed_same_bits_whatever_the_threads()
    {
        float[] first = Train(7, 1), again = Train(7, 1), threaded = Train(7, Environment.ProcessorCount), other = Train(8, 1);
        Assert.Equal(first, again);
        Assert.Equal(first, threaded);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Four_fits_at_once_give_the_same_bits()
    {
        float[] alone = Train(7, 1);
        float[][] together = new float[4][];
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(i => new Thread(() => together[i] = Train(7, 2)))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.All(together, bits => Assert.Equal(alone, bits));
    }

    [Fact]
    public void Limits_nest_and_end()
    {
        int before = ComputeThreads.Available;
        using (ComputeThreads.Limit(3))
        {
            using (ComputeThreads.Limit(1))
                Assert.Equal(1, ComputeThreads.Available);
            using (ComputeThreads.Limit(100))
                Assert.Equal(Math.Min(3, before), ComputeThreads.Available);
        }

        Assert.Equal(before, ComputeThreads.Available);
        Assert.Throws<ArgumentOutOfRangeException>(() => ComputeThreads.Limit(0));
    }

    private static float[] Train(ulong seed, int threads)
    {
        using ComputeThreads.Scope scope = ComputeThreads.Limit(threads);
        SmallGan gan = new(seed);
        for (int step = 0; step < 12; step++)
            gan.Step();
        return gan.Bits();
    }
}

using Lethe.Numerics.Layers;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Serialization;
using Lethe.Numerics.Training;

namespace Lethe.Numerics.Tests.Training;

public sealed class CheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lethe").FullName;

    private string Path => System.IO.Path.Combine(_folder, "checkpoint.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_run_continues_bit_for_bit()
    {
        SmallGan straight = new(5), first = new(5), second = new(99);
        for (int step = 0; step < 10; step++)
            straight.Step();
        for (int step = 0; step < 6; step++)
            first.Step();
        first.Checkpoint.Save(Path, 6);
        Assert.Equal(6, second.Checkpoint.Load(Path));
        for (int step = 6; step < 10; step++)
            second.Step();
        Assert.Equal(straight.Bits(), second.Bits());
    }

    [Fact]
    public void A_failed_write_leaves_the_old_checkpoint()
    {
        new SmallGan(1).Checkpoint.Save(Path, 3);
        byte[] before = File.ReadAllBytes(Path);
        Assert.Throws<IOException>(() => AtomicFile.Write(Path, stream =>
        {
            stream.Write(new byte[100]);
            throw new IOException("disk full");
        }));
        Assert.Equal(before, File.ReadAllBytes(Path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Another_models_checkpoint_is_refused()
    {
        Mlp small = new(3, [4], 1, new Seed(1)), large = new(3, [5], 1, new Seed(1)), deep = new(3, [4, 4], 1, new Seed(1));
        new Checkpoint().Add("m", small).Add("a", new Adam(small.Parameters)).Save(Path, 1);
        Assert.Contains("shape", Assert.Throws<InvalidDataException>(() => new Checkpoint().Add("m", large).Load(Path)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => new Checkpoint().Add("m", deep).Load(Path));
        Assert.Throws<InvalidDataException>(() => new Checkpoint().Add("a", new Adam(large.Parameters)).Load(Path));
        Assert.Throws<InvalidDataException>(() => new Checkpoint().Add("a", new Sgd(small.Parameters, 0.1, 0.9)).Load(Path));
        using (FileStream stream = File.Create(Path))
            Safetensors.Write(stream, small.ToArrays("module.m."));
        Assert.Throws<InvalidDataException>(() => new Checkpoint().Add("m", small).Load(Path));
    }
}

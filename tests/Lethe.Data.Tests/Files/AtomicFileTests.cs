using System.IO.Compression;
using System.Text;
using Lethe.Data.Files;

namespace Lethe.Data.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CommittedFileStandsWholeInItsPlaceWithNothingBeside()
    {
        string path = Path.Combine(_folder.Path, "new", "folder", "a.txt");
        AtomicFile.WriteAllText(path, "größer");
        Assert.Equal("größer"u8.ToArray(), File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void FailureLeavesTheOldFileAndNoPartialOne()
    {
        string path = _folder.Write("a.txt", "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, s =>
        {
            s.Write("new"u8);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void UncommittedFileIsRemoved()
    {
        string path = _folder.File("a.txt");
        using (AtomicFile file = new(path))
        {
            file.Stream.Write("half"u8);
            Assert.True(File.Exists(path + AtomicFile.PartialSuffix));
            Assert.False(File.Exists(path));
        }

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void WriterOnTopMayCloseTheStream()
    {
        string path = _folder.File("a.gz");
        AtomicFile.Write(path, s =>
        {
            using GZipStream gzip = new(s, CompressionLevel.Fastest);
            gzip.Write("text"u8);
        });
        using GZipStream read = new(File.OpenRead(path), CompressionMode.Decompress);
        Assert.Equal("text", new StreamReader(read, Encoding.UTF8).ReadToEnd());
    }

    [Fact]
    public void TwoWritersOfOneFileDoNotMix()
    {
        using AtomicFile first = new(_folder.File("a.txt"));
        Assert.Throws<IOException>(() => new AtomicFile(_folder.File("a.txt")));
    }

    [Fact]
    public void CommitTwiceIsRefused()
    {
        using AtomicFile file = new(_folder.File("a.txt"));
        file.Commit();
        Assert.Throws<InvalidOperationException>(file.Commit);
    }

    [Fact]
    public void RunKilledWhileWritingCanStartOver()
    {
        string path = _folder.File("a.txt");
        File.WriteAllText(path + AtomicFile.PartialSuffix, "left by a killed run, longer than what follows");
        AtomicFile.WriteAllText(path, "short");
        Assert.Equal("short", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }
}

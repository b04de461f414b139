using Lethe.Studies.Runs;

namespace Lethe.Studies.Tests.Runs;

public sealed class RunStateTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("lethe-state-").FullName;

    private RunFolder Folder => new(_path);

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public void AStageIsDoneOnlyWhileItsFilesAreTheOnesItWrote()
    {
        RunState state = RunState.Load(Folder);
        state.Begin("key");
        File.WriteAllText(Folder.Synthetic, "a");
        state.Complete("sample", Folder.Synthetic);
        Assert.True(RunState.Load(Folder).IsDone("sample"));
        Assert.False(RunState.Load(Folder).IsDone("fit"));

        File.WriteAllText(Folder.Synthetic, "b");
        Assert.False(RunState.Load(Folder).IsDone("sample"));
        File.Delete(Folder.Synthetic);
        Assert.False(RunState.Load(Folder).IsDone("sample"));
    }

    [Fact]
    public void AnotherKeyForgetsEverything()
    {
        RunState state = RunState.Load(Folder);
        state.Begin("key");
        File.WriteAllText(Folder.Synthetic, "a");
        state.Complete("sample", Folder.Synthetic);
        state.Begin("other");
        Assert.False(RunState.Load(Folder).IsDone("sample"));
        Assert.Equal("other", RunState.Load(Folder).Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"format\": 99, \"key\": \"key\", \"stages\": {\"sample\": {}}}")]
    public void AStateThatCannotBeReadCountsAsNothingDone(string text)
    {
        File.WriteAllText(Folder.State, text);
        RunState state = RunState.Load(Folder);
        Assert.Null(state.Key);
        Assert.False(state.IsDone("sample"));
    }

    [Fact]
    public void ClearingLeavesForeignFilesAlone()
    {
        File.WriteAllText(Folder.Synthetic, "a");
        File.WriteAllText(Path.Combine(_path, "notes.txt"), "mine");
        Directory.CreateDirectory(Folder.Checkpoint);
        Folder.Clear();
        Assert.Equal(["notes.txt"], Directory.GetFileSystemEntries(_path).Select(Path.GetFileName));
    }

    [Fact]
    public void TwoListsOfPartsNeverHaveOneFingerprint()
    {
        Assert.NotEqual(Fingerprint.Of("ab", "c"), Fingerprint.Of("a", "bc"));
        Assert.NotEqual(Fingerprint.Of("ab"), Fingerprint.Of("ab", ""));
    }
}

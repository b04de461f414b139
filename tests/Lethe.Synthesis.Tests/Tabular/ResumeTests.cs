using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Tests.Contracts;

namespace Lethe.Synthesis.Tests.Tabular;

/// <summary>A training that was stopped and resumed gives the bits of one that was not.</summary>
public sealed class ResumeTests
{
    [Theory]
    [InlineData("gan")]
    [InlineData("ctgan")]
    public void A_cancelled_training_resumes_to_the_same_model(string method)
    {
        Table table = ContractTables.Mixed();
        ISynthesizer synthesizer = Contract.Create(method);
        byte[] whole = Contract.Bytes(synthesizer.Fit(table, new FitContext { Seed = new Seed(9) }));
        string folder = Directory.CreateTempSubdirectory("lethe").FullName;
        try
        {
            using CancellationTokenSource stop = new();
            Progress progress = new(p =>
            {
                if (p.Done >= 70)
                    stop.Cancel();
            });
            Assert.ThrowsAny<OperationCanceledException>(() => synthesizer.Fit(table, new FitContext { Seed = new Seed(9), CheckpointFolder = folder, Cancellation = stop.Token, Progress = progress }));
            Assert.NotEmpty(Directory.GetFiles(folder));
            List<long> resumed = [];
            byte[] continued = Contract.Bytes(synthesizer.Fit(table, new FitContext { Seed = new Seed(9), CheckpointFolder = folder, Progress = new Progress(p => resumed.Add(p.Done)) }));
            Assert.True(resumed[0] > 70, "the training started over");
            Assert.Equal(whole, continued);
            Assert.Empty(Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class Progress(Action<FitProgress> report) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => report(value);
    }
}

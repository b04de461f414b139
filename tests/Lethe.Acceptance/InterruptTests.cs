using System.Security.Cryptography;

namespace Lethe.Acceptance;

/// <summary>Stopped at any moment, a run goes on to the bytes it would have had.</summary>
public sealed class InterruptTests
{
    [Fact]
    public void KilledAtAnyMomentTheSameCommandFinishesWithTheSameBytes()
    {
        using TemporaryFolder folder = new();
        string[] arguments = ["run", "simulated-heart-clinic", "--skip", "evaluate", "--method", "gaussian-copula", "--rows", "20000", "--skip", "audit", "--out"];
        LetheProcess.Run(folder.Path, [.. arguments, "whole"]).Expect(0);

        int killed = 0;
        foreach (string stage in (string[])["[1/", "[2/", "[3/", "[4/"])
        {
            string broken = $"broken-{stage[1]}";
            using (LetheProcess process = LetheProcess.Start(folder.Path, [.. arguments, broken]))
            {
                process.WaitUntilSaid(stage);
                process.Kill();
                killed += process.Wait().ExitCode == 137 ? 1 : 0;
            }

            // What carries its final name is whole: it is what the finished run has, or not there.
            foreach (string file in (string[])["synthetic.csv", "model.lethe"])
            {
                if (File.Exists(folder[broken, file]))
                    Assert.Equal(Hash(folder["whole", file]), Hash(folder[broken, file]));
            }

            LetheProcess.Run(folder.Path, [.. arguments, broken]).Expect(0);
            Assert.Equal(Hash(folder["whole", "synthetic.csv"]), Hash(folder[broken, "synthetic.csv"]));
            Assert.Equal(Hash(folder["whole", "model.lethe"]), Hash(folder[broken, "model.lethe"]));
        }

        Assert.True(killed >= 3, $"only {killed} of 4 were killed in time");
        Assert.Empty(Directory.GetFiles(folder.Path, "*.partial", SearchOption.AllDirectories));
    }

    [Fact]
    public void CtrlCStopsTidilyAndResumeGivesTheSameBytes()
    {
        using TemporaryFolder folder = new();
        string[] arguments = ["run", "simulated-heart-clinic", "--skip", "evaluate", "--method", "gaussian-copula", "--rows", "60000", "--skip", "audit", "--out"];
        using (LetheProcess process = LetheProcess.Start(folder.Path, [.. arguments, "stopped"]))
        {
            process.WaitUntilSaid("[3/");
            process.Interrupt();
            LetheProcess.Result stopped = process.Wait().Expect(130);
            Assert.Contains("lethe run --resume stopped", stopped.Error, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(folder["stopped", "synthetic.csv"]));
        Assert.Contains("interrupted", File.ReadAllText(folder["stopped", "log.txt"]), StringComparison.Ordinal);
        Assert.Contains("kept from the earlier run", LetheProcess.Run(folder.Path, "run", "--resume", "stopped").Expect(0).Error, StringComparison.Ordinal);
        LetheProcess.Run(folder.Path, [.. arguments, "whole"]).Expect(0);
        Assert.Equal(Hash(folder["whole", "synthetic.csv"]), Hash(folder["stopped", "synthetic.csv"]));
        Assert.Equal(Hash(folder["whole", "model.lethe"]), Hash(folder["stopped", "model.lethe"]));
    }

    /// <summary>In the middle of training: the checkpoint is taken up, and the network ends with the weights it would have had.</summary>
    [Fact]
    public void CtrlCInMidTrainingGoesOnFromTheCheckpoint()
    {
        using TemporaryFolder folder = new();
        LetheProcess.Run(folder.Path, "data", "simulate", "heart-clinic", "--rows", "200", "--out", "clinic.csv").Expect(0);
        string[] arguments = ["run", "clinic.csv", "--method", "ctgan", "--option", "epochs=120", "--option", "batch-size=50", "--option", "score-every=50", "--skip", "evaluate", "--skip", "audit", "--json", "--out"];
        using (LetheProcess process = LetheProcess.Start(folder.Path, [.. arguments, "stopped"]))
        {
            process.WaitUntilSaid("\"step\":\"training\",\"done\":1");
            process.Interrupt();
            process.Wait().Expect(130);
        }

        Assert.False(File.Exists(folder["stopped", "model.lethe"]));
        Assert.True(Directory.Exists(folder["stopped", "checkpoint"]));
        LetheProcess.Run(folder.Path, "run", "--resume", "stopped").Expect(0);
        Assert.False(Directory.Exists(folder["stopped", "checkpoint"]));
        LetheProcess.Run(folder.Path, [.. arguments, "whole"]).Expect(0);
        Assert.Equal(Hash(folder["whole", "model.lethe"]), Hash(folder["stopped", "model.lethe"]));
        Assert.Equal(Hash(folder["whole", "synthetic.csv"]), Hash(folder["stopped", "synthetic.csv"]));
    }

    [Fact]
    public void ADamagedFileIsMadeAgain()
    {
        using TemporaryFolder folder = new();
        string[] arguments = ["run", "simulated-heart-clinic", "--skip", "evaluate", "--method", "independent", "--out", "run"];
        LetheProcess.Run(folder.Path, arguments).Expect(0);
        string before = Hash(folder["run", "synthetic.csv"]);
        File.AppendAllText(folder["run", "synthetic.csv"], "1,2,3\n");
        LetheProcess.Run(folder.Path, arguments).Expect(0);
        Assert.Equal(before, Hash(folder["run", "synthetic.csv"]));
    }

    private static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}

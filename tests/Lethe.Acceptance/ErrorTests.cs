namespace Lethe.Acceptance;

/// <summary>Wrong input gives the documented exit code and a message that says where and what to do.</summary>
public sealed class ErrorTests
{
    [Fact]
    public void AMisspeltKeyGetsASuggestion()
    {
        using TemporaryFolder folder = new();
        string config = folder.Write("run.yaml", "data: { source: simulated-heart-clinic }\nmetod: { name: auto }\nsplit: { tran: 0.6 }\n");
        string error = LetheProcess.Run(folder.Path, "run", "--config", config).Expect(2).Error;
        Assert.Contains("line 2", error, StringComparison.Ordinal);
        Assert.Contains("'method'", error, StringComparison.Ordinal);
        Assert.Contains("'train'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void DataThatCannotBeReadGiveThreeAndTheirPlaceButNoValueOutsideATerminal()
    {
        using TemporaryFolder folder = new();
        LetheProcess.Run(folder.Path, "data", "simulate", "heart-clinic", "--rows", "50", "--out", "clinic.csv").Expect(0);
        LetheProcess.Run(folder.Path, "schema", "infer", "clinic.csv", "--out", "clinic.schema.yaml").Expect(0);
        string[] lines = File.ReadAllLines(folder["clinic.csv"]);
        string[] cells = lines[3].Split(',');
        cells[0] = "Zyxwvut";
        lines[3] = string.Join(',', cells);
        File.WriteAllLines(folder["broken.csv"], lines);

        foreach (string[] command in (string[][])[["schema", "check", "broken.csv", "--schema", "clinic.schema.yaml"], ["run", "broken.csv", "--schema", "clinic.schema.yaml", "--out", "run"]])
        {
            string error = LetheProcess.Run(folder.Path, command).Expect(3).Error;
            Assert.Contains("broken.csv", error, StringComparison.Ordinal);
            Assert.Contains("4", error, StringComparison.Ordinal);
            Assert.Contains(lines[0].Split(',')[0], error, StringComparison.Ordinal);
            Assert.DoesNotContain("Zyxwvut", error, StringComparison.Ordinal);
        }

        LetheProcess.Run(folder.Path, "schema", "check", "clinic.csv", "--schema", "clinic.schema.yaml").Expect(0);
        Assert.False(Directory.Exists(folder["run"]));
    }

    [Fact]
    public void AMissedGateGivesFourAndTheRunIsThere()
    {
        using TemporaryFolder folder = new();
        string[] arguments = ["run", "simulated-heart-clinic", "--skip", "evaluate", "--method", "independent", "--out", "run", "--gate"];
        LetheProcess.Result missed = LetheProcess.Run(folder.Path, [.. arguments, "attack.gan-leaks.auc<=0.01"]).Expect(4);
        Assert.Contains("attack.gan-leaks.auc", missed.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["run", "report.html"]));

        // Gates judge a run without changing it: the same folder serves with another gate.
        Assert.Contains("kept", LetheProcess.Run(folder.Path, [.. arguments, "attack.gan-leaks.auc<=1"]).Expect(0).Error, StringComparison.Ordinal);
        LetheProcess.Run(folder.Path, [.. arguments, "no.such.figure<=1"]).Expect(4);
    }

    [Fact]
    public void NoPatientValueStandsInLogsConfigurationsOrModels()
    {
        using TemporaryFolder folder = new();
        LetheProcess.Run(folder.Path, "data", "simulate", "heart-clinic", "--rows", "200", "--out", "clinic.csv").Expect(0);
        string[] lines = File.ReadAllLines(folder["clinic.csv"]);
        string[] named = [$"patient_name,{lines[0]}", .. lines.Skip(1).Select((l, i) => $"Zyxwvut{i} Qwertz,{l}")];
        File.WriteAllLines(folder["named.csv"], named);
        LetheProcess.Run(folder.Path, "run", "named.csv", "--skip", "evaluate", "--method", "gaussian-copula", "--out", "run").Expect(0);

        foreach (string file in Directory.GetFiles(folder["run"], "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("Zyxwvut", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal);
        string header = File.ReadLines(folder["run", "synthetic.csv"]).First();
        Assert.DoesNotContain("patient_name", header, StringComparison.Ordinal);
    }
}

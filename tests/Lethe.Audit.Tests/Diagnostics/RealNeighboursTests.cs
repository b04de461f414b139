using System.Globalization;
using System.Text.Json;
using Lethe.Audit.Copies;
using Lethe.Audit.Diagnostics;
using Lethe.Audit.Points;
using Lethe.Data.Simulation.HeartClinic;
using Lethe.Data.Tables;
using Lethe.Evaluation.Statistics;
using Lethe.Numerics.Randomness;

namespace Lethe.Audit.Tests.Diagnostics;

public sealed class RealNeighboursTests
{
    [Fact]
    public void NearestDistancesAreThoseOfTheReference()
    {
        foreach (JsonElement c in AttackCases.Of("distance.json", "dist.dcr", out string folder))
        {
            JsonElement inputs = c.GetProperty("inputs"), expected = c.GetProperty("expected");
            PointSet train = AttackCases.Points(folder, inputs, "train"), holdout = AttackCases.Points(folder, inputs, "holdout"), synthetic = AttackCases.Points(folder, inputs, "synthetic");
            double[] toTrain = Roots(Nearest.Squared(synthetic, train)), toHoldout = Roots(Nearest.Squared(synthetic, holdout));
            Golden.Close(expected.GetProperty("meanSynTrain").GetDouble(), toTrain.Average(), 1e-9, 1e-8, "mean to train");
            Golden.Close(expected.GetProperty("meanSynHoldout").GetDouble(), toHoldout.Average(), 1e-9, 1e-8, "mean to holdout");
            Quantiles(expected, "synTrain", toTrain);
            Quantiles(expected, "synHoldout", toHoldout);
            Quantiles(expected, "holdoutTrain", Roots(Nearest.Squared(holdout, train)));
            Quantiles(expected, "trainTrainLeaveOneOut", Roots(Nearest.Squared(train, train, 1, excludeSelf: true)));
        }

        static double[] Roots(double[] squares) => [.. squares.Select(Math.Sqrt)];

        static void Quantiles(JsonElement expected, string name, double[] distances)
        {
            foreach (JsonProperty q in expected.GetProperty("quantiles").GetProperty(name).EnumerateObject())
                Golden.Close(q.Value.GetDouble(), Quantile.Of(distances, double.Parse(q.Name, CultureInfo.InvariantCulture)), 1e-9, 1e-8, $"{name} {q.Name}");
        }
    }

    [Fact]
    public void ExactCopiesAreCountedAsWritten()
    {
        foreach (JsonElement c in AttackCases.Of("identification.json", "anon.exact_match", out string folder))
        {
            string[] numeric = [.. c.GetProperty("parameters").GetProperty("numeric").EnumerateArray().Select(e => e.GetString()!)];
            Table[] tables = AttackCases.Tables(folder, c.GetProperty("inputs"), numeric, "train", "holdout", "synthetic");
            CopyScreen copies = CopyScreen.Of(new RealNeighbours(new AuditData(tables[0], tables[2], tables[1]), CancellationToken.None));
            JsonElement expected = c.GetProperty("expected");
            Assert.Equal(expected.GetProperty("synthRowsEqualToTrain").GetInt32(), copies.ExactTrain);
            Assert.Equal(expected.GetProperty("synthRowsEqualToHoldout").GetInt32(), copies.ExactHoldout);
            Assert.Equal(expected.GetProperty("trainRowsReplicated").GetInt32(), copies.RepeatedTrain);
        }
    }

    [Theory]
    [InlineData(60, 30)]
    [InlineData(30, 60)]
    [InlineData(40, 40)]
    public void ShareCloserToTrainIsTheMeanOverEquallyLargeSubsets(int trainRows, int holdoutRows)
    {
        Table all = HeartClinicSimulator.Simulate(trainRows + holdoutRows + 50, new Seed(5));
        Table train = Rows(all, 0, trainRows), holdout = Rows(all, trainRows, holdoutRows), synthetic = Rows(all, trainRows + holdoutRows, 50);
        double exact = new RealNeighbours(new AuditData(train, synthetic, holdout), CancellationToken.None).ShareCloserToTrain();

        // The ruler must not move with the subset: it is the whole of both parts, as in the audit.
        Lethe.Data.Distances.MixedDistance distance = new(train.Append(holdout));
        RandomStream stream = new Seed(6).Stream();
        const int Draws = 4000;
        double sum = 0;
        int size = Math.Min(trainRows, holdoutRows);
        for (int i = 0; i < Draws; i++)
        {
            Table t = train.Take(stream.Permutation(trainRows).AsSpan(0, size)), h = holdout.Take(stream.Permutation(holdoutRows).AsSpan(0, size));
            double[] toTrain = distance.Nearest(distance.Encode(synthetic), distance.Encode(t), 1).Distances();
            double[] toHoldout = distance.Nearest(distance.Encode(synthetic), distance.Encode(h), 1).Distances();
            sum += toTrain.Zip(toHoldout, (a, b) => a < b ? 1 : a == b ? 0.5 : 0).Average();
        }

        // The mean of one draw has a standard deviation below 0.07, so five standard errors of 4000 draws are below 0.006.
        Assert.Equal(exact, sum / Draws, 0.006);
    }

    private static Table Rows(Table table, int start, int count) => table.Take(Enumerable.Range(start, count).ToArray());
}

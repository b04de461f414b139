using System.Text.Json;
using Lethe.Synthesis.Encoders;

namespace Lethe.Synthesis.Tests.Encoders;

public sealed class QuantileNormaliserTests
{
    [Fact]
    public void Scores_and_values_equal_the_reference()
    {
        Golden golden = Golden.Load("tabular/expected/quantile_transform.json");
        foreach (JsonElement c in golden.Cases)
        {
            string file = Path.Combine(golden.Folder, c.GetProperty("inputs").GetProperty("file").GetString()!);
            double[] x = [.. File.ReadLines(file).Skip(1).Select(double.Parse)];
            QuantileNormaliser q = QuantileNormaliser.Fit(x, c.GetProperty("params").GetProperty("n_quantiles").GetInt32());
            JsonElement e = c.GetProperty("expected");
            Close(e, "reference_quantiles", q.Quantiles.ToArray());
            Close(e, "transformed", [.. x.Select(q.Forward)]);
            Close(e, "new_transformed", [.. Golden.Vector(e.GetProperty("new_values")).Select(q.Forward)]);
            Close(e, "inverse", [.. Golden.Vector(e.GetProperty("z")).Select(q.Inverse)]);
        }
    }

    [Fact]
    public void A_constant_column_comes_back_as_it_was()
    {
        QuantileNormaliser q = QuantileNormaliser.Fit([7, double.NaN, 7]);
        Assert.True(double.IsFinite(q.Forward(7)));
        Assert.Equal(7, q.Inverse(q.Forward(7)));
        Assert.Equal(7, q.Inverse(-3));
    }

    private static void Close(JsonElement expected, string name, double[] actual)
    {
        double[] e = Golden.Vector(expected.GetProperty(name));
        Assert.True(actual.Length >= e.Length);
        for (int i = 0; i < e.Length; i++)
            Golden.Close(e[i], actual[i], 1e-8, 1e-8, $"{name} {i}");
    }
}

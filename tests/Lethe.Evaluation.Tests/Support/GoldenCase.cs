using System.Text.Json;

namespace Lethe.Evaluation.Tests.Support;

/// <summary>Comparison of computed figures with one golden case by its own tolerance.</summary>
internal sealed class GoldenCase(JsonElement element)
{
    public JsonElement Element { get; } = element;

    public string Id => Element.GetProperty("id").GetString()!;

    public JsonElement Expected => Element.GetProperty("expected");

    public JsonElement Inputs => Element.GetProperty("inputs");

    public JsonElement Params => Element.GetProperty("params");

    public double Absolute => Element.GetProperty("tolerance").GetProperty("abs").GetDouble();

    public double Relative => Element.GetProperty("tolerance").GetProperty("rel").GetDouble();

    public string Input(string name) => Inputs.GetProperty(name).GetString()!;

    public void Check(string key, double actual) => Check(Expected.GetProperty(key), actual, key);

    public void Check(JsonElement expected, double actual, string what) =>
        Golden.Close(Golden.Number(expected), actual, Absolute, Relative, $"{Id}: {what}");

    public void CheckVector(JsonElement expected, IReadOnlyList<double> actual, string what)
    {
        double[] e = Golden.Vector(expected);
        Assert.Equal(e.Length, actual.Count);
        for (int i = 0; i < e.Length; i++)
            Golden.Close(e[i], actual[i], Absolute, Relative, $"{Id}: {what}[{i}]");
    }

    public void CheckMatrix(JsonElement expected, IReadOnlyList<IReadOnlyList<double>> actual, string what)
    {
        JsonElement[] rows = [.. expected.EnumerateArray()];
        Assert.Equal(rows.Length, actual.Count);
        for (int i = 0; i < rows.Length; i++)
            CheckVector(rows[i], actual[i], $"{what}[{i}]");
    }

    public static IEnumerable<GoldenCase> Of(Golden golden) => golden.Cases.Select(c => new GoldenCase(c));
}

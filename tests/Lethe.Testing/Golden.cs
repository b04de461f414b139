using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Lethe.Testing;

/// <summary>
/// A golden file: <c>{family, description, cases:[{id, inputs, params, expected, tolerance, note}]}</c>, expected values of
/// reference implementations. A value passes when |x − expected| ≤ abs + rel·|expected|.
/// </summary>
public sealed class Golden
{
    private readonly JsonDocument _document;

    private Golden(JsonDocument document, string folder)
    {
        _document = document;
        Folder = folder;
    }

    /// <summary>The folder that input paths are relative to.</summary>
    public string Folder { get; }

    /// <summary>The whole document.</summary>
    public JsonElement Root => _document.RootElement;

    /// <summary>The cases in file order.</summary>
    public IEnumerable<JsonElement> Cases => Root.GetProperty("cases").EnumerateArray();

    /// <summary>Loads <c>../shared/golden/{relativePath}</c>; the calling test is skipped when it is absent.</summary>
    /// <param name="relativePath">For example <c>tabular/expected/mmd.json</c>.</param>
    /// <param name="inputFolder">Folder that the case's inputs are relative to, e.g. <c>tabular</c>; default: the first part of the path.</param>
    public static Golden Load(string relativePath, string? inputFolder = null)
    {
        string path = SharedFolder.Require(Path.Combine("golden", relativePath));
        string folder = SharedFolder.Require(Path.Combine("golden", inputFolder ?? relativePath.Split('/')[0]));
        return new Golden(JsonDocument.Parse(File.ReadAllText(path)), folder);
    }

    /// <summary>The case with this id.</summary>
    public JsonElement Case(string id) => Cases.Single(c => c.GetProperty("id").GetString() == id);

    /// <summary>A number, where <c>null</c> is NaN and <c>"inf"</c>, <c>"-inf"</c>, <c>"Infinity"</c> are infinities.</summary>
    public static double Number(JsonElement e) => e.ValueKind switch
    {
        JsonValueKind.Null => double.NaN,
        JsonValueKind.Number => e.GetDouble(),
        JsonValueKind.String => e.GetString() switch
        {
            "inf" or "Infinity" => double.PositiveInfinity,
            "-inf" or "-Infinity" => double.NegativeInfinity,
            "nan" or "NaN" => double.NaN,
            var s => double.Parse(s!, NumberStyles.Float, CultureInfo.InvariantCulture),
        },
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => throw new InvalidOperationException($"Not a number: {e.ValueKind}"),
    };

    /// <summary>A vector of numbers.</summary>
    public static double[] Vector(JsonElement e) => [.. e.EnumerateArray().Select(Number)];

    /// <summary>A matrix as rows.</summary>
    public static double[][] Matrix(JsonElement e) => [.. e.EnumerateArray().Select(Vector)];

    /// <summary>Fails unless |<paramref name="actual"/> − <paramref name="expected"/>| ≤ abs + rel·|expected| (NaN equals NaN).</summary>
    public static void Close(double expected, double actual, double absolute, double relative, string what)
    {
        if (double.IsNaN(expected) && double.IsNaN(actual))
            return;
        if (double.IsInfinity(expected) && expected.Equals(actual))
            return;
        if (!(Math.Abs(actual - expected) <= absolute + (relative * Math.Abs(expected))))
            Assert.Fail($"{what}: expected {expected:R}, got {actual:R} (difference {actual - expected:G3}, allowed {absolute:G3} + {relative:G3}·|expected|)");
    }
}

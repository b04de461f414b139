using System.Globalization;
using Lethe.Results;
using Lethe.Studies.Configuration;

namespace Lethe.Studies.Decisions;

/// <summary>Holds the user's gates against the figures of a document.</summary>
internal static class GateKeeper
{
    /// <summary>One check a gate. Where a figure exists for several subjects, all must meet it; a figure that was not computed does not.</summary>
    public static IReadOnlyList<Check> Check(IReadOnlyList<Gate> gates, RunDocument document) =>
        [.. gates.Select(g => Check(g, [.. MeasureFinder.All(document).Where(m => m.Id == g.Measure)], document))];

    private static Check Check(Gate gate, Measure[] found, RunDocument document)
    {
        string limit = (gate.Minimum, gate.Maximum) switch
        {
            ({ } min, { } max) => $"from {Text(min)} to {Text(max)}",
            ({ } min, null) => $"at least {Text(min)}",
            (null, { } max) => $"at most {Text(max)}",
            _ => "no limit",
        };
        if (found.Length == 0)
        {
            string hint = Suggestion.For(gate.Measure, [.. MeasureFinder.All(document).Select(m => m.Id).Distinct()]);
            return new Check(gate.Measure, Passed: false, $"The document holds no such figure; {limit} was asked for. {hint}");
        }

        Measure? missed = found.FirstOrDefault(m => !(m.Value >= (gate.Minimum ?? double.NegativeInfinity) && m.Value <= (gate.Maximum ?? double.PositiveInfinity)));
        Measure shown = missed ?? found[0];
        string subject = shown.Subject is { } s ? $" ({s})" : "";
        string value = shown.Value is { } v ? Text(v) : $"not computed: {shown.NotComputedBecause}";
        return new Check(gate.Measure, Passed: missed is null, $"{shown.Name}{subject} is {value}; the user's gate: {limit}.");
    }

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}

using Lethe.Results;

namespace Lethe.Studies.Decisions;

/// <summary>All figures of a document, in the order of its sections.</summary>
internal static class MeasureFinder
{
    public static IEnumerable<Measure> All(RunDocument document) =>
        [.. Of(document.Fidelity), .. Of(document.Series), .. Of(document.Utility), .. Of(document.Fairness), .. Of(document.Privacy)];

    private static IEnumerable<Measure> Of(FidelitySection? f) => f is null
        ? []
        : [.. f.Overall, .. f.Columns.SelectMany(c => c.Measures), .. f.WorstPairs, .. f.Detection, .. f.Plausibility, .. f.Novelty];

    private static IEnumerable<Measure> Of(SeriesSection? s) => s is null
        ? []
        : [.. s.Values, .. s.Observation, .. s.Plausibility, .. s.Detection, .. s.Channels.SelectMany(c => c.Measures)];

    private static IEnumerable<Measure> Of(UtilitySection? u) => u is null
        ? []
        : [.. u.Headline, .. u.Learners.SelectMany(l => l.Measures), .. u.Agreement];

    private static IEnumerable<Measure> Of(FairnessSection? f) => f is null
        ? []
        : [.. f.Groups.SelectMany(g => g.Measures), .. f.Gaps];

    private static IEnumerable<Measure> Of(PrivacySection? p) => p is null
        ? []
        : [.. p.Attacks.SelectMany(a => a.Measures), .. p.Copies, .. p.Distances, .. p.Exposed];
}

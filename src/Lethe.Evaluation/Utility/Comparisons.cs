using Lethe.Results;

namespace Lethe.Evaluation.Utility;

/// <summary>Puts the figures of two models side by side: value = trained on synthetic, reference = trained on real.</summary>
internal static class Comparisons
{
    public const string Reference = "trained on real";

    public static IEnumerable<Measure> Beside(IReadOnlyList<Measure> synthetic, IReadOnlyList<Measure> real)
    {
        Dictionary<string, Measure> references = real.ToDictionary(m => m.Id);
        return synthetic.Select(m => references.TryGetValue(m.Id, out Measure? r)
            ? m with { Reference = r.Value, ReferenceInterval = r.Interval, ReferenceName = Reference }
            : m);
    }
}

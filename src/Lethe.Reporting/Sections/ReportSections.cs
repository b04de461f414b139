namespace Lethe.Reporting.Sections;

/// <summary>The report's sections in their fixed order.</summary>
public static class ReportSections
{
    /// <summary>All sections, decision page first.</summary>
    public static IReadOnlyList<ReportSectionName> All { get; } =
    [
        new(0, "decision", "Decision page"),
        new(1, "context", "Context"),
        new(2, "source-data", "Source data"),
        new(3, "method", "Method"),
        new(4, "formal-privacy", "Formal privacy"),
        new(5, "empirical-privacy", "Empirical privacy"),
        new(6, "fidelity", "Fidelity"),
        new(7, "utility", "Utility"),
        new(8, "fairness", "Fairness and representativeness"),
        new(9, "limitations", "Limitations"),
        new(10, "reproduction", "Reproduction"),
        new(11, "regulatory-annex", "Regulatory annex"),
        new(12, "glossary", "Glossary"),
    ];
}

/// <summary>One section.</summary>
/// <param name="Number">Position, 0–12.</param>
/// <param name="Id">Anchor in the HTML file.</param>
/// <param name="Title">Heading.</param>
public sealed record ReportSectionName(int Number, string Id, string Title);

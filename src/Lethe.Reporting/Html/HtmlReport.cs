using Lethe.Reporting.Editions;
using Lethe.Results;

namespace Lethe.Reporting.Html;

/// <summary>
/// The report as one HTML file: no script, no network, no font from elsewhere. Light, dark and print; every figure carries
/// its numbers as a table.
/// </summary>
public static class HtmlReport
{
    /// <summary>Draws the document in the given edition.</summary>
    /// <param name="document">What a run found. A document of the release edition can only be drawn as such.</param>
    /// <param name="edition">How much is shown.</param>
    /// <returns>The text of the file, UTF-8 when written.</returns>
    /// <exception cref="ArgumentException">An internal report was asked of a document that is already reduced.</exception>
    public static string Render(RunDocument document, ReportEdition edition) =>
        PageRenderer.Render<ReportPage>(new() { [nameof(ReportPage.Run)] = ReleaseEdition.For(document, edition) });

    /// <summary>Draws a cohort alone: Table 1, channels, hourly course, observation frequency, correlation over time.</summary>
    /// <param name="cohort">The cohort's aggregates.</param>
    /// <param name="edition">How much is shown.</param>
    /// <returns>The text of the file, UTF-8 when written.</returns>
    public static string Render(CohortSummary cohort, ReportEdition edition)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        return PageRenderer.Render<CohortPage>(new()
        {
            [nameof(CohortPage.Cohort)] = edition == ReportEdition.Release ? CohortReduction.Reduce(cohort) : cohort,
            [nameof(CohortPage.Edition)] = edition,
        });
    }
}

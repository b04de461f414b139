using Lethe.Reporting.Editions;
using Lethe.Results;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

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
    public static string Render(RunDocument document, ReportEdition edition)
    {
        RunDocument shown = ReleaseEdition.For(document, edition);
        using ServiceProvider services = new ServiceCollection().BuildServiceProvider();
        HtmlRenderer renderer = new(services, NullLoggerFactory.Instance);
        try
        {
            // Nothing in the report waits: the renderer finishes on this thread.
            return renderer.Dispatcher.InvokeAsync(async () =>
            {
                var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(ReportPage.Run)] = shown });
                return (await renderer.RenderComponentAsync<ReportPage>(parameters).ConfigureAwait(false)).ToHtmlString();
            }).GetAwaiter().GetResult();
        }
        finally
        {
            renderer.Dispose();
        }
    }
}

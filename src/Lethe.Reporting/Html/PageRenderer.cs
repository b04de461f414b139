using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lethe.Reporting.Html;

/// <summary>Renders a component to text.</summary>
internal static class PageRenderer
{
    public static string Render<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        using ServiceProvider services = new ServiceCollection().BuildServiceProvider();
        HtmlRenderer renderer = new(services, NullLoggerFactory.Instance);
        try
        {
            // Nothing in a page waits: the renderer finishes on this thread.
            return renderer.Dispatcher.InvokeAsync(async () =>
                (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters)).ConfigureAwait(false)).ToHtmlString()).GetAwaiter().GetResult();
        }
        finally
        {
            renderer.Dispose();
        }
    }
}

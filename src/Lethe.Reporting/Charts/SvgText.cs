using Lethe.Reporting.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Lethe.Reporting.Charts;

/// <summary>A text element of a drawing. A component, because <c>text</c> has a meaning of its own in Razor markup.</summary>
public sealed class SvgText : ComponentBase
{
    /// <summary>Horizontal position in drawing units.</summary>
    [Parameter]
    public double X { get; set; }

    /// <summary>Vertical position of the baseline in drawing units.</summary>
    [Parameter]
    public double Y { get; set; }

    /// <summary>The text; encoded when written.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary><c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    [Parameter]
    public string Anchor { get; set; } = "start";

    /// <summary>Style classes.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>Turn about the position in degrees; 0 for none.</summary>
    [Parameter]
    public double Turn { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", Figures.Coordinate(X));
        builder.AddAttribute(2, "y", Figures.Coordinate(Y));
        if (Anchor != "start")
            builder.AddAttribute(3, "text-anchor", Anchor);
        if (Class is not null)
            builder.AddAttribute(4, "class", Class);
        if (Turn != 0)
            builder.AddAttribute(5, "transform", $"rotate({Figures.Coordinate(Turn)} {Figures.Coordinate(X)} {Figures.Coordinate(Y)})");
        builder.AddContent(6, Text);
        builder.CloseElement();
    }
}

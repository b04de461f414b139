using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;

namespace Lethe.Reporting.Tests;

/// <summary>Contrast by WCAG 2.2: 4.5 for text, 3 for marks, in light and dark.</summary>
public sealed partial class ContrastTests
{
    public static TheoryData<string> Themes => ["light", "dark"];

    [Theory]
    [MemberData(nameof(Themes))]
    public void TextIsReadableOnEveryGround(string theme)
    {
        Dictionary<string, double[]> colours = Tokens(theme);
        foreach (string ground in (string[])["ground", "surface", "accent-ground"])
        {
            foreach (string text in (string[])["ink", "ink-soft", "accent"])
                AtLeast(4.5, colours[text], colours[ground], $"{text} on {ground}");
        }

        foreach (string status in (string[])["green", "amber", "red", "grey"])
            AtLeast(4.5, colours[status], colours[status + "-ground"], status);
        AtLeast(4.5, colours["ink"], colours["amber-ground"], "banner");
        AtLeast(4.5, colours["ground"], colours["accent"], "skip link");
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void MarksStandOut(string theme)
    {
        Dictionary<string, double[]> colours = Tokens(theme);
        foreach (string tone in (string[])["real", "synthetic", "holdout", "fourth", "fifth"])
        {
            AtLeast(3, colours[tone], colours["ground"], tone);
            AtLeast(3, colours[tone], colours["surface"], tone);
        }
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void NumbersInHeatMapCellsAreReadableAtEveryStrength(string theme)
    {
        Dictionary<string, double[]> colours = Tokens(theme);
        // The cell's own ground is the grid colour at 0.55 over the page; twenty steps of the hue lie over it.
        double heat = Heat(theme);
        double[] cell = Over(colours["grid"], 0.55, colours["ground"]);
        foreach (string hue in (string[])["real", "synthetic"])
        {
            for (int step = 0; step <= 20; step++)
            {
                double strength = step / 20.0;
                double[] fill = step == 0 ? cell : Over(colours[hue], heat * Charts.HeatMap.Opacity(strength), cell);
                AtLeast(4.5, colours["ink"], fill, $"{hue} at {strength}");
            }
        }
    }

    private static void AtLeast(double least, double[] a, double[] b, string what)
    {
        double contrast = (Math.Max(Luminance(a), Luminance(b)) + 0.05) / (Math.Min(Luminance(a), Luminance(b)) + 0.05);
        Assert.True(contrast >= least, string.Create(CultureInfo.InvariantCulture, $"{what}: contrast {contrast:0.00}, needed {least}"));
    }

    private static double[] Over(double[] colour, double alpha, double[] ground) => [.. colour.Zip(ground, (c, g) => (alpha * c) + ((1 - alpha) * g))];

    private static double Luminance(double[] rgb)
    {
        double[] linear = [.. rgb.Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    private static double Heat(string theme) =>
        double.Parse(HeatToken().Matches(Html.ReportStyles.Charts)[theme == "light" ? 0 : 1].Groups[1].Value, CultureInfo.InvariantCulture);

    private static Dictionary<string, double[]> Tokens(string theme)
    {
        using IHtmlDocument page = Pages.Page("bare");
        string css = page.QuerySelector("style")!.TextContent;
        var tokens = new Dictionary<string, double[]>();
        // Light rules come first in each sheet; dark ones override them inside their media query.
        foreach (Match block in RootBlock().Matches(css))
        {
            if (block.Groups[1].Success && theme == "light")
                continue;
            foreach (Match token in Token().Matches(block.Groups[2].Value))
                tokens[token.Groups[1].Value] = [.. Enumerable.Range(0, 3).Select(i => int.Parse(token.Groups[2].Value.AsSpan(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)];
        }

        Assert.True(tokens.Count >= 20);
        return tokens;
    }

    [GeneratedRegex(@"(@media screen and \(prefers-color-scheme: dark\) \{\s*)?:root \{([^}]*)\}")]
    private static partial Regex RootBlock();

    [GeneratedRegex(@"--heat: ([0-9.]+);")]
    private static partial Regex HeatToken();

    [GeneratedRegex(@"--([a-z-]+): #([0-9a-f]{6});")]
    private static partial Regex Token();
}

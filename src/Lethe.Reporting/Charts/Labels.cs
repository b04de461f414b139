namespace Lethe.Reporting.Charts;

/// <summary>Short forms of long labels; the full text stands in the table beneath each figure.</summary>
internal static class Labels
{
    /// <summary>Width of one character in drawing units at the charts' text size, measured over common column names.</summary>
    public const double CharacterWidth = 6.1;

    /// <summary>The text, shortened to <paramref name="characters"/> with an ellipsis.</summary>
    public static string Fit(string text, int characters) =>
        text.Length <= characters ? text : string.Concat(text.AsSpan(0, Math.Max(1, characters - 1)).TrimEnd(), "…");

    /// <summary>Room for the longest of these labels, in drawing units, between two bounds.</summary>
    public static double Room(IEnumerable<string> labels, double least, double most) =>
        Math.Clamp(labels.Select(l => l.Length * CharacterWidth).DefaultIfEmpty(0).Max() + 10, least, most);
}

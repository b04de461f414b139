using System.Globalization;

namespace Lethe.Data.Cohorts.Writing;

/// <summary>Cells of event files: numbers with the fewest digits that read back to the same value, text quoted where RFC 4180 asks for it and where readers would trim it.</summary>
internal static class CsvText
{
    public static string Value(Channel channel, float value) =>
        channel.Kind == ChannelKind.Categorical && value >= 0 && value < channel.Levels.Count
            ? Quote(channel.Levels[(int)value])
            : value.ToString("R", CultureInfo.InvariantCulture);

    public static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 && text.Length == text.AsSpan().Trim().Length ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}

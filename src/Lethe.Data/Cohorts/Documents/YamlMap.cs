using System.Globalization;
using Lethe.Data.Problems;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Lethe.Data.Cohorts.Documents;

/// <summary>
/// One map of a YAML document, read strictly: an unknown key, a value of the wrong kind or a key that stands twice goes
/// to the log with its line, so that a person mends all of them in one go.
/// </summary>
internal sealed class YamlMap
{
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);
    private readonly ProblemLog _log;
    private readonly string _what;

    private YamlMap(YamlMappingNode map, ProblemLog log, string what, string[] known)
    {
        _log = log;
        _what = what;
        Line = map.Start.Line;
        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            string name = (key as YamlScalarNode)?.Value ?? "";
            if (known.Contains(name, StringComparer.Ordinal))
                _values[name] = value;
            else
                Error("LC021", key.Start.Line, $"{what} has no key '{name}'", Spelling.Nearest(name, known) is { } near ? $"Did you mean '{near}'?" : $"The keys are {string.Join(", ", known)}.");
        }
    }

    /// <summary>Line of the map's start.</summary>
    public long Line { get; }

    /// <summary>Reads the only map of a text; null (and a problem in the log) when it is something else.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="log">Takes every problem.</param>
    /// <param name="what">What messages call the map, e.g. <c>a cohort definition</c>.</param>
    /// <param name="known">The keys there may be.</param>
    public static YamlMap? Parse(string text, ProblemLog log, string what, params string[] known)
    {
        YamlStream stream = [];
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException or ArgumentException or ArithmeticException or IndexOutOfRangeException)
        {
            // The parser has other exceptions for bytes that no text holds.
            string why = e is YamlException ? e.Message : "it holds characters that YAML does not allow";
            log.Add(new DataProblem { Code = "LC020", Line = (e as YamlException)?.Start.Line, Message = $"this is no valid YAML: {why}", Remedy = "Check the indentation and the quotes, and that no key stands twice." });
            return null;
        }

        if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode map)
            return new YamlMap(map, log, what, known);
        log.Add(new DataProblem { Code = "LC020", Line = 1, Message = $"{what} is a map of keys and values; this is none", Remedy = "Start from an example in the documentation." });
        return null;
    }

    /// <summary>True when the key is there with a value.</summary>
    public bool Has(string key) => _values.TryGetValue(key, out YamlNode? node) && !IsNull(node);

    /// <summary>A text, or null when it is not there.</summary>
    public string? Text(string key)
    {
        if (!Has(key))
            return null;
        if (_values[key] is YamlScalarNode scalar)
            return scalar.Value;
        Bad(key, "a single value");
        return null;
    }

    /// <summary>A finite number, or null when it is not there.</summary>
    public double? Number(string key)
    {
        if (Text(key) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
            return number;
        Bad(key, "a number");
        return null;
    }

    /// <summary>A whole number of at least <paramref name="least"/>, or null when it is not there.</summary>
    public int? Whole(string key, int least)
    {
        if (Number(key) is not { } number)
            return null;
        if (number == Math.Floor(number) && number >= least && number <= int.MaxValue)
            return (int)number;
        Bad(key, $"a whole number of at least {least}");
        return null;
    }

    /// <summary><c>true</c> or <c>false</c>, or null when it is not there.</summary>
    public bool? Flag(string key)
    {
        if (Text(key) is not { } text)
            return null;
        if (bool.TryParse(text, out bool flag))
            return flag;
        Bad(key, "true or false");
        return null;
    }

    /// <summary>One of some words, or null when it is not there.</summary>
    public T? Word<T>(string key, IReadOnlyList<(string Word, T Value)> words)
        where T : struct
    {
        if (Text(key) is not { } text)
            return null;
        foreach ((string word, T value) in words)
        {
            if (word == text)
                return value;
        }

        string? near = Spelling.Nearest(text, words.Select(w => w.Word));
        Error("LC022", _values[key].Start.Line, $"'{text}' is no {key}", near is null ? $"Give one of {string.Join(", ", words.Select(w => w.Word))}." : $"Did you mean '{near}'?");
        return null;
    }

    /// <summary>A list of texts, or null when it is not there.</summary>
    public IReadOnlyList<string>? Texts(string key)
    {
        if (!Has(key))
            return null;
        if (_values[key] is YamlSequenceNode list && list.Children.All(c => c is YamlScalarNode))
            return [.. list.Children.Select(c => ((YamlScalarNode)c).Value ?? "")];
        Bad(key, "a list of texts");
        return null;
    }

    /// <summary>A map within, or null when it is not there.</summary>
    public YamlMap? Map(string key, params string[] known)
    {
        if (!Has(key))
            return null;
        if (_values[key] is YamlMappingNode map)
            return new YamlMap(map, _log, key, known);
        Bad(key, $"a map with {string.Join(", ", known)}");
        return null;
    }

    /// <summary>A list of maps, or null when it is not there.</summary>
    public IReadOnlyList<YamlMap>? Maps(string key, string what, params string[] known)
    {
        if (!Has(key))
            return null;
        if (_values[key] is YamlSequenceNode list && list.Children.All(c => c is YamlMappingNode))
            return [.. list.Children.Select(c => new YamlMap((YamlMappingNode)c, _log, what, known))];
        Bad(key, "a list of maps");
        return null;
    }

    /// <summary>Reports a key that must be there and is not.</summary>
    public void Missing(string key, string remedy) => Error("LC023", Line, $"{_what} has no {key}", remedy);

    /// <summary>Reports a value that contradicts another.</summary>
    public void Wrong(string key, string message, string remedy) => Error("LC022", _values.TryGetValue(key, out YamlNode? node) ? node.Start.Line : Line, message, remedy);

    private static bool IsNull(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private void Bad(string key, string expected) => Error("LC022", _values[key].Start.Line, $"{key} must be {expected}", "Correct it.");

    private void Error(string code, long line, string message, string remedy) => _log.Add(new DataProblem { Code = code, Line = line, Message = message, Remedy = remedy });
}

using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Lethe.Studies.Configuration;

/// <summary>
/// One mapping of a configuration file, read key by key. Keeps track of what was read, so that what is left over can be
/// reported with a suggestion; collects all problems instead of stopping at the first.
/// </summary>
internal sealed class ConfigNode
{
    private readonly YamlMappingNode _node;
    private readonly string _path;
    private readonly List<string> _problems;
    private readonly List<string> _known = [];

    public ConfigNode(YamlMappingNode node, string path, List<string> problems)
    {
        _node = node;
        _path = path;
        _problems = problems;
    }

    public IEnumerable<string> Keys => _node.Children.Keys.OfType<YamlScalarNode>().Select(k => k.Value ?? "");

    public ConfigNode Section(string key)
    {
        switch (Find(key))
        {
            case null or YamlScalarNode { Value: null or "" }:
                return new ConfigNode([], Path(key), _problems);
            case YamlMappingNode mapping:
                return new ConfigNode(mapping, Path(key), _problems);
            case var other:
                Wrong(key, other, "a section of keys");
                return new ConfigNode([], Path(key), _problems);
        }
    }

    public string? Text(string key)
    {
        YamlNode? node = Find(key);
        switch (node)
        {
            case null or YamlScalarNode { Value: "null" or "~", Style: YamlDotNet.Core.ScalarStyle.Plain }:
                return null;
            case YamlScalarNode scalar:
                return scalar.Value;
            default:
                Wrong(key, node, "one value");
                return null;
        }
    }

    public double? Number(string key, double minimum, double maximum) => Parse(key, $"a number from {Show(minimum)} to {Show(maximum)}", text =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double v) && v >= minimum && v <= maximum ? v : (double?)null);

    public int? Whole(string key, int minimum) => Parse(key, $"a whole number from {minimum} up", text =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int v) && v >= minimum ? v : (int?)null);

    public ulong? Unsigned(string key) => Parse(key, "a whole number, not negative", text =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong v) ? v : (ulong?)null);

    public bool? Flag(string key) => Parse(key, "true or false", text => text switch { "true" => true, "false" => false, _ => (bool?)null });

    public T? Choice<T>(string key)
        where T : struct, Enum =>
        Parse(key, "one of " + string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant())), text =>
            Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(text, ignoreCase: true) : (T?)null);

    /// <summary>A list, or one value in its place.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        YamlNode? node = Find(key);
        if (node is YamlSequenceNode list && list.Children.All(c => c is YamlScalarNode))
            return [.. list.Children.Select(c => ((YamlScalarNode)c).Value ?? "")];
        if (node is YamlScalarNode { Value: null or "" } or null)
            return [];
        if (node is YamlScalarNode scalar)
            return [scalar.Value!];
        Wrong(key, node, "a list of values");
        return [];
    }

    /// <summary>Says what is wrong with a key that is there, beyond its type.</summary>
    public void Problem(string key, string text)
    {
        YamlNode? node = Find(key);
        _problems.Add($"{Where(key, node)}: {text}");
    }

    /// <summary>Says that a needed key is absent.</summary>
    public void Missing(string key, string expected) => _problems.Add($"{Path(key)} is missing: {expected}.");

    /// <summary>Reports every key that nobody asked for.</summary>
    public void Finish()
    {
        foreach ((YamlNode key, _) in _node.Children)
        {
            string name = (key as YamlScalarNode)?.Value ?? "";
            if (!_known.Contains(name))
                _problems.Add($"{(key.Start.Index > 0 || key.Start.Line > 1 ? $"line {key.Start.Line}: " : "")}there is no key '{Path(name)}'. {Suggestion.For(name, _known)}");
        }
    }

    private T? Parse<T>(string key, string expected, Func<string, T?> parse)
        where T : struct
    {
        if (Text(key) is not { } text)
            return null;
        T? value = parse(text);
        if (value is null)
            Wrong(key, Find(key), expected);
        return value;
    }

    private YamlNode? Find(string key)
    {
        if (!_known.Contains(key))
            _known.Add(key);
        return _node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? node) ? node : null;
    }

    private void Wrong(string key, YamlNode? node, string expected)
    {
        string found = node is YamlScalarNode scalar ? $"'{scalar.Value}'" : node is YamlSequenceNode ? "a list" : "a section";
        _problems.Add($"{Where(key, node)}: found {found}, expected {expected}.");
    }

    private string Where(string key, YamlNode? node) => node is { Start.Index: > 0 } ? $"line {node.Start.Line}, {Path(key)}" : Path(key);

    private string Path(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private static string Show(double limit) => limit switch
    {
        double.NegativeInfinity => "−∞",
        double.PositiveInfinity => "∞",
        _ => limit.ToString(CultureInfo.InvariantCulture),
    };
}

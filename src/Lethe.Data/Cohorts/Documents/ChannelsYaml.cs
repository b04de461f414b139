using System.Globalization;
using System.Text;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;

namespace Lethe.Data.Cohorts.Documents;

/// <summary>The file <c>channels.yaml</c> of a cohort folder: name, outcomes and channel metadata. What is written is read back equal.</summary>
internal static class ChannelsYaml
{
    public const string Version = "lethe_cohort_folder";

    private static readonly string[] OfFile = [Version, "name", "outcomes", "channels"];
    private static readonly string[] OfChannel = ["name", "title", "kind", "unit", "loinc", "decimals", "plausible", "levels"];
    private static readonly (string Word, ChannelKind Value)[] Kinds = [.. Enum.GetValues<ChannelKind>().Select(k => (k.ToString().ToLowerInvariant(), k))];
    private static readonly (string Word, Origin Value)[] Origins = [("public", Origin.Public), ("learnt", Origin.Learnt)];

    public static string Write(Cohort cohort)
    {
        StringBuilder yaml = new();
        yaml.Append(CultureInfo.InvariantCulture, $"{Version}: 1\n");
        Scalar(yaml, "", "name", cohort.Name);
        yaml.Append(CultureInfo.InvariantCulture, $"outcomes: [{string.Join(", ", cohort.Outcomes.Select(SchemaYaml.Quote))}]\n");
        yaml.Append("channels:").Append(cohort.Channels.Count == 0 ? " []\n" : "\n");
        foreach (Channel c in cohort.Channels)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - name: {SchemaYaml.Quote(c.Name)}\n");
            Scalar(yaml, "    ", "title", c.Title);
            Scalar(yaml, "    ", "kind", c.Kind.ToString().ToLowerInvariant());
            Scalar(yaml, "    ", "unit", c.Unit);
            Scalar(yaml, "    ", "loinc", c.Loinc);
            yaml.Append(CultureInfo.InvariantCulture, $"    decimals: {c.Decimals}\n");
            if (c.PlausibleRange is { } r)
                yaml.Append(CultureInfo.InvariantCulture, $"    plausible: {{lower: {r.Lower:R}, upper: {r.Upper:R}, origin: {r.Origin.ToString().ToLowerInvariant()}}}\n");
            if (c.Levels.Count > 0)
                yaml.Append(CultureInfo.InvariantCulture, $"    levels: [{string.Join(", ", c.Levels.Select(SchemaYaml.Quote))}]\n");
        }

        return yaml.ToString();
    }

    /// <exception cref="DataException">The text is no channels file; all problems at once, with lines.</exception>
    public static (string Name, IReadOnlyList<string> Outcomes, IReadOnlyList<Channel> Channels) Read(string yaml, string file)
    {
        ProblemLog log = new(file, perKind: int.MaxValue);
        YamlMap? map = YamlMap.Parse(yaml, log, "a channels file", OfFile);
        List<Channel> channels = [];
        if (map is not null)
        {
            if (map.Whole(Version, 1) is not 1)
                map.Missing($"line '{Version}: 1'", "Give the channels.yaml of a cohort folder that this build can read.");
            foreach (YamlMap c in map.Maps("channels", "a channel", OfChannel) ?? [])
            {
                if (c.Text("name") is not { Length: > 0 } name)
                    c.Missing("name", "Give it the name that the events use.");
                else if (c.Word("kind", Kinds) is not { } kind)
                    c.Missing("kind", $"Give one of {string.Join(", ", Kinds.Select(k => k.Word))}.");
                else
                    channels.Add(Channel(c, name, kind));
            }
        }

        log.ThrowIfErrors();
        return (map!.Text("name") ?? "cohort", map.Texts("outcomes") ?? [], channels);
    }

    private static Channel Channel(YamlMap c, string name, ChannelKind kind)
    {
        YamlMap? range = c.Map("plausible", "lower", "upper", "origin");
        double? lower = range?.Number("lower"), upper = range?.Number("upper");
        if (range is not null && !(lower <= upper))
            range.Wrong("lower", "the plausible range needs lower ≤ upper", "Correct it.");
        return new Channel
        {
            Name = name,
            Kind = kind,
            Title = c.Text("title"),
            Unit = c.Text("unit"),
            Loinc = c.Text("loinc"),
            Decimals = c.Whole("decimals", 0) ?? 2,
            PlausibleRange = lower is { } l && upper is { } u && l <= u ? new Bounds(l, u, range!.Word("origin", Origins) ?? Origin.Learnt) : null,
            Levels = c.Texts("levels") ?? [],
        };
    }

    private static void Scalar(StringBuilder yaml, string indent, string key, string? value)
    {
        if (value is not null)
            yaml.Append(CultureInfo.InvariantCulture, $"{indent}{key}: {SchemaYaml.Quote(value)}\n");
    }
}

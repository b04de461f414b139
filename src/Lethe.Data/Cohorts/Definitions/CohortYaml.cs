using System.Reflection;
using Lethe.Data.Cohorts.Documents;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Problems;

namespace Lethe.Data.Cohorts.Definitions;

/// <summary>Cohort definitions as YAML files (<c>lethe_cohort: 1</c>), and those that ship with Lethe by name. Documented in docs/cohorts.md.</summary>
public static class CohortYaml
{
    private const string Version = "lethe_cohort";
    private const string Folder = "Lethe.Data.Cohorts.Definitions.";

    private static readonly string[] Keys =
    [
        Version, "name", "title", "age", "first_stay_only", "minimum_hours", "maximum_hours", "window", "minimum_events", "channels", "statics", "outcome", "long_stay_days", "implausible",
    ];

    private static readonly (string Word, CohortOutcome Value)[] Outcomes = [("in_hospital_death", CohortOutcome.InHospitalDeath), ("long_stay", CohortOutcome.LongStay)];

    private static readonly (string Word, ImplausibleRule Value)[] Rules = [("leave_out", ImplausibleRule.LeaveOut), ("keep", ImplausibleRule.Keep), ("clamp", ImplausibleRule.Clamp)];

    /// <summary>Names of the definitions that ship with Lethe.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(n => n[Folder.Length..^".yaml".Length]).Order(StringComparer.Ordinal)];

    /// <summary>The YAML text of a definition that ships with Lethe.</summary>
    /// <exception cref="KeyNotFoundException">No such definition; the message lists what there is.</exception>
    public static string Text(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + name + ".yaml")
            ?? throw new KeyNotFoundException($"There is no cohort definition '{name}'.{Spelling.DidYouMean(name, Names)} Those that ship with Lethe are: {string.Join(", ", Names)}; any other is given as a YAML file.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    /// <summary>A definition by the name it ships under, or by the path of a YAML file.</summary>
    /// <exception cref="KeyNotFoundException">Neither such a name nor such a file.</exception>
    /// <exception cref="DataException">The file is no definition; all problems at once, with lines.</exception>
    public static CohortDefinition Find(string nameOrPath) => File.Exists(nameOrPath)
        ? Parse(File.ReadAllText(nameOrPath), nameOrPath)
        : Parse(Text(nameOrPath), nameOrPath + ".yaml");

    /// <summary>Reads YAML text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">What messages call it; without extension the name of a definition that has none.</param>
    /// <exception cref="DataException">The text is no definition; all problems at once, with lines.</exception>
    public static CohortDefinition Parse(string yaml, string file = "cohort.yaml")
    {
        ProblemLog log = new(file, perKind: int.MaxValue);
        CohortDefinition definition = new() { Name = Path.GetFileNameWithoutExtension(file) };
        if (YamlMap.Parse(yaml, log, "a cohort definition", Keys) is { } map)
            definition = Read(map, definition);
        log.ThrowIfErrors();
        return definition;
    }

    private static CohortDefinition Read(YamlMap map, CohortDefinition defaults)
    {
        if (map.Whole(Version, 1) is not 1)
            map.Missing($"line '{Version}: 1'", "Add it as the first line; this build reads version 1.");
        YamlMap? age = map.Map("age", "min", "max"), window = map.Map("window", "from", "to");
        double? from = window?.Number("from"), to = window?.Number("to");
        if (window is not null && to is null)
            window.Missing("to", "Give the last hour since admission, e.g. 48.");
        CohortDefinition d = defaults with
        {
            Name = map.Text("name") ?? defaults.Name,
            Title = map.Text("title"),
            MinimumAge = age?.Number("min"),
            MaximumAge = age?.Number("max"),
            FirstStayOnly = map.Flag("first_stay_only") ?? false,
            MinimumHours = map.Number("minimum_hours"),
            MaximumHours = map.Number("maximum_hours"),
            Window = to is { } end ? new CohortWindow(from ?? 0, end) : null,
            MinimumEvents = map.Whole("minimum_events", 0) ?? 0,
            Channels = map.Texts("channels"),
            Statics = map.Texts("statics"),
            Outcome = map.Word("outcome", Outcomes),
            LongStayDays = map.Number("long_stay_days") ?? defaults.LongStayDays,
            Implausible = map.Word("implausible", Rules) ?? defaults.Implausible,
        };
        if (d.MinimumAge > d.MaximumAge)
            map.Wrong("age", "the least age is above the greatest", "Give min ≤ max.");
        if (d.MinimumHours > d.MaximumHours)
            map.Wrong("minimum_hours", "the least length is above the greatest", "Give minimum_hours ≤ maximum_hours.");
        if (d.Window is { } w && !(w.From < w.To))
            map.Wrong("window", "the window ends before it starts", "Give from < to, in hours since admission.");
        if (d.LongStayDays <= 0)
            map.Wrong("long_stay_days", "long_stay_days must be above zero", "Correct it.");
        return d;
    }
}

using Lethe.Audit.Attacks;
using Lethe.Results;
using Lethe.Synthesis.Registry;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Lethe.Studies.Configuration;

/// <summary>A value that overrides one of the configuration file, as <c>--set section.key=value</c> and all options of the command line do.</summary>
/// <param name="Path">Dotted path, e.g. <c>method.epochs</c>.</param>
/// <param name="Value">The value as text.</param>
public sealed record Override(string Path, string Value);

/// <summary>
/// Reads a run's configuration: the file first, overrides over it, defaults for the rest. Unknown keys are errors with a
/// suggestion; all problems are reported at once.
/// </summary>
public static class RunConfigReader
{
    /// <summary>Reads the file at <paramref name="path"/>, if any, under <paramref name="overrides"/>. Paths in the file are relative to its folder.</summary>
    /// <exception cref="ConfigException">The file cannot be read, or the configuration has problems; all of them are listed.</exception>
    public static RunConfig ReadFile(string? path, IReadOnlyList<Override> overrides)
    {
        if (path is null)
            return Read("", overrides);
        try
        {
            RunConfig config = Read(File.ReadAllText(path), overrides);
            string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
            bool sourceIsGiven = overrides.Any(o => o.Path == "data.source"), schemaIsGiven = overrides.Any(o => o.Path == "data.schema");
            return config with
            {
                Data = config.Data with
                {
                    Source = sourceIsGiven ? config.Data.Source : Beside(folder, config.Data.Source),
                    Schema = schemaIsGiven || config.Data.Schema is null ? config.Data.Schema : Beside(folder, config.Data.Schema),
                },
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"The configuration '{path}' cannot be read: {e.Message} Check the path and the permission.");
        }
    }

    /// <summary>Reads YAML text under <paramref name="overrides"/>.</summary>
    /// <exception cref="ConfigException">The configuration has problems; all of them are listed.</exception>
    public static RunConfig Read(string yaml, IReadOnlyList<Override> overrides)
    {
        YamlMappingNode root = Parse(yaml);
        List<string> problems = [];
        foreach (Override change in overrides)
            Apply(root, change, problems);

        RunConfig config = Read(new ConfigNode(root, "", problems), problems);
        return problems.Count == 0 ? config : throw new ConfigException(problems);
    }

    private static YamlMappingNode Parse(string yaml)
    {
        YamlStream stream = [];
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            throw new ConfigException($"line {e.Start.Line}, position {e.Start.Column}: this is not YAML ({e.Message}). Mind indentation by spaces and the colon after keys.");
        }

        return stream.Documents.Count == 0 ? [] : stream.Documents[0].RootNode switch
        {
            YamlMappingNode mapping => mapping,
            YamlScalarNode { Value: null or "" } => [],
            _ => throw new ConfigException("The configuration is not a list of keys. Expected sections such as 'data:', 'method:', 'seed:'."),
        };
    }

    private static void Apply(YamlMappingNode root, Override change, List<string> problems)
    {
        // Identifiers of measures hold dots themselves: under gates only the first and the last dot separate.
        string[] parts = change.Path.Split('.');
        if (parts is ["gates", _, _, ..])
            parts = ["gates", string.Join('.', parts[1..^1]), parts[^1]];

        YamlMappingNode at = root;
        foreach (string part in parts[..^1])
        {
            YamlScalarNode key = new(part);
            if (!at.Children.TryGetValue(key, out YamlNode? child) || child is YamlScalarNode { Value: null or "" })
                at.Children[key] = child = new YamlMappingNode();
            if (child is not YamlMappingNode mapping)
            {
                problems.Add($"{change.Path} cannot be set: '{part}' is a value, not a section.");
                return;
            }

            at = mapping;
        }

        // A list in brackets is taken apart; everything else is one value.
        string value = change.Value.Trim();
        at.Children[new YamlScalarNode(parts[^1])] = value.StartsWith('[') && value.EndsWith(']')
            ? new YamlSequenceNode(value[1..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(v => new YamlScalarNode(v)))
            : new YamlScalarNode(change.Value);
    }

    private static RunConfig Read(ConfigNode root, List<string> problems)
    {
        if (root.Whole("lethe_run", 1) is > RunConfig.FormatVersion and var version)
            problems.Add($"lethe_run: the configuration has format {version}; this build reads up to {RunConfig.FormatVersion}. Use a newer Lethe.");

        RunConfig config = new()
        {
            Title = root.Text("title"),
            Data = ReadData(root.Section("data")),
            Split = ReadSplit(root.Section("split"), problems),
            Method = ReadMethod(root.Section("method")),
            Sample = ReadSample(root.Section("sample")),
            Evaluate = ReadEvaluate(root.Section("evaluate")),
            Audit = ReadAudit(root.Section("audit")),
            Gates = ReadGates(root.Section("gates")),
            Context = ReadContext(root.Section("context")),
            Edition = root.Choice<ReportEdition>("edition") ?? ReportEdition.Internal,
            Seed = root.Unsigned("seed") ?? 1,
        };
        if (root.Keys.Contains("privacy"))
            root.Problem("privacy", "no method of this build makes a formal privacy claim, so a budget cannot be kept. Leave the section out.");
        root.Finish();
        return config;
    }

    private static DataConfig ReadData(ConfigNode node)
    {
        string? source = node.Text("source");
        if (string.IsNullOrWhiteSpace(source))
            node.Missing("source", "a file, a dataset of 'lethe data list', or simulated-heart-clinic");
        DataConfig data = new()
        {
            Source = source ?? "",
            Table = node.Text("table"),
            Schema = node.Text("schema"),
            Target = node.Text("target"),
            Positive = node.Text("positive"),
            PatientKey = node.Text("patient_key"),
        };
        node.Finish();
        return data;
    }

    private static SplitConfig ReadSplit(ConfigNode node, List<string> problems)
    {
        SplitConfig split = new()
        {
            Train = node.Number("train", 0, 1),
            Holdout = node.Number("holdout", 0, 1),
            Reference = node.Number("reference", 0, 1),
            Stratify = node.Flag("stratify") ?? true,
        };
        SplitConfig resolved = split.Resolve(0);
        if (resolved.Train is not > 0 || resolved.Train + resolved.Holdout + resolved.Reference > 1 + 1e-9)
            problems.Add("split: the shares must leave some patients to train on and sum to at most 1. Check split.train, split.holdout and split.reference.");
        node.Finish();
        return split;
    }

    private static MethodConfig ReadMethod(ConfigNode node)
    {
        string name = node.Text("name") ?? MethodConfig.Automatic;
        SortedDictionary<string, string> options = new(StringComparer.Ordinal);
        if (name == MethodConfig.Automatic)
        {
            node.Finish();
            return new MethodConfig();
        }

        string[] names = [MethodConfig.Automatic, .. Methods.All.Select(m => m.Descriptor.Name)];
        MethodRegistration? method = Methods.All.FirstOrDefault(m => m.Descriptor.Name == name);
        if (method is null)
        {
            node.Problem("name", $"there is no method '{name}'. {Suggestion.For(name, names)}");
            return new MethodConfig { Name = name };
        }

        foreach (OptionInfo option in method.Options)
        {
            if (node.Text(option.Name) is { } value)
                options[option.Name] = value;
        }

        try
        {
            method.Create(options);
        }
        catch (OptionException e)
        {
            node.Problem("name", $"the options of '{name}' cannot be used: {e.Message} See 'lethe describe {name}'.");
        }

        node.Finish();
        return new MethodConfig { Name = name, Options = options };
    }

    private static SampleConfig ReadSample(ConfigNode node)
    {
        SampleConfig sample = new() { Rows = node.Whole("rows", 1), Where = node.Texts("where") };
        node.Finish();
        return sample;
    }

    private static EvaluateConfig ReadEvaluate(ConfigNode node)
    {
        EvaluateConfig evaluate = new() { Fidelity = node.Flag("fidelity") ?? true, Utility = node.Flag("utility") ?? true };
        node.Finish();
        return evaluate;
    }

    private static AuditConfig ReadAudit(ConfigNode node)
    {
        AuditConfig audit = new() { Enabled = node.Flag("enabled") ?? true, Attacks = node.Texts("attacks") };
        string[] known = [.. AttackRegistry.All.Select(a => a.Descriptor.Name)];
        foreach (string attack in audit.Attacks.Except(known))
            node.Problem("attacks", $"there is no attack '{attack}'. {Suggestion.For(attack, known)}");
        node.Finish();
        return audit;
    }

    private static List<Gate> ReadGates(ConfigNode node)
    {
        List<Gate> gates = [];
        foreach (string measure in node.Keys)
        {
            ConfigNode limits = node.Section(measure);
            Gate gate = new(
                measure,
                limits.Number("min", double.NegativeInfinity, double.PositiveInfinity),
                limits.Number("max", double.NegativeInfinity, double.PositiveInfinity));
            if (gate is { Minimum: null, Maximum: null })
                node.Problem(measure, "a gate needs 'min' or 'max'.");
            limits.Finish();
            gates.Add(gate);
        }

        return gates;
    }

    private static ContextSection? ReadContext(ConfigNode node)
    {
        ContextSection context = new()
        {
            Purpose = node.Text("purpose"),
            Recipient = node.Text("recipient"),
            ReleaseModel = node.Text("release_model"),
            Environment = node.Text("environment"),
            Controls = node.Texts("controls"),
            LegalBasis = node.Text("legal_basis"),
            ExcludedUses = node.Texts("excluded_uses"),
            Contact = node.Text("contact"),
            Licence = node.Text("licence"),
        };
        node.Finish();
        return node.Keys.Any() ? context : null;
    }

    /// <summary>A file named in the configuration lies beside it; catalogue identifiers and absolute paths stay as they are.</summary>
    private static string Beside(string folder, string path)
    {
        string beside = System.IO.Path.GetFullPath(path, folder);
        return File.Exists(beside) ? beside : path;
    }
}

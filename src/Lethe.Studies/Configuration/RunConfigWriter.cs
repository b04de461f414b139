using System.Globalization;
using System.Text;

namespace Lethe.Studies.Configuration;

/// <summary>Writes a configuration as YAML that <see cref="RunConfigReader"/> reads back to an equal one.</summary>
public static class RunConfigWriter
{
    /// <summary>The YAML text, every default written out.</summary>
    public static string Write(RunConfig config)
    {
        StringBuilder yaml = new();
        Line(yaml, 0, "lethe_run", RunConfig.FormatVersion.ToString(CultureInfo.InvariantCulture), quote: false);
        Line(yaml, 0, "title", config.Title);
        yaml.Append("data:\n");
        Line(yaml, 1, "source", config.Data.Source);
        Line(yaml, 1, "table", config.Data.Table);
        Line(yaml, 1, "schema", config.Data.Schema);
        Line(yaml, 1, "target", config.Data.Target);
        Line(yaml, 1, "positive", config.Data.Positive);
        Line(yaml, 1, "patient_key", config.Data.PatientKey);
        yaml.Append("split:\n");
        Line(yaml, 1, "train", config.Split.Train);
        Line(yaml, 1, "holdout", config.Split.Holdout);
        Line(yaml, 1, "reference", config.Split.Reference);
        Line(yaml, 1, "stratify", config.Split.Stratify);
        yaml.Append("method:\n");
        Line(yaml, 1, "name", config.Method.Name);
        foreach ((string name, string value) in config.Method.Options)
            Line(yaml, 1, name, value);
        if (config.Sample.Rows is not null || config.Sample.Where.Count > 0)
        {
            yaml.Append("sample:\n");
            Line(yaml, 1, "rows", config.Sample.Rows);
            List(yaml, 1, "where", config.Sample.Where);
        }

        yaml.Append("evaluate:\n");
        Line(yaml, 1, "fidelity", config.Evaluate.Fidelity);
        Line(yaml, 1, "utility", config.Evaluate.Utility);
        yaml.Append("audit:\n");
        Line(yaml, 1, "enabled", config.Audit.Enabled);
        List(yaml, 1, "attacks", config.Audit.Attacks);
        if (config.Gates.Count > 0)
            yaml.Append("gates:\n");
        foreach (Gate gate in config.Gates)
        {
            yaml.Append("  ").Append(Quote(gate.Measure)).Append(":\n");
            Line(yaml, 2, "min", gate.Minimum);
            Line(yaml, 2, "max", gate.Maximum);
        }

        if (config.Context is { } context)
        {
            yaml.Append("context:\n");
            Line(yaml, 1, "purpose", context.Purpose);
            Line(yaml, 1, "recipient", context.Recipient);
            Line(yaml, 1, "release_model", context.ReleaseModel);
            Line(yaml, 1, "environment", context.Environment);
            List(yaml, 1, "controls", context.Controls);
            Line(yaml, 1, "legal_basis", context.LegalBasis);
            List(yaml, 1, "excluded_uses", context.ExcludedUses);
            Line(yaml, 1, "contact", context.Contact);
            Line(yaml, 1, "licence", context.Licence);
        }

        Line(yaml, 0, "edition", config.Edition.ToString().ToLowerInvariant(), quote: false);
        Line(yaml, 0, "seed", config.Seed.ToString(CultureInfo.InvariantCulture), quote: false);
        return yaml.ToString();
    }

    private static void Line(StringBuilder yaml, int depth, string key, string? value, bool quote = true)
    {
        if (value is not null)
            yaml.Append(' ', 2 * depth).Append(Quote(key)).Append(": ").Append(quote ? Quote(value) : value).Append('\n');
    }

    private static void Line(StringBuilder yaml, int depth, string key, double? value) =>
        Line(yaml, depth, key, value?.ToString("R", CultureInfo.InvariantCulture), quote: false);

    private static void Line(StringBuilder yaml, int depth, string key, int? value) =>
        Line(yaml, depth, key, value?.ToString(CultureInfo.InvariantCulture), quote: false);

    private static void Line(StringBuilder yaml, int depth, string key, bool value) =>
        Line(yaml, depth, key, value ? "true" : "false", quote: false);

    private static void List(StringBuilder yaml, int depth, string key, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
            yaml.Append(' ', 2 * depth).Append(key).Append(": [").AppendJoin(", ", values.Select(Quote)).Append("]\n");
    }

    /// <summary>Plain where YAML cannot mistake it for anything but this text, else in double quotes.</summary>
    private static string Quote(string text)
    {
        bool plain = text.Length > 0 && char.IsAsciiLetter(text[0])
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/')
            && text.ToLowerInvariant() is not ("true" or "false" or "yes" or "no" or "on" or "off" or "null" or "y" or "n");
        if (plain)
            return text;
        StringBuilder quoted = new("\"");
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' => quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}

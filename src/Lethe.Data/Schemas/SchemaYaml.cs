using System.Globalization;
using System.Text;
using Lethe.Data.Files;
using Lethe.Data.Problems;
using Lethe.Data.Schemas.Documents;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Lethe.Data.Schemas;

/// <summary>
/// Schema files for people: YAML, versioned (<c>lethe_schema: 1</c>). Every value is text, so levels called <c>no</c>
/// and <c>yes</c> stay what they are. What is written is read back as an equal schema.
/// </summary>
public static class SchemaYaml
{
    private const int FlowLimit = 100;

    // Words that some YAML reader takes for something other than text.
    private static readonly HashSet<string> Reserved = new(["yes", "no", "true", "false", "on", "off", "y", "n", "null", "nan", "inf", "~"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The YAML text of a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="notes">What inference decided and why: becomes comments above the columns, without any value from the data.</param>
    public static string Write(Schema schema, IEnumerable<DataProblem>? notes = null)
    {
        ILookup<string, DataProblem> byColumn = (notes ?? []).ToLookup(n => n.Column ?? "");
        StringBuilder yaml = new();
        yaml.Append(CultureInfo.InvariantCulture, $"{SchemaKeys.Version}: {Schema.FormatVersion}\n");
        Scalar(yaml, "", SchemaKeys.Name, schema.Name);
        Scalar(yaml, "", SchemaKeys.Source, schema.Source);
        Scalar(yaml, "", SchemaKeys.Licence, schema.Licence);
        Comments(yaml, "", byColumn[""]);
        yaml.Append(SchemaKeys.Columns).Append(":\n");
        foreach (ColumnSchema column in schema.Columns)
        {
            Comments(yaml, "  ", byColumn[column.Name]);
            Column(yaml, column);
        }

        return yaml.ToString();
    }

    /// <summary>Writes a schema file; it appears whole or not at all.</summary>
    public static void Save(string path, Schema schema, IEnumerable<DataProblem>? notes = null) => AtomicFile.WriteAllText(path, Write(schema, notes));

    /// <summary>Reads a schema file.</summary>
    /// <exception cref="DataException">The file cannot be opened or is no schema; all problems at once, with lines.</exception>
    public static Schema Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException(new DataProblem
            {
                Code = ProblemCodes.CannotOpen,
                File = path,
                Message = $"the schema file cannot be opened ({e.GetType().Name})",
                Remedy = "Check the spelling and the folder that the command runs in",
            });
        }
    }

    /// <summary>Reads YAML text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">What messages call it.</param>
    /// <exception cref="DataException">The text is no schema; all problems at once, with lines.</exception>
    public static Schema Parse(string yaml, string? file = null)
    {
        YamlStream stream = [];
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException or ArgumentException or ArithmeticException or IndexOutOfRangeException)
        {
            // The parser meets some malformed texts with exceptions of its own code; they mean the same.
            throw new DataException(new DataProblem
            {
                Code = ProblemCodes.SchemaSyntax,
                File = file,
                Line = (e as YamlException)?.Start.Line,
                Message = "this is no valid YAML",
                Value = e.Message,
                Remedy = "Check the indentation, and quote texts that hold : # [ ] { } ? or start with a mark",
            });
        }

        SchemaNode root = stream.Documents.Count == 0 ? new SchemaNode.Text(null, 1) : Node(stream.Documents[0].RootNode, 0);
        return new SchemaReader(file).Read(root);
    }

    private static SchemaNode Node(YamlNode node, int depth)
    {
        long line = node.Start.Line;
        return node switch
        {
            _ when depth > 10 => new SchemaNode.Text(null, line),
            YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" } => new SchemaNode.Text(null, line),
            YamlScalarNode scalar => new SchemaNode.Text(scalar.Value, line),
            YamlSequenceNode list => new SchemaNode.List([.. list.Children.Select(c => Item(c, depth + 1))], line),
            YamlMappingNode map => new SchemaNode.Map([.. map.Children.Select(e => ((e.Key as YamlScalarNode)?.Value ?? "", (long?)e.Key.Start.Line, Node(e.Value, depth + 1)))], line),
            _ => new SchemaNode.Text(null, line),
        };
    }

    /// <summary>In lists, where nothing else makes sense, <c>null</c> and <c>~</c> are texts: they are usual missing tokens.</summary>
    private static SchemaNode Item(YamlNode node, int depth) =>
        node is YamlScalarNode { Value: not null } scalar ? new SchemaNode.Text(scalar.Value, node.Start.Line) : Node(node, depth);

    private static void Column(StringBuilder yaml, ColumnSchema c)
    {
        yaml.Append(CultureInfo.InvariantCulture, $"  - {SchemaKeys.Name}: {Quote(c.Name)}\n");
        Scalar(yaml, "    ", SchemaKeys.Kind, SchemaKeys.Word(SchemaKeys.Kinds, c.Kind));
        Scalar(yaml, "    ", SchemaKeys.Role, SchemaKeys.Word(SchemaKeys.Roles, c.Role));
        Scalar(yaml, "    ", SchemaKeys.Unit, c.Unit);
        Scalar(yaml, "    ", SchemaKeys.Description, c.Description);
        Scalar(yaml, "    ", SchemaKeys.CodeSystem, c.CodeSystem);
        if (c.Bounds is Bounds b)
            yaml.Append(CultureInfo.InvariantCulture, $"    {SchemaKeys.Bounds}: {{{SchemaKeys.Lower}: {SchemaValues.Bound(b.Lower, c.Kind)}, {SchemaKeys.Upper}: {SchemaValues.Bound(b.Upper, c.Kind)}, {SchemaKeys.Origin}: {SchemaKeys.Word(SchemaKeys.Origins, b.Origin)}}}\n");
        List(yaml, SchemaKeys.Categories, c.Categories);
        if (c.Categories.Count > 0 || c.CategoriesOrigin != Origin.Learnt)
            Scalar(yaml, "    ", SchemaKeys.CategoriesOrigin, SchemaKeys.Word(SchemaKeys.Origins, c.CategoriesOrigin));
        if (c.Decimals != 0)
            yaml.Append(CultureInfo.InvariantCulture, $"    {SchemaKeys.Decimals}: {c.Decimals}\n");
        if (c.Step is double step)
            yaml.Append(CultureInfo.InvariantCulture, $"    {SchemaKeys.Step}: {step:R}\n");
        List(yaml, SchemaKeys.MissingTokens, c.MissingTokens);
        Scalar(yaml, "    ", SchemaKeys.DateFormat, c.DateFormat);
    }

    private static void List(StringBuilder yaml, string key, IReadOnlyList<string> items)
    {
        if (items.Count == 0)
            return;
        string[] quoted = [.. items.Select(Quote)];
        if (quoted.Sum(q => q.Length + 2) <= FlowLimit)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"    {key}: [{string.Join(", ", quoted)}]\n");
            return;
        }

        yaml.Append(CultureInfo.InvariantCulture, $"    {key}:\n");
        foreach (string q in quoted)
            yaml.Append(CultureInfo.InvariantCulture, $"      - {q}\n");
    }

    private static void Scalar(StringBuilder yaml, string indent, string key, string? value)
    {
        if (value is not null)
            yaml.Append(CultureInfo.InvariantCulture, $"{indent}{key}: {Quote(value)}\n");
    }

    private static void Comments(StringBuilder yaml, string indent, IEnumerable<DataProblem> notes)
    {
        foreach (DataProblem n in notes)
            yaml.Append(CultureInfo.InvariantCulture, $"{indent}# {n.Code}: {OneLine(DataProblem.Sentence(n.Message))} {OneLine(DataProblem.Sentence(n.Remedy))}\n");
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])['\r', '\n', '\u0085', '\u2028', '\u2029'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Plain where every YAML reader agrees that it is text; else in double quotes, with escapes for what does not print.</summary>
    internal static string Quote(string text)
    {
        bool plain = text.Length > 0 && char.IsAsciiLetter(text[0]) && !Reserved.Contains(text) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '/' or '-' or '%');
        if (plain)
            return text;
        StringBuilder quoted = new("\"");
        foreach (Rune r in text.EnumerateRunes())
        {
            bool prints = r.Value >= ' ' && Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);
            if (r.Value is '"' or '\\')
                quoted.Append('\\').Append(r);
            else if (prints)
                quoted.Append(r);
            else
                quoted.Append(CultureInfo.InvariantCulture, $"\\U{r.Value:X8}");
        }

        return quoted.Append('"').ToString();
    }
}

using System.Globalization;
using Lethe.Data.Problems;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Schemas.Documents;

/// <summary>Turns the tree of a schema file into a <see cref="Schema"/>, finding everything that is wrong with it in one go.</summary>
internal sealed class SchemaReader(string? file)
{
    private readonly ProblemLog _log = new(file, perKind: int.MaxValue);

    /// <summary>The schema.</summary>
    /// <exception cref="DataException">The tree is no schema; all problems at once.</exception>
    public Schema Read(SchemaNode root)
    {
        if (root is not SchemaNode.Map map)
        {
            Error(ProblemCodes.SchemaSyntax, root.Line, null, "a schema is a map that starts with lethe_schema: 1", "Start from a schema that inference wrote");
            throw new DataException(_log.ToList());
        }

        Dictionary<string, SchemaNode> keys = Keys(map, SchemaKeys.OfTable, "a schema", null);
        Version(keys, map.Line);
        List<ColumnSchema> columns = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        if (!keys.TryGetValue(SchemaKeys.Columns, out SchemaNode? node) || node is not SchemaNode.List { Items.Count: > 0 } list)
        {
            Error(ProblemCodes.SchemaMissingKey, node?.Line ?? map.Line, null, "the list of columns is missing or empty", "List the columns under columns:");
        }
        else
        {
            foreach (SchemaNode item in list.Items)
            {
                if (Column(item) is not ColumnSchema column)
                    continue;
                if (!names.Add(column.Name))
                    Error(ProblemCodes.SchemaContradiction, item.Line, column.Name, "two columns have this name", "Rename or remove one");
                columns.Add(column);
            }
        }

        foreach (ColumnRole role in (ColumnRole[])[ColumnRole.Target, ColumnRole.PatientKey])
        {
            string[] having = [.. columns.Where(c => c.Role == role).Select(c => c.Name)];
            if (having.Length > 1)
                Error(ProblemCodes.SchemaContradiction, map.Line, null, $"more than one column has the role {SchemaKeys.Word(SchemaKeys.Roles, role)}: {string.Join(", ", having)}", "Leave the role to one");
        }

        _log.ThrowIfErrors();
        return new Schema(columns, Scalar(keys, SchemaKeys.Name, null) ?? "table", Scalar(keys, SchemaKeys.Source, null), Scalar(keys, SchemaKeys.Licence, null));
    }

    private void Version(Dictionary<string, SchemaNode> keys, long? line)
    {
        string? version = Scalar(keys, SchemaKeys.Version, null);
        if (version == Schema.FormatVersion.ToString(CultureInfo.InvariantCulture))
            return;
        if (version is null)
            Error(ProblemCodes.SchemaVersion, line, null, $"the version of the format is missing: {SchemaKeys.Version}: {Schema.FormatVersion} was expected", "Add it as the first line");
        else
            Error(ProblemCodes.SchemaVersion, keys[SchemaKeys.Version].Line, null, $"the version '{version}' of the format is not known; this build reads version {Schema.FormatVersion}", "Use the build that wrote the file, or a newer one");
    }

    private ColumnSchema? Column(SchemaNode node)
    {
        if (node is not SchemaNode.Map map)
        {
            Error(ProblemCodes.SchemaBadValue, node.Line, null, "a column is a map with at least name and kind", "Write '- name: …' and 'kind: …' below it");
            return null;
        }

        string? name = map.Entries.Where(e => e.Key == SchemaKeys.Name).Select(e => (e.Value as SchemaNode.Text)?.Value).FirstOrDefault();
        Dictionary<string, SchemaNode> keys = Keys(map, SchemaKeys.OfColumn, "a column", name);
        if (string.IsNullOrEmpty(name))
            Error(ProblemCodes.SchemaMissingKey, map.Line, null, "a column has no name", "Give it the name that the file's header has");
        ColumnKind? kind = Word(keys, SchemaKeys.Kind, SchemaKeys.Kinds, name);
        if (!keys.TryGetValue(SchemaKeys.Kind, out SchemaNode? kindNode) || kindNode is SchemaNode.Text { Value: null })
            Error(ProblemCodes.SchemaMissingKey, map.Line, name, "the kind is missing", $"Give one of {string.Join(", ", SchemaKeys.Kinds.Select(k => k.Word))}");
        ColumnRole role = Word(keys, SchemaKeys.Role, SchemaKeys.Roles, name) ?? ColumnRole.Feature;
        ColumnSchema column = new()
        {
            Name = name ?? "",
            Kind = kind ?? ColumnKind.Text,
            Role = role,
            Unit = Scalar(keys, SchemaKeys.Unit, name),
            Description = Scalar(keys, SchemaKeys.Description, name),
            CodeSystem = Scalar(keys, SchemaKeys.CodeSystem, name),
            Bounds = Bounds(keys, kind, name),
            Categories = Texts(keys, SchemaKeys.Categories, name),
            CategoriesOrigin = Word(keys, SchemaKeys.CategoriesOrigin, SchemaKeys.Origins, name) ?? Origin.Learnt,
            Decimals = Decimals(keys, name),
            Step = Number(keys, SchemaKeys.Step, name),
            MissingTokens = Texts(keys, SchemaKeys.MissingTokens, name),
            DateFormat = Scalar(keys, SchemaKeys.DateFormat, name),
        };
        if (string.IsNullOrEmpty(name) || kind is null)
            return null;
        foreach ((string message, string remedy) in SchemaRules.Check(column))
            Error(ProblemCodes.SchemaContradiction, map.Line, name, message, remedy);
        return column;
    }

    private Bounds? Bounds(Dictionary<string, SchemaNode> keys, ColumnKind? kind, string? column)
    {
        if (!keys.TryGetValue(SchemaKeys.Bounds, out SchemaNode? node) || node is SchemaNode.Text { Value: null })
            return null;
        if (node is not SchemaNode.Map map)
        {
            Error(ProblemCodes.SchemaBadValue, node.Line, column, "bounds are a map of lower, upper and origin", "Write bounds: {lower: 0, upper: 100, origin: public}");
            return null;
        }

        Dictionary<string, SchemaNode> inner = Keys(map, SchemaKeys.OfBounds, "bounds", column);
        double? lower = Bound(inner, SchemaKeys.Lower, kind, column, map.Line), upper = Bound(inner, SchemaKeys.Upper, kind, column, map.Line);
        Origin origin = Word(inner, SchemaKeys.Origin, SchemaKeys.Origins, column) ?? Origin.Learnt;
        return lower is null || upper is null ? null : new Bounds(lower.Value, upper.Value, origin);
    }

    private double? Bound(Dictionary<string, SchemaNode> keys, string key, ColumnKind? kind, string? column, long? line)
    {
        if (Scalar(keys, key, column) is not string text)
        {
            Error(ProblemCodes.SchemaMissingKey, line, column, $"bounds have no {key}", $"Give {key}, or remove bounds");
            return null;
        }

        if (kind == ColumnKind.DateTime && new DateText(null).TryParse(System.Text.Encoding.UTF8.GetBytes(text), out double days))
            return days;
        return Number(keys, key, column);
    }

    private int Decimals(Dictionary<string, SchemaNode> keys, string? column)
    {
        double? number = Number(keys, SchemaKeys.Decimals, column);
        if (number is null)
            return 0;
        if (number != Math.Floor(number.Value) || Math.Abs(number.Value) > 1000)
        {
            Error(ProblemCodes.SchemaBadValue, keys[SchemaKeys.Decimals].Line, column, "decimals must be a whole number from 0 to 15", "Correct it");
            return 0;
        }

        return (int)number.Value;
    }

    private Dictionary<string, SchemaNode> Keys(SchemaNode.Map map, string[] known, string what, string? column)
    {
        Dictionary<string, SchemaNode> keys = new(StringComparer.Ordinal);
        foreach ((string key, long? line, SchemaNode value) in map.Entries)
        {
            if (!known.Contains(key, StringComparer.Ordinal))
            {
                string? near = Spelling.Nearest(key, known);
                Error(ProblemCodes.SchemaUnknownKey, line, column, $"{what} has no key '{key}'", near is null ? $"The keys are {string.Join(", ", known)}" : $"Did you mean '{near}'?");
            }
            else if (!keys.TryAdd(key, value))
            {
                Error(ProblemCodes.SchemaContradiction, line, column, $"the key '{key}' stands here twice", "Remove one");
            }
        }

        return keys;
    }

    private string? Scalar(Dictionary<string, SchemaNode> keys, string key, string? column)
    {
        if (!keys.TryGetValue(key, out SchemaNode? node))
            return null;
        if (node is SchemaNode.Text text)
            return text.Value;
        Error(ProblemCodes.SchemaBadValue, node.Line, column, $"{key} must be a single value", "Correct it");
        return null;
    }

    private double? Number(Dictionary<string, SchemaNode> keys, string key, string? column)
    {
        if (Scalar(keys, key, column) is not string text)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
            return number;
        Error(ProblemCodes.SchemaBadValue, keys[key].Line, column, $"{key} must be a number, '{text}' is none", "Correct it; the decimal mark is a point");
        return null;
    }

    private T? Word<T>(Dictionary<string, SchemaNode> keys, string key, IReadOnlyList<(string Word, T Value)> words, string? column)
        where T : struct, Enum
    {
        if (Scalar(keys, key, column) is not string text)
            return null;
        string plain = text.Trim().Replace('-', '_').Replace(' ', '_');
        foreach ((string word, T value) in words)
        {
            if (string.Equals(word, plain, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        string? near = Spelling.Nearest(text, words.Select(w => w.Word));
        Error(ProblemCodes.SchemaBadValue, keys[key].Line, column, $"'{text}' is no {key}", near is null ? $"Give one of {string.Join(", ", words.Select(w => w.Word))}" : $"Did you mean '{near}'?");
        return null;
    }

    private string[] Texts(Dictionary<string, SchemaNode> keys, string key, string? column)
    {
        if (!keys.TryGetValue(key, out SchemaNode? node) || node is SchemaNode.Text { Value: null })
            return [];
        if (node is SchemaNode.List list && list.Items.All(i => i is SchemaNode.Text { Value: not null }))
            return [.. list.Items.Select(i => ((SchemaNode.Text)i).Value!)];
        Error(ProblemCodes.SchemaBadValue, node.Line, column, $"{key} must be a list of texts", "Write [a, b, c], or one a line with a dash; quote what YAML would read otherwise");
        return [];
    }

    private void Error(string code, long? line, string? column, string message, string remedy) => _log.Add(new DataProblem
    {
        Code = code,
        Line = line,
        Column = column,
        Message = message,
        Remedy = remedy,
    });
}

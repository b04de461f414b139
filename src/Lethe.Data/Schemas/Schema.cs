using System.Diagnostics.CodeAnalysis;

namespace Lethe.Data.Schemas;

/// <summary>
/// The ordered columns of a dataset and what is known about them. Inferred once from data, edited as YAML by people,
/// re-used ever after. Immutable.
/// </summary>
public sealed class Schema
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    /// <summary>Makes a schema of these columns.</summary>
    /// <exception cref="ArgumentException">Two columns have one name, or more than one is the target or the patient key.</exception>
    public Schema(IEnumerable<ColumnSchema> columns, string name = "table", string? source = null, string? licence = null)
    {
        Columns = [.. columns];
        Name = name;
        Source = source;
        Licence = licence;
        for (int i = 0; i < Columns.Count; i++)
        {
            if (!_index.TryAdd(Columns[i].Name, i))
                throw new ArgumentException($"Two columns are named '{Columns[i].Name}'; names must be unique.", nameof(columns));
        }

        Target = SingleOrNone(ColumnRole.Target);
        PatientKey = SingleOrNone(ColumnRole.PatientKey);
    }

    /// <summary>Version of the schema file format that this build writes.</summary>
    public const int FormatVersion = 1;

    /// <summary>Name of the dataset, for people.</summary>
    public string Name { get; }

    /// <summary>Where the data comes from, or null.</summary>
    public string? Source { get; }

    /// <summary>Licence of the data, or null.</summary>
    public string? Licence { get; }

    /// <summary>Columns in file order.</summary>
    public IReadOnlyList<ColumnSchema> Columns { get; }

    /// <summary>The column whose role is <see cref="ColumnRole.Target"/>, or null.</summary>
    public ColumnSchema? Target { get; }

    /// <summary>The column whose role is <see cref="ColumnRole.PatientKey"/>, or null.</summary>
    public ColumnSchema? PatientKey { get; }

    /// <summary>The column named <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">No such column; the message lists what there is.</exception>
    public ColumnSchema this[string name] => Columns[IndexOf(name)];

    /// <summary>Position of the column named <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">No such column; the message lists what there is.</exception>
    public int IndexOf(string name) => _index.TryGetValue(name, out int i)
        ? i
        : throw new KeyNotFoundException($"There is no column '{name}'; the columns are: {string.Join(", ", Columns.Select(c => c.Name))}.");

    /// <summary>True and the column when there is one named <paramref name="name"/>.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out ColumnSchema? column)
    {
        column = _index.TryGetValue(name, out int i) ? Columns[i] : null;
        return column is not null;
    }

    /// <summary>The same schema with other columns.</summary>
    public Schema WithColumns(IEnumerable<ColumnSchema> columns) => new(columns, Name, Source, Licence);

    /// <summary>The same schema with <paramref name="name"/> as its only target.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    public Schema WithTarget(string name)
    {
        int target = IndexOf(name);
        return WithColumns(Columns.Select((c, i) =>
            i == target ? c with { Role = ColumnRole.Target }
            : c.Role == ColumnRole.Target ? c with { Role = ColumnRole.Feature }
            : c));
    }

    private ColumnSchema? SingleOrNone(ColumnRole role)
    {
        ColumnSchema[] found = [.. Columns.Where(c => c.Role == role)];
        return found.Length <= 1
            ? found.FirstOrDefault()
            : throw new ArgumentException($"Only one column can have the role {role}; these have it: {string.Join(", ", found.Select(c => c.Name))}.");
    }
}

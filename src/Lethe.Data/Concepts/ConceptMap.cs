using System.Globalization;

namespace Lethe.Data.Concepts;

/// <summary>
/// How one database's variables become concepts: for each source code the concept, the unit it is recorded in, and the
/// conversion reading·factor + offset into the concept's unit. The maps are the CSV files beside this class.
/// </summary>
public sealed class ConceptMap
{
    private readonly Dictionary<string, ConceptSource> _bySource = new(StringComparer.OrdinalIgnoreCase);

    private ConceptMap(string name, IEnumerable<ConceptSource> sources)
    {
        Name = name;
        foreach (ConceptSource s in sources)
            _bySource.Add(s.Source, s);
    }

    /// <summary>Name of the map, e.g. <c>physionet-2012</c>.</summary>
    public string Name { get; }

    /// <summary>All entries.</summary>
    public IEnumerable<ConceptSource> Sources => _bySource.Values;

    /// <summary>The entry of a source code (a name or an item number, compared without case), or null.</summary>
    public ConceptSource? Find(string source) => _bySource.GetValueOrDefault(source);

    /// <summary>The map that ships under this name.</summary>
    /// <exception cref="InvalidOperationException">A map is malformed or names an unknown concept: a fault of this build.</exception>
    public static ConceptMap Load(string name) => new(name, EmbeddedCsv.Rows(name + ".csv").Select(row => new ConceptSource(
        row["source"],
        ConceptTable.Get(row["concept"]).Name,
        row["source_unit"],
        double.Parse(row["factor"], CultureInfo.InvariantCulture),
        double.Parse(row["offset"], CultureInfo.InvariantCulture))));
}

/// <summary>One entry of a map.</summary>
/// <param name="Source">Name or item number in the database.</param>
/// <param name="Concept">Concept name.</param>
/// <param name="SourceUnit">Unit it is recorded in.</param>
/// <param name="Factor">Multiplies the reading.</param>
/// <param name="Offset">Is added afterwards.</param>
public sealed record ConceptSource(string Source, string Concept, string SourceUnit, double Factor, double Offset)
{
    /// <summary>The reading in the concept's unit.</summary>
    public double Convert(double reading) => (reading * Factor) + Offset;

    /// <summary>True when the reading changes.</summary>
    public bool Converts => Factor != 1 || Offset != 0;
}

namespace Lethe.Data.Concepts;

/// <summary>
/// How one database's variables become concepts: for each source code the concept, and the unit it is recorded in. The
/// maps are the CSV files beside this class; conversions follow from the units (<see cref="ConceptUnits"/>).
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

    /// <summary>Names of the maps that ship with Lethe.</summary>
    public static IReadOnlyList<string> Names { get; } = ["physionet-2012", "mimic-iii", "mimic-iv", "eicu", "eicu-hourly"];

    /// <summary>Name of the map, e.g. <c>physionet-2012</c>.</summary>
    public string Name { get; }

    /// <summary>All entries.</summary>
    public IEnumerable<ConceptSource> Sources => _bySource.Values;

    /// <summary>The concepts that the map leads to, in the order of the concept table.</summary>
    public IReadOnlyList<Cohorts.Channel> Channels => [.. ConceptTable.All.Where(c => _bySource.Values.Any(s => s.Concept == c.Name))];

    /// <summary>The entry of a source code (a name or an item number, compared without case), or null.</summary>
    public ConceptSource? Find(string source) => _bySource.GetValueOrDefault(source);

    /// <summary>The map that ships under this name.</summary>
    /// <exception cref="InvalidOperationException">A map is malformed or names an unknown concept or unit: a fault of this build.</exception>
    public static ConceptMap Load(string name) => new(name, EmbeddedCsv.Rows(name + ".csv").Select(row => new ConceptSource(
        row["source"],
        ConceptTable.Get(row["concept"]).Name,
        row["source_unit"],
        row["also_written"],
        row["label"],
        ConceptUnits.To(row["concept"], row["source_unit"]) ?? throw new InvalidOperationException($"Map '{name}': {row["source"]} is in {row["source_unit"]}, which has no conversion for {row["concept"]}."))));
}

/// <summary>One entry of a map.</summary>
/// <param name="Source">Name or item number in the database.</param>
/// <param name="Concept">Concept name.</param>
/// <param name="SourceUnit">Unit it is recorded in, UCUM; empty when it has none.</param>
/// <param name="AlsoWritten">What rows of this variable say as unit although they mean <paramref name="SourceUnit"/>; mostly empty.</param>
/// <param name="Label">Name in the database's own dictionary, commas as semicolons.</param>
/// <param name="Conversion">From the source's unit into the concept's.</param>
public sealed record ConceptSource(string Source, string Concept, string SourceUnit, string AlsoWritten, string Label, UnitConversion Conversion)
{
    /// <summary>Multiplies a reading in <see cref="SourceUnit"/>.</summary>
    public double Factor => Conversion.Factor;

    /// <summary>Is added afterwards.</summary>
    public double Offset => Conversion.Offset;
}

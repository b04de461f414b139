using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Catalogue;

/// <summary>
/// A public dataset that Lethe knows by name: where it comes from, under which licence, how its file reads, what its
/// columns mean. The data itself is never part of Lethe. Immutable.
/// </summary>
public sealed record CatalogueEntry
{
    /// <summary>The name it is asked for by, e.g. <c>heart-cleveland</c>.</summary>
    public required string Id { get; init; }

    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    /// <summary>How to cite it.</summary>
    public required string Citation { get; init; }

    /// <summary>Licence of the data, an SPDX identifier where there is one.</summary>
    public required string Licence { get; init; }

    /// <summary>The publisher's page about it.</summary>
    public required string Homepage { get; init; }

    /// <summary>The file, or null for a simulated dataset.</summary>
    public DataFile? File { get; init; }

    /// <summary>
    /// What is known of the columns, in file order, before the target is derived. Levels left empty in a categorical
    /// column are open: they are read off the data.
    /// </summary>
    public required Schema Schema { get; init; }

    /// <summary>True when the first row of the file holds the names; false when the schema names the columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>How the target is derived, or null when a column of the file is the target already.</summary>
    public TargetRule? Target { get; init; }

    /// <summary>Meaning of coded levels: column → code → label. Tables keep the codes.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Labels { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>What to know before using it; empty when there is nothing.</summary>
    public IReadOnlyList<string> Caveats { get; init; } = [];

    /// <summary>Makes the table of a simulated dataset; null when it is a file.</summary>
    public Func<int, Seed, Table>? Simulate { get; init; }
}

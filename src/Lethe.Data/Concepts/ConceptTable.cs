using System.Globalization;
using Lethe.Data.Cohorts;
using Lethe.Data.Schemas;

namespace Lethe.Data.Concepts;

/// <summary>
/// The quantities that Lethe knows across databases: one name, one unit, one plausible range each. The table is the file
/// <c>concepts.csv</c> beside this class, documented in <c>docs/concepts.md</c>.
/// </summary>
public static class ConceptTable
{
    /// <summary>Every concept as a channel, in the order of the table.</summary>
    public static IReadOnlyList<Channel> All { get; } = [.. EmbeddedCsv.Rows("concepts.csv").Select(Parse)];

    /// <summary>The concept named <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">No such concept; the message lists what there is.</exception>
    public static Channel Get(string name) => All.FirstOrDefault(c => c.Name == name)
        ?? throw new KeyNotFoundException($"There is no concept '{name}'; there are: {string.Join(", ", All.Select(c => c.Name))}.");

    private static Channel Parse(IReadOnlyDictionary<string, string> row) => new()
    {
        Name = row["name"],
        Title = row["title"],
        Kind = Enum.Parse<ChannelKind>(row["kind"], ignoreCase: true),
        Unit = row["unit"].Length == 0 ? null : row["unit"],
        PlausibleRange = new Bounds(Number(row["low"]), Number(row["high"]), Origin.Public),
        Decimals = int.Parse(row["decimals"], CultureInfo.InvariantCulture),
        Loinc = row["loinc"].Length == 0 ? null : row["loinc"],
    };

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

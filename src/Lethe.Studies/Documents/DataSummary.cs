using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Results;
using Lethe.Studies.Loading;

namespace Lethe.Studies.Documents;

/// <summary>The data section of a result document: counts and roles, no values.</summary>
internal static class DataSummary
{
    public static DataSection Of(LoadedData data, Table train, IReadOnlyDictionary<string, int> counts) => new()
    {
        Name = data.Name,
        Origin = data.Origin,
        Simulated = data.Simulated,
        RowsRead = checked((int)data.RowsRead),
        Unit = train.Schema.PatientKey is { } key ? $"rows with one value of '{key.Name}' are one patient" : "one row is one patient",
        Counts = counts,
        Target = train.Schema.Target?.Name,
        Columns = [.. train.Columns.Select(Summary)],
        Exclusions = [.. data.Exclusions, .. train.Schema.Columns.Where(c => !c.IsModelled).Select(Exclusion)],
        Warnings = [.. data.Notes.Where(n => n.Severity >= Severity.Warning).Select(n => n.PublicText)],
    };

    private static ColumnSummary Summary(Column column) => new()
    {
        Name = column.Name,
        Kind = column.Schema.Kind.ToString().ToLowerInvariant(),
        Role = column.Schema.Role.ToString().ToLowerInvariant(),
        Unit = column.Schema.Unit,
        MissingShare = column.Count == 0 ? 0 : (double)column.MissingCount / column.Count,
        Distinct = Distinct(column),
        DomainOrigin = DomainOrigin(column.Schema),
    };

    private static string? DomainOrigin(ColumnSchema schema) => schema switch
    {
        { IsDiscrete: true } => schema.CategoriesOrigin.ToString().ToLowerInvariant(),
        { Bounds: { } bounds } => bounds.Origin.ToString().ToLowerInvariant(),
        _ => null,
    };

    private static int Distinct(Column column) => column switch
    {
        DiscreteColumn levels => levels.Levels.Count,
        NumericColumn numbers => numbers.Values.ToArray().Where(v => !double.IsNaN(v)).Distinct().Count(),
        _ => Enumerable.Range(0, column.Count).Select(column.Format).Where(v => v is not null).Distinct().Count(),
    };

    private static string Exclusion(ColumnSchema column) =>
        $"Column '{column.Name}' is not modelled and not released: {(column.Role is ColumnRole.Identifier or ColumnRole.PatientKey ? "it identifies patients" : "it holds free text")}.";
}

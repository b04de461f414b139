using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>Static tables of any origin, made fit for a cohort.</summary>
internal static class PlainStatics
{
    /// <summary>The table with its stays' identifiers as the text column <c>stay_id</c>, however they were named and written.</summary>
    /// <param name="table">One row a stay.</param>
    /// <param name="idColumn">The column that identifies the stay.</param>
    public static Table WithTextIds(Table table, string idColumn)
    {
        string name = table.Schema.TryGet(Cohort.StayIdColumn, out _) ? Cohort.StayIdColumn : idColumn;
        if (!table.Schema.TryGet(name, out ColumnSchema? id))
            return table; // the cohort says what is missing
        ColumnRole role = id.Role == ColumnRole.PatientKey ? ColumnRole.PatientKey : ColumnRole.Identifier;
        if (id.Kind == ColumnKind.Text && id.Name == Cohort.StayIdColumn && id.Role == role)
            return table;
        Column column = table[name];
        ColumnSchema schema = new() { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = role, Description = id.Description };
        TextColumn text = new(schema, [.. Enumerable.Range(0, column.Count).Select(column.Format)]);
        return new Table(table.Columns.Select(c => c.Name == name ? text : c), table.Schema.Name);
    }
}

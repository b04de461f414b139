using Lethe.Data.Problems;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Schemas;

/// <summary>Roles that a command line sets over those of a schema (<c>--target</c>, <c>--patient-key</c>).</summary>
public static class SchemaRoles
{
    /// <summary>The schema with these columns in these roles; null leaves a role as it is.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="target">Name of the target, or null.</param>
    /// <param name="patientKey">Name of the patient key, or null.</param>
    /// <param name="source">What messages call the data.</param>
    /// <exception cref="DataException">There is no such column; the message names the nearest spelling or all columns.</exception>
    public static Schema Override(Schema schema, string? target = null, string? patientKey = null, string? source = null)
    {
        if (target is not null)
            schema = Set(schema, target, ColumnRole.Target, "target", source);
        if (patientKey is not null)
            schema = Set(schema, patientKey, ColumnRole.PatientKey, "patient key", source);
        return schema;
    }

    private static Schema Set(Schema schema, string name, ColumnRole role, string word, string? source)
    {
        if (!schema.TryGet(name, out _))
            throw ReadThrow.NoSuchColumn(source ?? schema.Name, name, schema.Columns.Select(c => c.Name), word);
        return schema.WithColumns(schema.Columns.Select(c =>
            c.Name == name ? c with { Role = role }
            : c.Role == role ? c with { Role = ColumnRole.Feature }
            : c));
    }
}

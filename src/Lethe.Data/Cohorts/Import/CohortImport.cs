using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Cohorts.Reading;

namespace Lethe.Data.Cohorts.Import;

/// <summary>Reads a cohort from a source under a definition and writes it as a cohort folder with the account of how it came about.</summary>
public static class CohortImport
{
    /// <summary>Imports.</summary>
    /// <param name="format">Source, by name in <see cref="CohortFormats"/>.</param>
    /// <param name="from">Folder, SQLite file or PostgreSQL URL.</param>
    /// <param name="definition">Who and what is kept.</param>
    /// <param name="folder">Cohort folder to write; null: only read.</param>
    /// <param name="layout">Names of columns and unit of time, for sources that have no fixed ones.</param>
    /// <param name="cancellation">Stops reading; nothing is written then.</param>
    /// <exception cref="IOException">The folder holds something other than a cohort.</exception>
    /// <exception cref="KeyNotFoundException">No such source.</exception>
    /// <exception cref="Problems.DataException">A table or column is missing, or a row cannot be read.</exception>
    public static CohortReadResult Run(string format, string from, CohortDefinition definition, string? folder = null, EventLayout? layout = null, CancellationToken cancellation = default)
    {
        CohortFormat source = CohortFormats.Get(format);
        if (folder is not null)
            CohortFolder.EnsureFree(folder); // before the reading, which may take hours
        CohortReadResult result = source.Read(from, definition, layout ?? EventLayout.Standard, cancellation);
        if (folder is not null)
            CohortFolder.Write(folder, result.Cohort, new ImportReport(source, definition, result).Files, null, cancellation);
        return result;
    }
}

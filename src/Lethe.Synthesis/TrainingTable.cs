using Lethe.Data;
using Lethe.Data.Tables;

namespace Lethe.Synthesis;

/// <summary>What every tabular method checks first.</summary>
internal static class TrainingTable
{
    /// <summary>The modelled columns of a training dataset.</summary>
    /// <exception cref="SynthesisException">Not a table, no row, or no column to model.</exception>
    public static Table Modelled(Dataset train)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train is not Table table)
            throw new SynthesisException($"This method learns from tables with one row a patient, not from a {train.GetType().Name.ToLowerInvariant()}; choose a method for time series (see 'lethe list methods').");
        if (table.RowCount == 0)
            throw new SynthesisException("The training table has no row: there is nothing to learn from.");
        Table modelled = table.Where(c => c.IsModelled);
        if (modelled.Columns.Count == 0)
            throw new SynthesisException("The training table has no column to model: all are text, identifiers or keys. Correct kinds and roles in the schema.");
        return modelled;
    }
}

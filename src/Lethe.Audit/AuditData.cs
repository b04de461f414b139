using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Audit;

/// <summary>
/// The tables of an audit: the release and the real parts that the auditor, unlike an attacker, holds. All have the modelled
/// columns of <see cref="Train"/> with the same level lists.
/// </summary>
public sealed record AuditData
{
    /// <summary>Checks and keeps the tables.</summary>
    /// <exception cref="ArgumentException">A table lacks a modelled column of the training data, or codes it by other levels.</exception>
    public AuditData(Table train, Table synthetic, Table? holdout = null, Table? reference = null)
    {
        string[] modelled = [.. train.Schema.Columns.Where(c => c.IsModelled).Select(c => c.Name)];
        Train = train;
        Holdout = holdout;
        Reference = reference is { RowCount: > 0 } ? reference : null;
        Synthetic = Modelled(synthetic, nameof(synthetic));
        TrainPoints = Modelled(train, nameof(train));
        HoldoutPoints = holdout is null ? null : Modelled(holdout, nameof(holdout));
        ReferencePoints = Reference is null ? null : Modelled(Reference, nameof(reference));

        Table Modelled(Table table, string name)
        {
            foreach (string column in modelled)
            {
                if (!table.Schema.TryGet(column, out ColumnSchema? found)
                    || found.IsNumeric != train.Schema[column].IsNumeric
                    || !found.Categories.SequenceEqual(train.Schema[column].Categories))
                    throw new ArgumentException($"The column '{column}' is absent, of another kind, or coded by other levels than in the training data. Read all tables under one schema.", name);
            }

            return new Table(modelled.Select(c => table[c]), table.Schema.Name);
        }
    }

    /// <summary>What the generator learnt from.</summary>
    public Table Train { get; }

    /// <summary>Patients it never saw; null when none were set aside.</summary>
    public Table? Holdout { get; }

    /// <summary>Patients that an attacker may know; null when there are none.</summary>
    public Table? Reference { get; }

    /// <summary>The release, modelled columns only.</summary>
    public Table Synthetic { get; }

    /// <summary><see cref="Train"/>, modelled columns only.</summary>
    internal Table TrainPoints { get; }

    /// <summary><see cref="Holdout"/>, modelled columns only.</summary>
    internal Table? HoldoutPoints { get; }

    /// <summary><see cref="Reference"/>, modelled columns only.</summary>
    internal Table? ReferencePoints { get; }
}

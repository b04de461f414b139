using Lethe.Data.Tables;
using Lethe.Evaluation.Tables;

namespace Lethe.Audit;

/// <summary>
/// The tables of an audit: the release and the real parts that the auditor, unlike an attacker, holds. Compared are the
/// modelled columns of the training data, on common levels.
/// </summary>
public sealed class AuditData
{
    /// <summary>Aligns the tables.</summary>
    /// <param name="train">What the generator learnt from.</param>
    /// <param name="synthetic">The release.</param>
    /// <param name="holdout">Patients it never saw; null when none were set aside.</param>
    /// <param name="reference">Patients that an attacker may know; null when there are none.</param>
    /// <exception cref="Data.Problems.DataException">A column is absent from a table, or holds text where the training data hold numbers; all problems at once.</exception>
    public AuditData(Table train, Table synthetic, Table? holdout = null, Table? reference = null)
    {
        Train = train;
        Holdout = holdout is { RowCount: > 0 } ? holdout : null;
        Reference = reference is { RowCount: > 0 } ? reference : null;
        List<Table> others = [synthetic];
        if (Holdout is not null)
            others.Add(Holdout);
        if (Reference is not null)
            others.Add(Reference);

        Table[] aligned = TableAlignment.Align(train, [.. others]);
        TrainPoints = aligned[0];
        Synthetic = aligned[1];
        HoldoutPoints = Holdout is null ? null : aligned[2];
        ReferencePoints = Reference is null ? null : aligned[^1];
    }

    /// <summary>What the generator learnt from.</summary>
    public Table Train { get; }

    /// <summary>Patients it never saw; null when there are none.</summary>
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

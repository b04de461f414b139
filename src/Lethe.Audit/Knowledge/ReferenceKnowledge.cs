using Lethe.Data.Tables;

namespace Lethe.Audit.Knowledge;

/// <summary>T1: the release, the candidates' own records, and reference patients of the same population.</summary>
public sealed class ReferenceKnowledge : IKnowledge
{
    internal ReferenceKnowledge(Table release, Table reference, Table candidates)
    {
        Release = release;
        Reference = reference;
        Candidates = candidates;
    }

    /// <inheritdoc/>
    public static ThreatModel Level => ThreatModel.Reference;

    /// <summary>The synthetic rows, modelled columns only.</summary>
    public Table Release { get; }

    /// <summary>Real patients who are neither in the training data nor among the candidates.</summary>
    public Table Reference { get; }

    /// <summary>The records in question, with the columns of <see cref="Release"/>.</summary>
    public Table Candidates { get; }
}

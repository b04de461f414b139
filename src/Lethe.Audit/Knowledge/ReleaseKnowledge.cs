using Lethe.Data.Tables;

namespace Lethe.Audit.Knowledge;

/// <summary>T0: the release and the candidates' own records, in an order that says nothing about membership.</summary>
public sealed class ReleaseKnowledge : IKnowledge
{
    internal ReleaseKnowledge(Table release, Table candidates)
    {
        Release = release;
        Candidates = candidates;
    }

    /// <inheritdoc/>
    public static ThreatModel Level => ThreatModel.Release;

    /// <summary>The synthetic rows, modelled columns only.</summary>
    public Table Release { get; }

    /// <summary>The records in question, with the columns of <see cref="Release"/>.</summary>
    public Table Candidates { get; }
}

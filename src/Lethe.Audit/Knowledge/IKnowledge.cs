namespace Lethe.Audit.Knowledge;

/// <summary>
/// What an adversary of one threat model holds. The level belongs to the type: an attack that is written against a
/// knowledge type can neither claim another level nor reach anything beyond what the type carries.
/// </summary>
public interface IKnowledge
{
    /// <summary>The threat model whose adversary holds exactly this.</summary>
    static abstract ThreatModel Level { get; }
}

using Lethe.Audit.Knowledge;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Audit;

/// <summary>Hands each attack exactly what its threat model names.</summary>
internal static class AttackRunner
{
    /// <summary>True when the data hold what the attack's adversary would.</summary>
    public static bool CanRun(IAttack attack, Table? reference) => attack switch
    {
        IAttack<ReleaseKnowledge> => true,
        IAttack<ReferenceKnowledge> => reference is not null,
        _ => false,
    };

    /// <summary>One score per row of the candidates.</summary>
    public static double[] Score(IAttack attack, Table release, Table? reference, Table candidates, Seed seed) => attack switch
    {
        IAttack<ReleaseKnowledge> t0 => t0.Score(new ReleaseKnowledge(release, candidates), seed),
        IAttack<ReferenceKnowledge> t1 => t1.Score(new ReferenceKnowledge(release, reference!, candidates), seed),
        _ => throw new InvalidOperationException($"No knowledge is prepared for {attack.ThreatModel.Describe()}."),
    };
}

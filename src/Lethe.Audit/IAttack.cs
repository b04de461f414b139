using Lethe.Audit.Knowledge;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Audit;

/// <summary>A membership attack: from what its adversary holds to one score per candidate. Stateless and thread-safe.</summary>
public interface IAttack
{
    /// <summary>How the attack announces itself.</summary>
    Descriptor Descriptor { get; }

    /// <summary>What its adversary holds.</summary>
    ThreatModel ThreatModel { get; }
}

/// <summary>An attack by an adversary who holds exactly <typeparamref name="TKnowledge"/>.</summary>
public interface IAttack<in TKnowledge> : IAttack
    where TKnowledge : IKnowledge
{
    /// <inheritdoc/>
    ThreatModel IAttack.ThreatModel => TKnowledge.Level;

    /// <summary>Scores every candidate; larger means more likely a member of the training data. ±∞ is ranked, NaN is an error.</summary>
    /// <param name="knowledge">All that the adversary holds.</param>
    /// <param name="seed">Randomness of stochastic attacks.</param>
    /// <returns>One score per row of the candidates, in their order.</returns>
    double[] Score(TKnowledge knowledge, Seed seed);
}

namespace Lethe.Synthesis.Series.Kovae;

/// <summary>What the posterior of a step is compared with in the divergence.</summary>
public enum KovaePrior
{
    /// <summary>
    /// The step of a roll-out that was drawn beside it, unrelated to the stay: what the published code does. The best such prior
    /// knows nothing of the steps before, so lasting differences between stays must be coded in single steps.
    /// </summary>
    RolledOut,

    /// <summary>p(z_t | z_1 … z_{t−1}) after the posterior's own draws: the evidence bound for the paper's prior ∏ p(z_t | z_{&lt;t}).</summary>
    Followed,
}

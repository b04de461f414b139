namespace Lethe.Data.Codecs;

/// <summary>What stands in a cell of the grid that was not observed. The mask keeps the truth in every case.</summary>
public enum Imputation
{
    /// <summary>NaN: the consumer decides.</summary>
    None,

    /// <summary>The last observed value before; before the first, the training mean.</summary>
    ForwardFill,

    /// <summary>The training mean of the channel.</summary>
    Mean,

    /// <summary>
    /// The last observed value decaying to the training mean, x̂ = γ·x_last + (1 − γ)·mean with γ = exp(−gap/τ)
    /// (the decay of GRU-D, Che et al. 2018, with one fixed τ).
    /// </summary>
    CarryWithDecay,
}

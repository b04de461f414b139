using System.ComponentModel;

namespace Lethe.Synthesis.Tabular.GaussianCopula;

/// <summary>How the latent correlation between discrete columns is estimated.</summary>
public enum DiscreteCorrelation
{
    /// <summary>Maximum likelihood of the latent normal (polychoric, polyserial): not weakened by the coding.</summary>
    Likelihood,

    /// <summary>Correlation of scores drawn uniformly inside each level's interval: weakened, as the common library has it.</summary>
    Drawn,
}

/// <summary>Settings of the Gaussian copula.</summary>
public sealed record GaussianCopulaOptions
{
    /// <summary>How correlations that involve discrete columns are estimated.</summary>
    [Description("How correlations with discrete columns are estimated; 'drawn' gives the weaker estimate of the common library.")]
    public DiscreteCorrelation DiscreteCorrelation { get; init; } = DiscreteCorrelation.Likelihood;
}

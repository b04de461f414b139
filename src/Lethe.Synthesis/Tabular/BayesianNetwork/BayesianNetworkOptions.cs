using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Lethe.Synthesis.Tabular.BayesianNetwork;

/// <summary>Settings of the Bayesian network.</summary>
public sealed record BayesianNetworkOptions
{
    /// <summary>Most parents of a column.</summary>
    [Description("Most parents of a column; fewer make a simpler and more cautious model.")]
    [Range(0, 6)]
    public int MaxParents { get; init; } = 3;

    /// <summary>Bins per numeric column.</summary>
    [Description("Equal-frequency bins per numeric column; more follow numbers closer but leave fewer patients in each.")]
    [Range(2, 100)]
    public int Bins { get; init; } = 8;

    /// <summary>Penalty per free parameter, in units of ln n.</summary>
    [Description("Penalty per free parameter in units of ln n; 0.5 is the BIC, smaller admits more parents.")]
    [Range(0.0, 10.0)]
    public double Penalty { get; init; } = 0.25;

    /// <summary>Pseudo-rows spread like the marginal in every conditional distribution.</summary>
    [Description("Pseudo-rows spread like the marginal in every conditional distribution; more smooth it.")]
    [Range(1e-9, 1e6)]
    public double PseudoRows { get; init; } = 1;

    /// <summary>Standard deviation of the noise added to a value drawn from a bin, as a share of the bin's range.</summary>
    [Description("Noise on a value drawn from a bin, as a share of the bin's range; 0 releases recorded values.")]
    [Range(0.0, 10.0)]
    public double Noise { get; init; } = 0.1;
}

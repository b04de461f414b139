using Lethe.Data.Problems;
using Lethe.Synthesis.Series.Controls;
using Lethe.Synthesis.Series.DiffusionTs;
using Lethe.Synthesis.Series.Ghosts;
using Lethe.Synthesis.Series.Halo;
using Lethe.Synthesis.Series.Kovae;
using Lethe.Synthesis.Series.Rcgan;
using Lethe.Synthesis.Series.TimeGan;
using Lethe.Synthesis.Series.VectorAutoregression;
using Lethe.Synthesis.Tabular.AdversarialRandomForest;
using Lethe.Synthesis.Tabular.BayesianNetwork;
using Lethe.Synthesis.Tabular.Controls;
using Lethe.Synthesis.Tabular.Ctgan;
using Lethe.Synthesis.Tabular.Gan;
using Lethe.Synthesis.Tabular.GaussianCopula;
using Lethe.Synthesis.Tabular.SequentialCart;

namespace Lethe.Synthesis.Registry;

/// <summary>All generators that this build knows.</summary>
public static class Methods
{
    /// <summary>Every registered method, in the order help lists them.</summary>
    public static IReadOnlyList<MethodRegistration> All { get; } =
    [
        BayesianNetworkSynthesizer.Registration,
        AdversarialRandomForestSynthesizer.Registration,
        SequentialCartSynthesizer.Registration,
        GaussianCopulaSynthesizer.Registration,
        Gan.Registration,
        Ctgan.Registration,
        IndependentColumns.Registration,
        CopyControl.Registration,
        KovaeSynthesizer.Registration,
        TimeGanSynthesizer.Registration,
        DiffusionTsSynthesizer.Registration,
        GhostsSynthesizer.Registration,
        HaloSynthesizer.Registration,
        RcganSynthesizer.Registration,
        VectorAutoregression.Registration,
        IndependentSeries.Registration,
        BlockBootstrap.Registration,
        CopySeries.Registration,
    ];

    /// <summary>The methods that learn tables.</summary>
    public static IEnumerable<MethodRegistration> ForTables => All.Where(m => !m.LearnsCohorts);

    /// <summary>The methods that learn cohorts of time series.</summary>
    public static IEnumerable<MethodRegistration> ForCohorts => All.Where(m => m.LearnsCohorts);

    /// <summary>The method named <paramref name="name"/> (case does not matter).</summary>
    /// <exception cref="KeyNotFoundException">No such method; the message suggests the nearest and lists what there is.</exception>
    public static MethodRegistration Get(string name) => Find(name)
        ?? throw new KeyNotFoundException(
            $"There is no method '{name}'.{Spelling.DidYouMean(name, All.Select(m => m.Descriptor.Name))} The methods are: {string.Join(", ", All.Select(m => m.Descriptor.Name))}.");

    /// <summary>The method named <paramref name="name"/>, or null.</summary>
    public static MethodRegistration? Find(string name) =>
        All.FirstOrDefault(m => string.Equals(m.Descriptor.Name, name, StringComparison.OrdinalIgnoreCase));
}

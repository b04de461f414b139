using Lethe.Data.Cohorts;

namespace Lethe.Data.Simulation.Icu;

/// <summary>A simulated cohort with the truth behind it.</summary>
/// <param name="Cohort">What a hospital would see.</param>
/// <param name="DeathProbability">The true probability of dying in hospital of each stay, given its whole latent course.</param>
/// <param name="MeanSeverity">The latent severity of each stay, averaged over its hours.</param>
public sealed record IcuCohort(Cohort Cohort, IReadOnlyList<double> DeathProbability, IReadOnlyList<double> MeanSeverity);

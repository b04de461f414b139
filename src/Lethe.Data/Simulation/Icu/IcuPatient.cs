namespace Lethe.Data.Simulation.Icu;

/// <summary>What is drawn once per simulated patient, and how the stay went.</summary>
internal sealed class IcuPatient
{
    public required double Age { get; init; }

    public required bool Male { get; init; }

    /// <summary>Index of the admission type.</summary>
    public required int Type { get; init; }

    public required int Comorbidities { get; init; }

    public required double HeightCm { get; init; }

    public required double WeightKg { get; init; }

    /// <summary>u: how much sicker than the statics say, normal with standard deviation 0.7.</summary>
    public required double Own { get; init; }

    public bool Died { get; set; }

    public double LengthHours { get; set; }
}

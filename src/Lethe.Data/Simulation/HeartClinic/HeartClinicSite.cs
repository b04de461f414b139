namespace Lethe.Data.Simulation.HeartClinic;

/// <summary>
/// Where the simulated clinic stands: who comes, how often they have the disease, how the clinic measures and what it
/// leaves out. The dependence of symptoms and tests on the disease is the same everywhere, so a shift of site is a shift
/// of case mix, prevalence, calibration and missingness. Immutable.
/// </summary>
public sealed record HeartClinicSite
{
    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Mean age before truncation to 30–89, years.</summary>
    public double MeanAge { get; init; } = 61;

    /// <summary>Probability of a male patient.</summary>
    public double MaleShare { get; init; } = 0.53;

    /// <summary>Added to the log-odds of current and of former smoking.</summary>
    public double SmokingLogit { get; init; }

    /// <summary>Added to the log-odds of obstructive disease given the risk factors: how strictly patients are selected for angiography.</summary>
    public double DiseaseLogit { get; init; }

    /// <summary>Added to every blood pressure: calibration of the site's devices, mm Hg.</summary>
    public double BloodPressureOffset { get; init; }

    /// <summary>Added to the log-odds that a calcium scan is missing.</summary>
    public double NoScanLogit { get; init; }

    /// <summary>Added to the log-odds that the exercise test is missing.</summary>
    public double NoExerciseLogit { get; init; }

    /// <summary>The default: a referral centre for elective angiography.</summary>
    public static HeartClinicSite Referral { get; } = new() { Name = "referral" };

    /// <summary>Chest-pain outpatients: younger, more women, less disease, fewer scans.</summary>
    public static HeartClinicSite Community { get; } = new()
    {
        Name = "community",
        MeanAge = 56,
        MaleShare = 0.46,
        SmokingLogit = -0.1,
        DiseaseLogit = -0.9,
        BloodPressureOffset = 3,
        NoScanLogit = 0.8,
        NoExerciseLogit = -0.4,
    };

    /// <summary>A veterans' hospital: nearly all men, older, more smokers, more disease, fewer exercise tests.</summary>
    public static HeartClinicSite Veterans { get; } = new()
    {
        Name = "veterans",
        MeanAge = 64,
        MaleShare = 0.96,
        SmokingLogit = 0.6,
        DiseaseLogit = -0.1,
        BloodPressureOffset = -2,
        NoScanLogit = 0.2,
        NoExerciseLogit = 0.6,
    };
}

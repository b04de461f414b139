namespace Lethe.Data.Simulation.Icu;

/// <summary>Which of the two simulated hospitals a cohort comes from. They differ in case mix, charting and equipment.</summary>
public enum IcuSite
{
    /// <summary>Hospital A: the home site.</summary>
    A,

    /// <summary>Hospital B: older and sicker patients, fewer blood gases, a pulse oximeter that reads one point lower.</summary>
    B,
}

/// <summary>Size and character of a simulated intensive-care cohort. Immutable.</summary>
public sealed record IcuSimulatorOptions
{
    /// <summary>Length of the observation window in hours; stays may end earlier by death or discharge.</summary>
    public double Hours { get; init; } = 48;

    /// <summary>Number of channels, 1–20, vitals first.</summary>
    public int Channels { get; init; } = 20;

    /// <summary>Which hospital.</summary>
    public IcuSite Site { get; init; } = IcuSite.A;

    /// <summary>
    /// True: sicker patients are looked at more often, so that when and whether something was measured tells about the
    /// outcome. False: observation times are independent of everything, so that the readings given the times are exactly Gaussian.
    /// </summary>
    public bool InformativeSampling { get; init; } = true;

    /// <summary>True: ventilation and vasopressors start when the patient worsens and pull severity and pressure back.</summary>
    public bool Treatment { get; init; } = true;

    /// <summary>True: stays end early by discharge or death. False: every stay fills the window.</summary>
    public bool EarlyEnd { get; init; } = true;

    /// <summary>
    /// The setting in which <see cref="IcuSimulator.LogDensity"/> is exact: no informative sampling, no treatment, no early end.
    /// </summary>
    public static IcuSimulatorOptions Calibration { get; } = new() { InformativeSampling = false, Treatment = false, EarlyEnd = false };
}

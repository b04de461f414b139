namespace Lethe.Data.Simulation.HeartClinic;

/// <summary>Settings of the simulated heart clinic. Immutable.</summary>
public sealed record HeartClinicOptions
{
    /// <summary>The clinic's site; another one for shift between hospitals.</summary>
    public HeartClinicSite Site { get; init; } = HeartClinicSite.Referral;

    /// <summary>False to record everything: the same patients as with missing values, whose gaps are filled.</summary>
    public bool MissingValues { get; init; } = true;

    /// <summary>True to put a patient key <c>patient_id</c> (<c>SIM-0000001</c>, …) in front.</summary>
    public bool PatientKey { get; init; }
}

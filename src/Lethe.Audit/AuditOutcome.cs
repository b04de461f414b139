using Lethe.Results;

namespace Lethe.Audit;

/// <summary>An audit's state and everything found.</summary>
/// <param name="State">What it amounts to.</param>
/// <param name="Section">The findings, as the report prints them.</param>
public sealed record AuditOutcome(AuditState State, PrivacySection Section);

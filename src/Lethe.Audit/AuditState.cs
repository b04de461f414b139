namespace Lethe.Audit;

/// <summary>What the audit as a whole amounts to. There is no state that says a release is private.</summary>
public enum AuditState
{
    /// <summary>A control failed or the inputs did not allow an audit: nothing can be said.</summary>
    NoVerdict,

    /// <summary>Training patients can be recognised in the release.</summary>
    Leak,

    /// <summary>A significant finding without the effect size of a leak.</summary>
    Signal,

    /// <summary>Neither a finding nor evidence of its absence.</summary>
    Inconclusive,

    /// <summary>All attacks were equivalent to guessing within the margin, with enough patients to know.</summary>
    NotDetected,
}

namespace Lethe.Data.Splits;

/// <summary>The part of a split that a patient is in.</summary>
public enum Part
{
    /// <summary>The generator learns from these.</summary>
    Train,

    /// <summary>Never seen by the generator: what training patients are compared with.</summary>
    Holdout,

    /// <summary>Reference data that an attacker may hold: neither in train nor in holdout.</summary>
    Reference,

    /// <summary>Left out of this split.</summary>
    Unused,
}

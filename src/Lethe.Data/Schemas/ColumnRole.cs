namespace Lethe.Data.Schemas;

/// <summary>What a column is for. Identifiers and patient keys are never modelled or released.</summary>
public enum ColumnRole
{
    /// <summary>An ordinary attribute.</summary>
    Feature,

    /// <summary>The outcome that downstream models predict.</summary>
    Target,

    /// <summary>A direct identifier (name, record number); excluded by default.</summary>
    Identifier,

    /// <summary>The key that ties rows of one patient together; splits go by it.</summary>
    PatientKey,

    /// <summary>An attribute that an attacker may know (age, sex, postcode).</summary>
    QuasiIdentifier,

    /// <summary>An attribute whose disclosure harms (diagnosis, HIV status).</summary>
    Sensitive,
}

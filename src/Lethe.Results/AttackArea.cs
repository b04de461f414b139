namespace Lethe.Results;

/// <summary>What an attack tries to learn; the report's subsections follow it.</summary>
public enum AttackArea
{
    /// <summary>Whether a given patient was in the training data.</summary>
    Membership,

    /// <summary>An unknown attribute of a patient.</summary>
    Attribute,

    /// <summary>A description that fits exactly one real patient.</summary>
    SinglingOut,

    /// <summary>That two partial records belong to one patient.</summary>
    Linkability,

    /// <summary>An attribute from the others, by the protocol of the Article 29 Working Party's criteria.</summary>
    Inference,

    /// <summary>Whole training records or parts of them.</summary>
    Memorisation,
}

namespace Lethe.Results;

/// <summary>Which way is better for the question that a measure answers.</summary>
public enum Direction
{
    /// <summary>Larger is better.</summary>
    Higher,

    /// <summary>Smaller is better.</summary>
    Lower,

    /// <summary>Closer to <see cref="Measure.Ideal"/> is better, on both sides.</summary>
    Ideal,

    /// <summary>Descriptive: neither way is better.</summary>
    None,
}

namespace Lethe.Synthesis.Encoders;

/// <summary>What a run of numbers in an encoded row is.</summary>
public enum BlockRole
{
    /// <summary>One number in [−1, 1]: a scaled value, or the place within a mode.</summary>
    Scalar,

    /// <summary>One-hot: the mode that a value was drawn from. Always follows its <see cref="Scalar"/>.</summary>
    Mode,

    /// <summary>One-hot: the levels of a discrete column, then "missing" if the column had holes.</summary>
    Level,

    /// <summary>One-hot of two: a value is there, or missing; for numeric columns with holes.</summary>
    Missing,
}

/// <summary>A run of numbers in an encoded row.</summary>
/// <param name="Column">Column of the schema that it belongs to.</param>
/// <param name="Role">What it is.</param>
/// <param name="Offset">Where it starts in the row.</param>
/// <param name="Width">How many numbers.</param>
public readonly record struct EncodedBlock(int Column, BlockRole Role, int Offset, int Width)
{
    /// <summary>True for one-hot blocks, which networks end in a softmax.</summary>
    public bool IsOneHot => Role != BlockRole.Scalar;

    /// <summary>True for the blocks that are discrete columns in their own right: levels and missing indicators, not modes.</summary>
    public bool IsDiscreteColumn => Role is BlockRole.Level or BlockRole.Missing;
}

namespace Lethe.Numerics.Ops;

/// <summary>What a block of output columns is turned into.</summary>
public enum BlockActivation
{
    /// <summary>Left as it is.</summary>
    None,

    /// <summary>tanh of each column.</summary>
    Tanh,

    /// <summary>Logistic function of each column.</summary>
    Sigmoid,

    /// <summary>Softmax over the block.</summary>
    Softmax,
}

/// <summary>Columns <see cref="Start"/> … <see cref="Start"/> + <see cref="Width"/> of a row that belong together, e.g. one encoded table column.</summary>
/// <param name="Start">First column.</param>
/// <param name="Width">Number of columns.</param>
/// <param name="Activation">What they are turned into.</param>
public readonly record struct OutputBlock(int Start, int Width, BlockActivation Activation = BlockActivation.Softmax);

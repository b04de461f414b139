namespace Lethe.Learning.Networks;

/// <summary>The small network's settings; the defaults are those of the reference.</summary>
public sealed record MlpClassifierOptions
{
    /// <summary>Hidden rectified linear units, ≥ 1.</summary>
    public int HiddenUnits { get; init; } = 100;

    /// <summary>Step size of Adam, &gt; 0.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>α ≥ 0: the loss of a batch of m rows includes α/(2m)·‖W‖²; biases are free.</summary>
    public double L2 { get; init; } = 1e-4;

    /// <summary>Rows of a step; null = min(200, n).</summary>
    public int? BatchSize { get; init; }

    /// <summary>Most passes over the rows, ≥ 1.</summary>
    public int Epochs { get; init; } = 200;

    /// <summary>Smallest fall of an epoch's training loss that counts as an improvement.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Training stops after more than this many epochs in a row without improvement.</summary>
    public int Patience { get; init; } = 10;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(HiddenUnits, 1);
        if (!(LearningRate > 0))
            throw new ArgumentOutOfRangeException(nameof(LearningRate), LearningRate, "The learning rate must be positive.");
        ArgumentOutOfRangeException.ThrowIfNegative(L2);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize ?? 1, 1, nameof(BatchSize));
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Tolerance);
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience, 1);
    }
}

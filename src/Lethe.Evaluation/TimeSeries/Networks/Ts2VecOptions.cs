namespace Lethe.Evaluation.TimeSeries.Networks;

/// <summary>Settings of <see cref="Ts2Vec"/>; the defaults are those of the public code as Diffusion-TS calls it.</summary>
public sealed record Ts2VecOptions
{
    /// <summary>Width of the residual blocks.</summary>
    public int Hidden { get; init; } = 64;

    /// <summary>Width of a representation.</summary>
    public int Outputs { get; init; } = 320;

    /// <summary>Residual blocks of width <see cref="Hidden"/>; one more leads to <see cref="Outputs"/>. Block i has dilation 2^i.</summary>
    public int Depth { get; init; } = 10;

    /// <summary>Sequences in a step.</summary>
    public int Batch { get; init; } = 8;

    /// <summary>Training steps; null for 200 with at most 100,000 values, else 600.</summary>
    public int? Iterations { get; init; }

    /// <summary>AdamW's step size.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>AdamW's weight decay (PyTorch's default).</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Dropout on the representation while training.</summary>
    public double Dropout { get; init; } = 0.1;
}

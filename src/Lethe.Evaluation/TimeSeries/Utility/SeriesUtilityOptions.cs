namespace Lethe.Evaluation.TimeSeries.Utility;

/// <summary>What the utility of synthetic stays is measured with.</summary>
public sealed record SeriesUtilityOptions
{
    /// <summary>Trainings of the recurrent network with different seeds; its figures are means over them. The other learners are deterministic.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>False leaves the recurrent network out, by far the costliest learner.</summary>
    public bool Network { get; init; } = true;

    /// <summary>Settings of the recurrent network.</summary>
    public SeriesNetworkOptions NetworkOptions { get; init; } = new();

    /// <summary>Bootstrap resamples of the holdout behind the intervals.</summary>
    public int Resamples { get; init; } = 500;
}

/// <summary>Settings of the recurrent outcome model. Fixed in advance, never tuned on the holdout.</summary>
public sealed record SeriesNetworkOptions
{
    /// <summary>Width of the GRU.</summary>
    public int Hidden { get; init; } = 64;

    /// <summary>Most passes over the training stays.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Passes without a better validation loss before training stops.</summary>
    public int Patience { get; init; } = 4;

    /// <summary>Share of the training stays that validates.</summary>
    public double ValidationShare { get; init; } = 0.2;

    /// <summary>Stays in a step.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Adam's step size.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Dropout on the last state while training.</summary>
    public double Dropout { get; init; } = 0.2;
}

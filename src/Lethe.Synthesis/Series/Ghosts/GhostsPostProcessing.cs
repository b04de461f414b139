namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>What is done to generated stays before they are delivered.</summary>
public enum GhostsPostProcessing
{
    /// <summary>Level and spread of every numeric channel per stay follow the training stays' quantiles.</summary>
    MarginalMap,

    /// <summary>Nothing.</summary>
    Nothing,
}

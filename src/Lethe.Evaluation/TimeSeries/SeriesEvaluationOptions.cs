using Lethe.Evaluation.TimeSeries.Networks;
using Lethe.Evaluation.TimeSeries.Protocols;
using Lethe.Evaluation.TimeSeries.Utility;

namespace Lethe.Evaluation.TimeSeries;

/// <summary>How much of an evaluation of synthetic stays is done.</summary>
public sealed record SeriesEvaluationOptions
{
    /// <summary>Runs of each trained judge with different seeds; 0 leaves them out.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>The recurrent judge: 32 wide, 500 steps, which on some thousand stays is as many passes as the benchmark's 2,000 on its 8,000 training sequences.</summary>
    public DiscriminativeOptions Discriminative { get; init; } = DiscriminativeOptions.Wide with { Iterations = 500 };

    /// <summary>The encoder of context-FID; null leaves the figure out. Off unless asked for: it costs several times all other figures together.</summary>
    public Ts2VecOptions? ContextFid { get; init; }

    /// <summary>Fewest stays a side for trained judges: they are tested on a fifth, and an accuracy on twenty stays says nothing.</summary>
    public int LeastJudged { get; init; } = 100;

    /// <summary>Most stays a side that trained judges see.</summary>
    public int MostJudged { get; init; } = 2000;

    /// <summary>Most points a side in the two-dimensional maps; 0 draws none. The map of neighbourhoods costs the square.</summary>
    public int MostPoints { get; init; } = 500;

    /// <summary>Example stays a side.</summary>
    public int Examples { get; init; } = 3;

    /// <summary>Channels of which examples are drawn: the most often observed.</summary>
    public int ExampleChannels { get; init; } = 6;

    /// <summary>False leaves outcome models out.</summary>
    public bool Utility { get; init; } = true;

    /// <summary>The outcome models.</summary>
    public SeriesUtilityOptions UtilityOptions { get; init; } = new();
}

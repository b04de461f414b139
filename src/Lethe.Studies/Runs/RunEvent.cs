using Lethe.Data.Problems;

namespace Lethe.Studies.Runs;

/// <summary>What a run tells those who watch it. Texts hold no patient value unless they say so.</summary>
public abstract record RunEvent;

/// <summary>A stage begins.</summary>
/// <param name="Name">Name of the stage, e.g. <c>fit</c>.</param>
/// <param name="Title">What it does, for people.</param>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Total">Number of stages.</param>
public sealed record StageStarted(string Name, string Title, int Number, int Total) : RunEvent;

/// <summary>How far a stage is.</summary>
/// <param name="Step">What is being done within the stage.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all; 0 when unknown.</param>
/// <param name="Losses">Named losses or scores; may be empty.</param>
public sealed record StageAdvanced(string Step, long Done, long Total, IReadOnlyDictionary<string, double> Losses) : RunEvent;

/// <summary>A stage is done.</summary>
/// <param name="Name">Name of the stage.</param>
/// <param name="Seconds">Its wall time; 0 when its results were there already.</param>
/// <param name="Reused">True when the results of an earlier, unfinished run were taken.</param>
/// <param name="Summary">What it found or made, in one sentence.</param>
public sealed record StageFinished(string Name, double Seconds, bool Reused, string Summary) : RunEvent;

/// <summary>Something about the data that the reader should know. Its <see cref="DataProblem.OwnerText"/> is for the data holder's own terminal only.</summary>
/// <param name="Problem">The problem.</param>
public sealed record DataNoticed(DataProblem Problem) : RunEvent;

/// <summary>Something about the run that the reader should know.</summary>
/// <param name="Text">One sentence.</param>
public sealed record Noticed(string Text) : RunEvent;

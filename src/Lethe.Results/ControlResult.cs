namespace Lethe.Results;

/// <summary>An attack on data whose answer is known: a planted leak that must be found, or unrelated data where nothing may be found.</summary>
/// <param name="Name">What was planted, or that the data are unrelated.</param>
/// <param name="Leak">True for a positive control (planted leak), false for a negative one.</param>
/// <param name="Figure">What the attack found there, with interval; its ideal is the value of blind guessing.</param>
/// <param name="Passed">True when the attack behaved as it must.</param>
/// <param name="Expectation">What must be found, in one sentence.</param>
public sealed record ControlResult(string Name, bool Leak, Measure Figure, bool Passed, string Expectation);

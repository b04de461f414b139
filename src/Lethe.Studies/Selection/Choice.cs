using Lethe.Results;
using Lethe.Synthesis.Registry;

namespace Lethe.Studies.Selection;

/// <summary>What the decision rule chose.</summary>
/// <param name="Method">The winner.</param>
/// <param name="Options">Its options; absent ones have their defaults.</param>
/// <param name="Table">All candidates with their scores; null when the rule left only one.</param>
/// <param name="Notices">Why the rule did what it did, where that depends on the data.</param>
internal sealed record Choice(MethodRegistration Method, IReadOnlyDictionary<string, string> Options, SelectionTable? Table, IReadOnlyList<string> Notices);

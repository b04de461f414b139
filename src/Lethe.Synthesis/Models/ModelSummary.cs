using Lethe.Data.Schemas;
using Lethe.Results;

namespace Lethe.Synthesis.Models;

/// <summary>What a model file says about itself, without making the model.</summary>
/// <param name="Method">How the method announces itself.</param>
/// <param name="LetheVersion">Version of Lethe that wrote the file.</param>
/// <param name="Schema">Schema of what the model delivers.</param>
/// <param name="Claim">The formal privacy claim in one sentence.</param>
/// <param name="Arrays">The arrays it holds: name, element type and shape.</param>
public sealed record ModelSummary(Descriptor Method, string LetheVersion, Schema Schema, string Claim, IReadOnlyList<ArraySummary> Arrays);

/// <summary>One array of a model file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">For example <c>Single</c>.</param>
/// <param name="Shape">Axes, outermost first.</param>
public sealed record ArraySummary(string Name, string ElementType, IReadOnlyList<int> Shape);

using Lethe.Results;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Registry;

/// <summary>
/// How a method announces itself, once. Help, forms, documentation, contract tests and model files go through it, so that
/// adding a method means adding one folder and one line in <see cref="Methods"/>.
/// </summary>
/// <param name="Descriptor">Name, title, family, summary, paper.</param>
/// <param name="Options">The method's options with defaults and one sentence each.</param>
/// <param name="Create">Makes the method from option texts by name; absent options have their defaults.</param>
/// <param name="Load">Makes the fitted model from a model file.</param>
/// <param name="ConditionsExactly">True when conditional sampling is exact rather than by rejection.</param>
public sealed record MethodRegistration(
    Descriptor Descriptor,
    IReadOnlyList<OptionInfo> Options,
    Func<IReadOnlyDictionary<string, string>, ISynthesizer> Create,
    Func<ModelReader, FittedSynthesizer> Load,
    bool ConditionsExactly);

/// <summary>One option of a method.</summary>
/// <param name="Name">Name on the command line and in YAML: kebab-case.</param>
/// <param name="Type">For people: <c>integer</c>, <c>number</c>, <c>true/false</c>, <c>text</c>, or the choices.</param>
/// <param name="Default">Default as text.</param>
/// <param name="Summary">When to change it, one sentence.</param>
public sealed record OptionInfo(string Name, string Type, string Default, string Summary);

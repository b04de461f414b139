namespace Lethe.Synthesis.Registry;

/// <summary>One option of a method.</summary>
/// <param name="Name">Name on the command line and in YAML: kebab-case.</param>
/// <param name="Type">For people: <c>integer</c>, <c>number</c>, <c>true/false</c>, <c>text</c>, or the choices.</param>
/// <param name="Default">Default as text.</param>
/// <param name="Summary">What it sets and when to change it, one sentence.</param>
public sealed record OptionInfo(string Name, string Type, string Default, string Summary);

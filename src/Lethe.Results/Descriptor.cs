namespace Lethe.Results;

/// <summary>How a method, attack or metric announces itself; help texts, forms, documentation and contract tests read this.</summary>
/// <param name="Name">Name on the command line: lower case, hyphens.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Family">Group it is listed under, e.g. <c>trees</c>, <c>adversarial</c>, <c>baseline</c>.</param>
/// <param name="Summary">One line.</param>
/// <param name="Paper">The source: authors, title, year, identifier.</param>
public sealed record Descriptor(string Name, string Title, string Family, string Summary, string Paper);

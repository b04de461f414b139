namespace Lethe.Reporting.Text;

/// <summary>A name with its value, as lists of facts show it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">The value; null reads "not stated".</param>
/// <param name="ToFill">True where a person must add the value by hand.</param>
public sealed record Fact(string Name, string? Value, bool ToFill = false)
{
    /// <summary>What stands where nothing was stated.</summary>
    public const string NotStated = "not stated";

    /// <summary>The value or that it was not stated.</summary>
    public string Text => string.IsNullOrWhiteSpace(Value) ? NotStated : Value;

    /// <summary>A list in one text, or null when empty.</summary>
    public static string? Join(IReadOnlyList<string>? items) => items is { Count: > 0 } ? string.Join("; ", items) : null;
}

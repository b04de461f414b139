using Lethe.Data.Problems;

namespace Lethe.Studies.Configuration;

/// <summary>What to say about a name that does not exist.</summary>
internal static class Suggestion
{
    /// <summary>The nearest known name as a question, else all known names.</summary>
    public static string For(string word, IReadOnlyCollection<string> known) => Spelling.Nearest(word, known) is { } near
        ? $"Did you mean '{near}'?"
        : $"Known: {string.Join(", ", known)}.";
}

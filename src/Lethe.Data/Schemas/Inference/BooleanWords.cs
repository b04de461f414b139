namespace Lethe.Data.Schemas.Inference;

/// <summary>Pairs of words that mean no and yes.</summary>
internal static class BooleanWords
{
    private static readonly (string No, string Yes)[] Pairs =
    [
        ("no", "yes"), ("n", "y"), ("false", "true"), ("f", "t"), ("absent", "present"), ("notpresent", "present"), ("not present", "present"),
        ("negative", "positive"), ("neg", "pos"), ("off", "on"), ("nein", "ja"), ("non", "oui"), ("nee", "ja"), ("no", "sí"), ("no", "si"),
    ];

    /// <summary>The two levels with "no" first, spelt as they are; null when they are no such pair.</summary>
    public static string[]? Order(IReadOnlyList<string> levels)
    {
        if (levels.Count != 2)
            return null;
        foreach ((string no, string yes) in Pairs)
        {
            if (Is(levels[0], no) && Is(levels[1], yes))
                return [levels[0], levels[1]];
            if (Is(levels[1], no) && Is(levels[0], yes))
                return [levels[1], levels[0]];
        }

        return null;
    }

    private static bool Is(string level, string word) => string.Equals(level.Trim(), word, StringComparison.OrdinalIgnoreCase);
}

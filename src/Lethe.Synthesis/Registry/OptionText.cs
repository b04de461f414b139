using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Lethe.Data.Problems;

namespace Lethe.Synthesis.Registry;

/// <summary>Option values as texts and back, in the invariant culture.</summary>
internal static class OptionText
{
    private const string None = "none";

    /// <summary><c>LearningRate</c> → <c>learning-rate</c>; a run of capitals stays together: <c>MinBICGain</c> → <c>min-bic-gain</c>.</summary>
    public static string Kebab(string name)
    {
        StringBuilder text = new();
        for (int i = 0; i < name.Length; i++)
        {
            bool startsWord = i > 0 && char.IsUpper(name[i])
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
                text.Append('-');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    public static string TypeName(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        string name = plain switch
        {
            _ when plain == typeof(int) || plain == typeof(long) => "integer",
            _ when plain == typeof(double) => "number",
            _ when plain == typeof(bool) => "true/false",
            _ when plain == typeof(string) => "text",
            _ when plain == typeof(int[]) => "integers",
            { IsEnum: true } => string.Join("|", Enum.GetNames(plain).Select(Kebab)),
            _ => throw new InvalidOperationException($"An option cannot have the type {type.Name}."),
        };
        return plain == type ? name : $"{name} or {None}";
    }

    public static string Format(object? value) => value switch
    {
        null => None,
        bool b => b ? "true" : "false",
        double d => d.ToString("R", CultureInfo.InvariantCulture),
        Enum e => Kebab(e.ToString()),
        int[] many => string.Join(",", many.Select(i => i.ToString(CultureInfo.InvariantCulture))),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    public static object? Parse(string name, string text, Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        bool optional = plain != type || plain == typeof(string);
        if (optional && (text.Length == 0 || text == None))
            return null;
        return plain switch
        {
            _ when plain == typeof(string) => text,
            _ when plain == typeof(int) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int i) => i,
            _ when plain == typeof(long) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long l) => l,
            _ when plain == typeof(double) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double d) && double.IsFinite(d) => d,
            _ when plain == typeof(bool) && bool.TryParse(text, out bool b) => b,
            _ when plain == typeof(int[]) => text.Length == 0 ? [] : text.Split(',').Select(part => (int)Parse(name, part.Trim(), typeof(int))!).ToArray(),
            { IsEnum: true } => ParseEnum(name, text, plain),
            _ => throw new OptionException($"The option '{name}' is '{text}'; expected {TypeName(type)}."),
        };
    }

    public static bool InRange(RangeAttribute range, object value) =>
        value is int[] many ? many.All(i => range.IsValid(i)) : range.IsValid(value);

    private static object ParseEnum(string name, string text, Type type)
    {
        foreach (string member in Enum.GetNames(type))
        {
            if (string.Equals(Kebab(member), text, StringComparison.OrdinalIgnoreCase))
                return Enum.Parse(type, member);
        }

        string[] choices = [.. Enum.GetNames(type).Select(Kebab)];
        throw new OptionException($"The option '{name}' is '{text}'; expected one of {string.Join(", ", choices)}.{Spelling.DidYouMean(text, choices)}");
    }
}

using System.Collections.Frozen;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Lethe.Data.Problems;

namespace Lethe.Synthesis.Registry;

/// <summary>
/// Ties the options record of a method to texts: names in kebab-case, defaults, one sentence each, values checked. A
/// record takes part with public <c>init</c> properties of type int, long, double, bool, string, enum, int[] or the
/// nullable of one, each with a <see cref="DescriptionAttribute"/> and, where a range applies, a <see cref="RangeAttribute"/>.
/// </summary>
/// <typeparam name="TOptions">Immutable record with a constructor without parameters that sets all defaults.</typeparam>
public static class OptionSet<TOptions>
    where TOptions : class, new()
{
    private static readonly FrozenDictionary<string, PropertyInfo> Properties = typeof(TOptions)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.CanWrite)
        .ToFrozenDictionary(p => OptionText.Kebab(p.Name), StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Names =
        [.. typeof(TOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).Select(p => OptionText.Kebab(p.Name))];

    /// <summary>Every option with its default, in the order of declaration.</summary>
    /// <exception cref="InvalidOperationException">A property lacks its description or has a type that texts cannot express.</exception>
    public static IReadOnlyList<OptionInfo> Describe()
    {
        TOptions defaults = new();
        return [.. Names.Select(name => new OptionInfo(
            name,
            OptionText.TypeName(Properties[name].PropertyType),
            OptionText.Format(Properties[name].GetValue(defaults)),
            Properties[name].GetCustomAttribute<DescriptionAttribute>()?.Description
                ?? throw new InvalidOperationException($"{typeof(TOptions).Name}.{Properties[name].Name} has no description.")))];
    }

    /// <summary>The options as texts by name, every one of them, in the order of declaration.</summary>
    public static IReadOnlyDictionary<string, string> Texts(TOptions options) =>
        Names.ToDictionary(name => name, name => OptionText.Format(Properties[name].GetValue(options)));

    /// <summary>An options record from texts by name; absent options have their defaults.</summary>
    /// <exception cref="OptionException">An unknown option (the nearest known one is suggested), or a value of the wrong type or out of range.</exception>
    public static TOptions Bind(IReadOnlyDictionary<string, string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        TOptions options = new();
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string text) in texts)
        {
            if (!Properties.TryGetValue(name, out PropertyInfo? property))
                throw new OptionException($"There is no option '{name}'.{Spelling.DidYouMean(name, Names)} The options are: {string.Join(", ", Names)}.");
            if (!seen.Add(name))
                throw new OptionException($"The option '{name}' is given twice; give it once.");
            property.SetValue(options, OptionText.Parse(name, text, property.PropertyType));
        }

        Validate(options);
        return options;
    }

    /// <summary>Checks every <see cref="RangeAttribute"/>; methods call it at construction, so that code and texts obey one rule.</summary>
    /// <exception cref="OptionException">A value is out of range.</exception>
    public static void Validate(TOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (string name in Names)
        {
            object? value = Properties[name].GetValue(options);
            if (Properties[name].GetCustomAttribute<RangeAttribute>() is { } range && value is not null && !OptionText.InRange(range, value))
                throw new OptionException($"The option '{name}' is {OptionText.Format(value)}; it must lie between {OptionText.Format(range.Minimum)} and {OptionText.Format(range.Maximum)}.");
        }
    }
}

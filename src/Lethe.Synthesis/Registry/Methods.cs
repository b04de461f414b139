namespace Lethe.Synthesis.Registry;

/// <summary>All generators that this build knows.</summary>
public static class Methods
{
    /// <summary>Every registered method, in the order help lists them.</summary>
    public static IReadOnlyList<MethodRegistration> All { get; } = [];

    /// <summary>The method named <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">No such method; the message lists what there is.</exception>
    public static MethodRegistration Get(string name) =>
        All.FirstOrDefault(m => string.Equals(m.Descriptor.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new KeyNotFoundException($"There is no method '{name}'; there are: {string.Join(", ", All.Select(m => m.Descriptor.Name))}.");
}

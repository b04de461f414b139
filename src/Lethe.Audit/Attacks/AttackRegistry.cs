namespace Lethe.Audit.Attacks;

/// <summary>All attacks that this build runs. Adding one means adding a file and a line here.</summary>
public static class AttackRegistry
{
    /// <summary>Every attack, by threat model, in the order reports list them.</summary>
    public static IReadOnlyList<IAttack> All { get; } = [new GanLeaks(), new CalibratedGanLeaks()];

    /// <summary>The attack named <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">No such attack; the message lists what there is.</exception>
    public static IAttack Get(string name) =>
        All.FirstOrDefault(a => string.Equals(a.Descriptor.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new KeyNotFoundException($"There is no attack '{name}'; there are: {string.Join(", ", All.Select(a => a.Descriptor.Name))}.");
}

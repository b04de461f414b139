using Lethe.Learning.Trees;

namespace Lethe.Learning.Forests;

/// <summary>A random forest's settings; the defaults are those of the reference.</summary>
public sealed record RandomForestOptions
{
    /// <summary>B, the number of trees, ≥ 1.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>
    /// How far each tree grows: by default until leaves are pure. Its <see cref="DecisionTreeOptions.FeaturesPerSplit"/> (mtry)
    /// defaults here to max(1, ⌊√d⌋) in classification and to all d in regression.
    /// </summary>
    public DecisionTreeOptions Tree { get; init; } = new();

    /// <summary>Each tree sees n rows drawn with replacement; false: all rows as they are.</summary>
    public bool Bootstrap { get; init; } = true;

    /// <summary>Rows drawn for each bootstrap; null = n. Smaller samples decorrelate trees on large tables.</summary>
    public int? BootstrapRows { get; init; }

    /// <summary>Also predict each row by the trees that did not see it. Needs <see cref="Bootstrap"/>.</summary>
    public bool OutOfBag { get; init; }

    /// <summary>Most threads to use; null = all processors. Results do not depend on it.</summary>
    public int? MaxThreads { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Trees, 1);
        ArgumentNullException.ThrowIfNull(Tree);
        Tree.Validate();
        if (BootstrapRows is { } rows)
            ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1, nameof(BootstrapRows));
        if (MaxThreads is { } threads)
            ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(MaxThreads));
        if (OutOfBag && !Bootstrap)
            throw new ArgumentException("Out-of-bag predictions need trees that leave rows out. Switch the bootstrap on, or out-of-bag off.");
    }
}

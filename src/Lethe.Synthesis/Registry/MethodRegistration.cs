using Lethe.Results;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Registry;

/// <summary>
/// How a method announces itself, once. Help, forms, documentation, contract tests and model files go through it, so that
/// adding a method means adding one folder and one line in <see cref="Methods"/>.
/// </summary>
public sealed record MethodRegistration
{
    /// <summary>Name, title, family, summary, paper.</summary>
    public required Descriptor Descriptor { get; init; }

    /// <summary>The method's options with defaults and one sentence each.</summary>
    public required IReadOnlyList<OptionInfo> Options { get; init; }

    /// <summary>Makes the method from option texts by name; absent options have their defaults. Throws <see cref="OptionException"/>.</summary>
    public required Func<IReadOnlyDictionary<string, string>, ISynthesizer> Create { get; init; }

    /// <summary>Makes the fitted model from a model file. Throws <see cref="InvalidDataException"/>.</summary>
    public required Func<ModelReader, FittedSynthesizer> Load { get; init; }

    /// <summary>True when conditional sampling follows the model's own conditional distribution rather than rejection of whole rows.</summary>
    public bool ConditionsExactly { get; init; }

    /// <summary>True when the method learns cohorts of time series (and gives a <see cref="FittedCohortSynthesizer"/>); false when it learns tables.</summary>
    public bool LearnsCohorts { get; init; }

    /// <summary>
    /// True for a control that the audit and the evaluation are tried against: not a generator to release data from, never a
    /// candidate of an automatic choice. It may have no model file (<see cref="FittedSynthesizer.CanSave"/>).
    /// </summary>
    public bool IsControl { get; init; }

    /// <summary>Registers a method whose options are the record <typeparamref name="TOptions"/>.</summary>
    /// <param name="descriptor">Name, title, family, summary, paper.</param>
    /// <param name="create">Makes the method.</param>
    /// <param name="load">Makes the fitted model from a model file.</param>
    public static MethodRegistration For<TOptions>(Descriptor descriptor, Func<TOptions, ISynthesizer> create, Func<ModelReader, FittedSynthesizer> load)
        where TOptions : class, new() => new()
        {
            Descriptor = descriptor,
            Options = OptionSet<TOptions>.Describe(),
            Create = texts => create(OptionSet<TOptions>.Bind(texts)),
            Load = load,
        };
}

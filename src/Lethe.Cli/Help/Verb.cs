using System.CommandLine;

namespace Lethe.Cli.Help;

/// <summary>A command whose help ends with worked examples.</summary>
internal sealed class Verb : Command
{
    public Verb(string name, string description, params IReadOnlyList<Example> examples)
        : base(name, description)
    {
        Examples = examples;
    }

    public IReadOnlyList<Example> Examples { get; }
}

/// <summary>A command line and what it does.</summary>
internal sealed record Example(string Line, string Does);

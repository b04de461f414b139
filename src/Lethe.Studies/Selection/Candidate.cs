namespace Lethe.Studies.Selection;

/// <summary>A method that competes, with the options it competes with.</summary>
internal sealed record Candidate
{
    public Candidate(string name, params (string Name, string Value)[] options)
    {
        Name = name;
        Options = options.ToDictionary(o => o.Name, o => o.Value);
    }

    public string Name { get; }

    public IReadOnlyDictionary<string, string> Options { get; }
}

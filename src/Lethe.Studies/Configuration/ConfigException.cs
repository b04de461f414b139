namespace Lethe.Studies.Configuration;

/// <summary>The configuration cannot be used. Carries all problems at once; holds no patient value, may be logged.</summary>
public sealed class ConfigException : Exception
{
    /// <summary>Makes an exception of at least one problem, each saying where, what was found, what was expected and what to do.</summary>
    public ConfigException(params IReadOnlyList<string> problems)
        : base(string.Join(Environment.NewLine, problems))
    {
        Problems = problems;
    }

    /// <summary>All problems.</summary>
    public IReadOnlyList<string> Problems { get; }
}

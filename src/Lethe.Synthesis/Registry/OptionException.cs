namespace Lethe.Synthesis.Registry;

/// <summary>An option that a method does not have, or a value it does not take. The message says what there is.</summary>
public sealed class OptionException : Exception
{
    /// <summary>Makes an exception whose message names the option, what was found and what was expected.</summary>
    public OptionException(string message)
        : base(message)
    {
    }
}

namespace Lethe.Synthesis;

/// <summary>A method cannot learn from or sample for what it was given. The message holds no patient value and names the remedy.</summary>
public sealed class SynthesisException : Exception
{
    /// <summary>Makes an exception whose message says what was found, what was expected and what to do.</summary>
    public SynthesisException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with its cause.</summary>
    public SynthesisException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

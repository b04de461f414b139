namespace Lethe.Synthesis.Conditions;

/// <summary>A condition that cannot be understood or that no row of the schema can meet. The message says where and what to write instead.</summary>
public sealed class ConditionException : Exception
{
    /// <summary>Makes an exception whose message says what was found, what was expected and what to do.</summary>
    public ConditionException(string message)
        : base(message)
    {
    }
}

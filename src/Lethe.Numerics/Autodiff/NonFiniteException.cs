namespace Lethe.Numerics.Autodiff;

/// <summary>A NaN or an infinity appeared in a loss or gradient: training must stop and the last good checkpoint be kept.</summary>
public sealed class NonFiniteException : ArithmeticException
{
    internal NonFiniteException(long step, string? operation, string? parameter, string finding)
        : base($"Step {step}: {finding}. Training stops here; lower the learning rate, clip gradients, or check the data for extreme values.")
    {
        Step = step;
        Operation = operation;
        Parameter = parameter;
        Finding = finding;
    }

    /// <summary>The tape's step at which it happened.</summary>
    public long Step { get; }

    /// <summary>The operation that first gave a bad number, where it could be found.</summary>
    public string? Operation { get; }

    /// <summary>The parameter whose gradient is bad, if it was a gradient.</summary>
    public string? Parameter { get; }

    internal string Finding { get; }
}

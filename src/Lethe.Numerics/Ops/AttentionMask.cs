using Lethe.Numerics.Autodiff;

namespace Lethe.Numerics.Ops;

/// <summary>Which keys a query may attend to. The default: all.</summary>
public readonly ref struct AttentionMask
{
    /// <summary>A query sees keys up to its own step only.</summary>
    public bool Causal { get; init; }

    /// <summary>Valid keys per example, [examples]; empty when all are valid. An example without keys gets zeros.</summary>
    public ReadOnlySpan<int> KeyLengths { get; init; }

    internal unsafe int* Keep(Tape tape)
    {
        if (KeyLengths.IsEmpty)
            return null;
        int* kept = (int*)tape.Rent(KeyLengths.Length);
        KeyLengths.CopyTo(new Span<int>(kept, KeyLengths.Length));
        return kept;
    }
}

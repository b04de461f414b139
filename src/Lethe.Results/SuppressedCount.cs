namespace Lethe.Results;

/// <summary>What stands in place of a count that the release edition may not show. Real counts are never negative.</summary>
public static class SuppressedCount
{
    /// <summary>The count is under 10.</summary>
    public const int UnderTen = -1;

    /// <summary>The count would let a suppressed one be worked out from totals.</summary>
    public const int Withheld = -2;
}

using System.Text;

namespace Lethe.Data.Tables.Reading;

/// <summary>
/// Texts that mean "missing" in many files. Strong ones mean it everywhere; weak ones only among numbers or dates, where
/// they cannot be levels. The word <c>None</c> is in neither list: in clinical tables it is an answer ("no insulin").
/// </summary>
internal static class MissingTokens
{
    /// <summary>Missing in any column.</summary>
    public static readonly IReadOnlyList<string> Strong = ["?", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NULL", "Null", "null", "#NULL!"];

    /// <summary>Missing among numbers and dates.</summary>
    public static readonly IReadOnlyList<string> Weak = [".", "-", "--"];

    private static readonly byte[][] StrongBytes = [.. Strong.Select(Encoding.UTF8.GetBytes)];
    private static readonly byte[][] WeakBytes = [.. Weak.Select(Encoding.UTF8.GetBytes)];

    /// <summary>True for the empty cell and the strong tokens.</summary>
    public static bool IsStrong(string cell) => cell.Length == 0 || Strong.Contains(cell);

    /// <summary>Position among the strong tokens, or −1.</summary>
    public static int StrongIndex(ReadOnlySpan<byte> cell) =>
        cell.Length is 0 or > 6 || cell[0] is not ((byte)'?' or (byte)'N' or (byte)'n' or (byte)'#' or (byte)'<') ? -1 : Index(StrongBytes, cell);

    /// <summary>Position among the weak tokens, or −1.</summary>
    public static int WeakIndex(ReadOnlySpan<byte> cell) => cell.Length > 2 ? -1 : Index(WeakBytes, cell);

    private static int Index(byte[][] tokens, ReadOnlySpan<byte> cell)
    {
        for (int i = 0; i < tokens.Length; i++)
        {
            if (cell.SequenceEqual(tokens[i]))
                return i;
        }

        return -1;
    }
}

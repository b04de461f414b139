namespace Lethe.Synthesis.Series.Halo;

/// <summary>
/// Stays as rows of codes: the statics, then one row a visit. Row-major [row, group]: the position of the code that is 1 within its
/// group, or −1 where the group is not part of the row.
/// </summary>
/// <param name="Offsets">First row of each stay, and the number of rows.</param>
/// <param name="Groups">Number of groups.</param>
/// <param name="Codes">Rows × groups.</param>
/// <param name="Times">Of each row: 0 for statics, the step plus one for visits.</param>
internal sealed record HaloRecords(int[] Offsets, int Groups, int[] Codes, int[] Times)
{
    public int Count => Offsets.Length - 1;

    public int RowsOf(int stay) => Offsets[stay + 1] - Offsets[stay];

    public ReadOnlySpan<int> Row(int stay, int row) => Codes.AsSpan((Offsets[stay] + row) * Groups, Groups);

    public int Time(int stay, int row) => Times[Offsets[stay] + row];
}

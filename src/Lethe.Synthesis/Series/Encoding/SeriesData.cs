namespace Lethe.Synthesis.Series.Encoding;

/// <summary>A cohort as networks see it: cells in [0, 1] on a regular grid. Row-major [stay, step, column].</summary>
/// <param name="Count">Number of stays N.</param>
/// <param name="Steps">Number of steps T.</param>
/// <param name="Width">Columns per step D: values first, then masks when there are some (see <see cref="SeriesEncoder"/>).</param>
/// <param name="Cells">N × T × D numbers in [0, 1]; 0 beyond a stay's length.</param>
/// <param name="Lengths">Steps that belong to each stay, 1 … T.</param>
public sealed record SeriesData(int Count, int Steps, int Width, float[] Cells, int[] Lengths)
{
    /// <summary>The cells of one stay, T × D.</summary>
    public ReadOnlySpan<float> this[int stay] => Cells.AsSpan(stay * Steps * Width, Steps * Width);

    /// <summary>The stays at these positions.</summary>
    public SeriesData Take(ReadOnlySpan<int> stays)
    {
        int size = Steps * Width;
        float[] cells = new float[stays.Length * size];
        int[] lengths = new int[stays.Length];
        for (int i = 0; i < stays.Length; i++)
        {
            this[stays[i]].CopyTo(cells.AsSpan(i * size));
            lengths[i] = Lengths[stays[i]];
        }

        return new SeriesData(stays.Length, Steps, Width, cells, lengths);
    }

    /// <summary>One column at the steps that belong to stays, stay by stay.</summary>
    internal float[] Column(int column)
    {
        float[] found = new float[Lengths.Sum()];
        for (int i = 0, at = 0; i < Count; i++)
        {
            ReadOnlySpan<float> stay = this[i];
            for (int t = 0; t < Lengths[i]; t++)
                found[at++] = stay[(t * Width) + column];
        }

        return found;
    }
}

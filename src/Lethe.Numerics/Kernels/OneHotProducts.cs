using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Kernels;

/// <summary>
/// Products with <see cref="OneHotRows"/>. Columns of a row-major matrix lie far apart, so both directions go through its transpose, which is
/// small (as many rows as e has columns) and read or written once.
/// </summary>
internal static unsafe class OneHotProducts
{
    // The gradient's transpose goes by tiles of this many rows: its lines are written whole while they are in cache.
    private const int Tile = 16;

    /// <summary>C (+)= e·Wᵀ + bias: row r of C is the sum of the columns of W that e_r chooses.</summary>
    /// <param name="e">[n, c].</param>
    /// <param name="w">[outputs, c], elements of a row adjacent.</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="c">[n, outputs].</param>
    /// <param name="accumulate">Whether to add to what C holds.</param>
    public static void Choose(OneHotRows e, in MatrixView w, Real* bias, Real* c, bool accumulate = false)
    {
        Real* table = Transpose(w, e.PerRow == 1 ? bias : null);
        Choose(e, table, w.Rows, c, accumulate);
        for (int r = 0; r < e.Count && e.PerRow > 1 && bias != null; r++)
            Elementwise.AddTo(c + ((nint)r * w.Rows), bias, w.Rows);
    }

    /// <summary>The same from what <see cref="Transpose"/> made, for several e in turn.</summary>
    public static void Choose(OneHotRows e, Real* table, int outputs, Real* c, bool accumulate)
    {
        for (int r = 0; r < e.Count; r++, c += outputs)
        {
            bool add = accumulate;
            foreach (int position in e.Positions(r))
            {
                Real* row = table + ((nint)position * outputs);
                if (add)
                    Elementwise.AddTo(c, row, outputs);
                else
                    new ReadOnlySpan<Real>(row, outputs).CopyTo(new Span<Real>(c, outputs));
                add = true;
            }
        }
    }

    /// <summary>Wᵀ with <paramref name="bias"/> added to every row, in scratch memory that the next product here takes over.</summary>
    public static Real* Transpose(in MatrixView w, Real* bias)
    {
        int outputs = w.Rows, columns = w.Columns;
        Real* table = Scratch.Get(ScratchSlot.Operation, columns * outputs);
        Packing.PanelOfB(w.Transposed, 0, columns, 0, outputs, outputs, null, table);
        for (int j = 0; j < columns && bias != null; j++)
            Elementwise.AddTo(table + ((nint)j * outputs), bias, outputs);
        return table;
    }

    /// <summary>G (+)= leftᵀ·e, [outputs, c] with rows <paramref name="stride"/> apart: column j of G is the sum of the rows of left that have a one at j.</summary>
    public static void OuterProduct(Real* left, nint leftStride, int outputs, OneHotRows e, Real* g, nint stride, bool accumulate)
    {
        Real* table = Scratch.Get(ScratchSlot.Operation, e.Width * outputs);
        new Span<Real>(table, e.Width * outputs).Clear();
        for (int r = 0; r < e.Count; r++)
        {
            foreach (int position in e.Positions(r))
                Elementwise.AddTo(table + ((nint)position * outputs), left + (r * leftStride), outputs);
        }

        for (int from = 0; from < outputs; from += Tile)
        {
            int to = Math.Min(from + Tile, outputs);
            for (int j = 0; j < e.Width; j++)
            {
                for (int o = from; o < to; o++)
                {
                    Real sum = table[((nint)j * outputs) + o], before = accumulate ? g[(o * stride) + j] : 0;
                    g[(o * stride) + j] = before + sum;
                }
            }
        }
    }
}

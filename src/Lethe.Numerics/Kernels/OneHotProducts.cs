using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Kernels;

/// <summary>
/// Products with <see cref="OneHotRows"/>. Columns of a row-major matrix lie far apart, so both directions go through its transpose, which is
/// small (as many rows as e has columns) and read or written once.
/// </summary>
internal static unsafe class OneHotProducts
{
    // The transposes go by tiles of this many rows of the matrix: its lines are read or written whole while they are in cache.
    private const int Tile = 16;

    /// <summary>C = e·Wᵀ + bias: row r of C is the column of W that e_r chooses.</summary>
    /// <param name="e">[n, c].</param>
    /// <param name="w">[outputs, c], elements of a row adjacent.</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="c">[n, outputs], overwritten.</param>
    public static void Choose(OneHotRows e, in MatrixView w, Real* bias, Real* c)
    {
        int outputs = w.Rows;
        Real* table = Scratch.Get(ScratchSlot.Operation, e.Width * outputs);
        for (int from = 0; from < outputs; from += Tile)
        {
            int to = Math.Min(from + Tile, outputs);
            for (int j = 0; j < e.Width; j++)
            {
                for (int o = from; o < to; o++)
                    table[((nint)j * outputs) + o] = w.Data[(o * w.RowStride) + j] + (bias == null ? 0 : bias[o]);
            }
        }

        ReadOnlySpan<int> positions = e.Positions;
        for (int r = 0; r < positions.Length; r++)
            new ReadOnlySpan<Real>(table + ((nint)positions[r] * outputs), outputs).CopyTo(new Span<Real>(c + ((nint)r * outputs), outputs));
    }

    /// <summary>G (+)= leftᵀ·e, [outputs, c] with rows <paramref name="stride"/> apart: column j of G is the sum of the rows of left whose one is at j.</summary>
    public static void OuterProduct(Real* left, nint leftStride, int outputs, OneHotRows e, Real* g, nint stride, bool accumulate)
    {
        Real* table = Scratch.Get(ScratchSlot.Operation, e.Width * outputs);
        new Span<Real>(table, e.Width * outputs).Clear();
        ReadOnlySpan<int> positions = e.Positions;
        for (int r = 0; r < positions.Length; r++)
            Elementwise.AddTo(table + ((nint)positions[r] * outputs), left + (r * leftStride), outputs);
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

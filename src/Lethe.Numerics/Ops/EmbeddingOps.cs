using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Rows of a table by number.</summary>
public static unsafe class EmbeddingOps
{
    /// <summary>table[ids]: one row per id.</summary>
    /// <param name="tape">Where to record.</param>
    /// <param name="table">[rows, width].</param>
    /// <param name="ids">Row numbers, as many as <paramref name="shape"/> has elements; a negative id gives zeros and no gradient (padding).</param>
    /// <param name="shape">Shape of the ids, e.g. [examples, steps].</param>
    /// <returns>[shape.., width].</returns>
    public static Tensor Embedding(this Tape tape, Tensor table, ReadOnlySpan<int> ids, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(table);
        if (table.Shape.Rank != 2 || ids.Length != shape.Length || shape.Rank > 3)
            throw new ArgumentException($"Embedding: table {table.Shape} must have two axes, and {ids.Length} ids must fill shape {shape} of at most three.");
        int width = table.Shape[1], rows = table.Shape[0];
        Span<int> extents = stackalloc int[shape.Rank + 1];
        for (int axis = 0; axis < shape.Rank; axis++)
            extents[axis] = shape[axis];
        extents[^1] = width;
        Tensor y = tape.Allocate(Shape.From(extents));
        int* kept = (int*)tape.Rent(Math.Max(1, ids.Length));
        for (int i = 0; i < ids.Length; i++)
        {
            int id = kept[i] = ids[i];
            if (id >= rows)
                throw new ArgumentException($"Embedding: id at position {i} is {id}; the table has {rows} rows.", nameof(ids));
            Span<Real> to = new(y.Data + ((nint)i * width), width);
            if (id < 0)
                to.Clear();
            else
                new ReadOnlySpan<Real>(table.Data + ((nint)id * width), width).CopyTo(to);
        }

        if (tape.Record<LookupNode>(y, table.NeedsGradient) is { } node)
            node.Set(table, kept);
        return y;
    }

    private sealed class LookupNode : Node
    {
        private Tensor _table = null!;
        private int* _ids;

        public override string Operation => "Embedding";

        public void Set(Tensor table, int* ids)
        {
            _table = table;
            _ids = ids;
        }

        public override void Backward(GradientPass pass) => pass.Lookup(_table, _ids, Rows.OfGradient(Output));
    }
}

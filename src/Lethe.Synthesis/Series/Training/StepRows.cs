using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Series.Training;

/// <summary>
/// The steps of a batch that belong to a stay, as rows of a matrix: what is computed per step (linear maps, batch statistics,
/// losses) then never sees padding. Without padding, rows are the batch reshaped, and nothing is copied. Immutable.
/// </summary>
internal sealed class StepRows
{
    private readonly int[]? _at;
    private readonly int[] _places = [];

    /// <summary>Describes a batch.</summary>
    /// <param name="examples">Stays B.</param>
    /// <param name="steps">Steps T of the batch.</param>
    /// <param name="lengths">Steps of each stay, 1 … T; empty when all have T.</param>
    public StepRows(int examples, int steps, ReadOnlySpan<int> lengths)
    {
        (Examples, Steps, Count) = (examples, steps, examples * steps);
        bool padded = false;
        foreach (int length in lengths)
            padded |= length < steps;
        if (!padded)
            return;
        Lengths = lengths.ToArray();
        Count = 0;
        foreach (int length in lengths)
            Count += length;
        _at = new int[Count];
        _places = new int[examples * steps];
        Array.Fill(_places, -1);
        int row = 0;
        for (int i = 0; i < examples; i++)
        {
            for (int t = 0; t < lengths[i]; t++, row++)
            {
                _at[row] = (i * steps) + t;
                _places[(i * steps) + t] = row;
            }
        }
    }

    /// <summary>Stays B.</summary>
    public int Examples { get; }

    /// <summary>Steps T.</summary>
    public int Steps { get; }

    /// <summary>Rows R: valid steps of all stays.</summary>
    public int Count { get; }

    /// <summary>For recurrent layers: steps of each stay, empty when all have T.</summary>
    public int[] Lengths { get; } = [];

    /// <summary>Steps of one stay.</summary>
    public int LengthOf(int example) => Lengths.Length == 0 ? Steps : Lengths[example];

    /// <summary>[B, T, w] → [R, w].</summary>
    public Tensor Take(Tensor x)
    {
        Tensor flat = x.Reshape(new Shape(Examples * Steps, x.Shape.Columns));
        return _at is null ? flat : flat.Tape!.Embedding(flat, _at, new Shape(Count));
    }

    /// <summary>[R, w] → [B, T, w], zero where a stay has ended.</summary>
    public Tensor Spread(Tensor rows) => _at is null
        ? rows.Reshape(new Shape(Examples, Steps, rows.Shape.Columns))
        : rows.Tape!.Embedding(rows, _places, new Shape(Examples, Steps));

    /// <summary>What is given per stay, [B, w], repeated at each step, [B, T, w]; without gradient.</summary>
    public Tensor Repeat(Tensor perStay)
    {
        int width = perStay.Shape.Columns;
        Tensor y = perStay.Tape!.Input(new Shape(Examples, Steps, width));
        for (int i = 0; i < Examples; i++)
        {
            for (int t = 0; t < Steps; t++)
                perStay.Values.Slice(i * width, width).CopyTo(y.Values.Slice(((i * Steps) + t) * width, width));
        }

        return y;
    }
}

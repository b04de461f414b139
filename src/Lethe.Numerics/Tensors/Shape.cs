using System.Globalization;

namespace Lethe.Numerics.Tensors;

/// <summary>Extents of up to four axes, outermost first. Axis 0 of an activation is the example. Immutable.</summary>
public readonly record struct Shape
{
    private readonly int _d0, _d1, _d2, _d3;

    /// <summary>A vector, e.g. one loss per example.</summary>
    public Shape(int d0)
        : this(1, d0, 1, 1, 1)
    {
    }

    /// <summary>A matrix, e.g. [examples, features].</summary>
    public Shape(int d0, int d1)
        : this(2, d0, d1, 1, 1)
    {
    }

    /// <summary>Three axes, e.g. [examples, steps, features].</summary>
    public Shape(int d0, int d1, int d2)
        : this(3, d0, d1, d2, 1)
    {
    }

    /// <summary>Four axes, e.g. [examples, channels, height, width].</summary>
    public Shape(int d0, int d1, int d2, int d3)
        : this(4, d0, d1, d2, d3)
    {
    }

    private Shape(int rank, int d0, int d1, int d2, int d3)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(d0);
        ArgumentOutOfRangeException.ThrowIfNegative(d1);
        ArgumentOutOfRangeException.ThrowIfNegative(d2);
        ArgumentOutOfRangeException.ThrowIfNegative(d3);
        long length = Math.BigMul(d0, d1);
        length = checked(checked(length * d2) * d3);
        if (length > Array.MaxLength)
            throw new ArgumentException($"A tensor of {length} elements is too large; at most {Array.MaxLength} fit.");
        (Rank, _d0, _d1, _d2, _d3, Length) = (rank, d0, d1, d2, d3, (int)length);
    }

    /// <summary>One number: the shape of a loss.</summary>
    public static Shape Scalar => new(1);

    /// <summary>Number of axes, 1 to 4.</summary>
    public int Rank { get; }

    /// <summary>Product of the extents.</summary>
    public int Length { get; }

    /// <summary>Extent of the last axis: the width of a row.</summary>
    public int Columns => this[Rank - 1];

    /// <summary>Product of all extents but the last: the number of rows when the tensor is seen as a matrix.</summary>
    public int Rows
    {
        get
        {
            int rows = 1;
            for (int axis = 0; axis < Rank - 1; axis++)
                rows *= this[axis];
            return rows;
        }
    }

    /// <summary>Extent of an axis.</summary>
    public int this[int axis] => (uint)axis < (uint)Rank
        ? axis switch { 0 => _d0, 1 => _d1, 2 => _d2, _ => _d3 }
        : throw new ArgumentOutOfRangeException(nameof(axis), axis, $"A shape of {Rank} axes has no axis {axis}.");

    /// <summary>The same shape with another last extent.</summary>
    public Shape WithColumns(int columns) => With(Rank - 1, columns);

    /// <summary>The same shape with another extent of one axis.</summary>
    public Shape With(int axis, int extent) => new(
        Rank,
        axis == 0 ? extent : _d0,
        axis == 1 ? extent : _d1,
        axis == 2 ? extent : _d2,
        axis == 3 ? extent : _d3);

    /// <summary>A shape of these extents (1 to 4 of them; none is a scalar).</summary>
    public static Shape From(ReadOnlySpan<int> extents) => extents.Length switch
    {
        0 => Scalar,
        1 => new(extents[0]),
        2 => new(extents[0], extents[1]),
        3 => new(extents[0], extents[1], extents[2]),
        4 => new(extents[0], extents[1], extents[2], extents[3]),
        _ => throw new ArgumentException($"A tensor has 1 to 4 axes, not {extents.Length}.", nameof(extents)),
    };

    /// <summary>The extents as an array.</summary>
    public int[] ToArray()
    {
        int[] extents = new int[Rank];
        for (int axis = 0; axis < Rank; axis++)
            extents[axis] = this[axis];
        return extents;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{string.Join(", ", ToArray())}]");
}

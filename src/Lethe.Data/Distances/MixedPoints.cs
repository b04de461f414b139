namespace Lethe.Data.Distances;

/// <summary>Rows of a table laid out for one <see cref="MixedDistance"/>: a vector a column, missing cells and levels as numbers. Immutable.</summary>
public sealed class MixedPoints
{
    internal MixedPoints(MixedDistance owner, double[][] columns, int count)
    {
        Owner = owner;
        Columns = columns;
        Count = count;
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    internal MixedDistance Owner { get; }

    /// <summary>Column-major: <c>Columns[j][i]</c> is row i in column j.</summary>
    internal double[][] Columns { get; }

    /// <summary>The rows at these positions, in this order; positions may repeat.</summary>
    public MixedPoints Take(ReadOnlySpan<int> rows)
    {
        double[][] taken = new double[Columns.Length][];
        for (int j = 0; j < taken.Length; j++)
        {
            taken[j] = new double[rows.Length];
            for (int i = 0; i < rows.Length; i++)
                taken[j][i] = Columns[j][rows[i]];
        }

        return new MixedPoints(Owner, taken, rows.Length);
    }
}

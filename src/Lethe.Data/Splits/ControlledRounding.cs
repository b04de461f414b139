using Lethe.Numerics.Randomness;

namespace Lethe.Data.Splits;

/// <summary>
/// Random whole-number tables with given margins whose expected cells are the proportional ones, each cell rounded down
/// or up: unbiased controlled rounding (Cox 1987, <i>Journal of the American Statistical Association</i> 82:520–524).
/// </summary>
/// <remarks>
/// The proportional table r_i·c_j / N is held as whole parts plus remainders in units of 1/N, so that nothing is lost to
/// floating point. While a remainder is left, its row and its column hold another one (the margins are whole), so there
/// is a cycle of remainders; adding and taking away along it in turn keeps the margins, and the two directions are
/// weighted so that every cell keeps its expectation.
/// </remarks>
internal static class ControlledRounding
{
    /// <summary>Draws a table with row sums <paramref name="rows"/> and column sums <paramref name="columns"/>, which have one total.</summary>
    public static int[,] Draw(ReadOnlySpan<int> rows, ReadOnlySpan<int> columns, RandomStream stream)
    {
        long total = Sum(rows);
        if (total != Sum(columns))
            throw new ArgumentException($"The rows sum to {total}, the columns to {Sum(columns)}; both must have one total.", nameof(columns));

        int[,] cells = new int[rows.Length, columns.Length];
        long[,] remainders = new long[rows.Length, columns.Length];
        for (int i = 0; i < rows.Length && total > 0; i++)
        {
            for (int j = 0; j < columns.Length; j++)
            {
                (long whole, remainders[i, j]) = Math.DivRem((long)rows[i] * columns[j], total);
                cells[i, j] = (int)whole;
            }
        }

        for (int i = 0; i < rows.Length; i++)
        {
            while (HasRemainder(remainders, i))
                RoundAlong(Cycle(remainders, i), cells, remainders, total, stream);
        }

        return cells;
    }

    private static void RoundAlong(List<(int Row, int Column)> cycle, int[,] cells, long[,] remainders, long total, RandomStream stream)
    {
        // How far the even cells can go up (and the odd ones down), and the other way round, until one is whole.
        long up = total, down = total;
        for (int k = 0; k < cycle.Count; k++)
        {
            long x = remainders[cycle[k].Row, cycle[k].Column];
            up = Math.Min(up, k % 2 == 0 ? total - x : x);
            down = Math.Min(down, k % 2 == 0 ? x : total - x);
        }

        long move = stream.NextDouble() * (up + down) < down ? up : -down;
        for (int k = 0; k < cycle.Count; k++)
        {
            (int i, int j) = cycle[k];
            long x = remainders[i, j] + (k % 2 == 0 ? move : -move);
            cells[i, j] += x == total ? 1 : 0;
            remainders[i, j] = x == total ? 0 : x;
        }
    }

    /// <summary>Walks from a row over remainders, alternately along rows and columns, until it meets its own path.</summary>
    private static List<(int Row, int Column)> Cycle(long[,] remainders, int startRow)
    {
        int rowCount = remainders.GetLength(0), columnCount = remainders.GetLength(1);
        int[] position = new int[rowCount + columnCount];
        Array.Fill(position, -1);

        // Nodes are the rows, then the columns; a remainder joins its row and its column.
        List<int> path = [];
        int previous = -1, node = startRow;
        while (position[node] < 0)
        {
            position[node] = path.Count;
            path.Add(node);
            (previous, node) = (node, Neighbour(remainders, node, previous));
        }

        List<int> nodes = path[position[node]..];
        List<(int, int)> cycle = [];
        for (int k = 0; k < nodes.Count; k++)
        {
            int a = nodes[k], b = nodes[(k + 1) % nodes.Count];
            cycle.Add((Math.Min(a, b), Math.Max(a, b) - rowCount));
        }

        return cycle;
    }

    private static int Neighbour(long[,] remainders, int node, int not)
    {
        int rowCount = remainders.GetLength(0), columnCount = remainders.GetLength(1);
        if (node < rowCount)
        {
            for (int j = 0; j < columnCount; j++)
            {
                if (remainders[node, j] > 0 && rowCount + j != not)
                    return rowCount + j;
            }
        }
        else
        {
            for (int i = 0; i < rowCount; i++)
            {
                if (remainders[i, node - rowCount] > 0 && i != not)
                    return i;
            }
        }

        throw new InvalidOperationException("A remainder stands alone in its row or column although the margins are whole.");
    }

    private static bool HasRemainder(long[,] remainders, int row)
    {
        for (int j = 0; j < remainders.GetLength(1); j++)
        {
            if (remainders[row, j] > 0)
                return true;
        }

        return false;
    }

    private static long Sum(ReadOnlySpan<int> values)
    {
        long sum = 0;
        foreach (int v in values)
            sum += v;
        return sum;
    }
}

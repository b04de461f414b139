namespace Lethe.Data.Distances;

/// <summary>The k nearest points of each query row, nearest first; equal distances in order of row number. Immutable.</summary>
public sealed class Neighbours
{
    private readonly int[] _rows;
    private readonly double[] _distances;

    internal Neighbours(int queries, int k, int[] rows, double[] distances)
    {
        Queries = queries;
        K = k;
        _rows = rows;
        _distances = distances;
    }

    /// <summary>Number of query rows.</summary>
    public int Queries { get; }

    /// <summary>Neighbours per query row: as many as asked for, or fewer where there are not that many points.</summary>
    public int K { get; }

    /// <summary>Distance of <paramref name="query"/> to its <paramref name="rank"/>-th nearest point (0 is the nearest).</summary>
    public double Distance(int query, int rank = 0) => _distances[(query * K) + rank];

    /// <summary>Row of the <paramref name="rank"/>-th nearest point (0 is the nearest).</summary>
    public int Row(int query, int rank = 0) => _rows[(query * K) + rank];

    /// <summary>Distances to the <paramref name="rank"/>-th nearest point, one a query row.</summary>
    public double[] Distances(int rank = 0)
    {
        double[] all = new double[Queries];
        for (int i = 0; i < all.Length; i++)
            all[i] = Distance(i, rank);
        return all;
    }
}

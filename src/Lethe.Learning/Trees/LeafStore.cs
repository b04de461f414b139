using System.Runtime.InteropServices;

namespace Lethe.Learning.Trees;

/// <summary>
/// What the leaves of a tree predict. Classification: for each leaf the classes present and their weighted counts, sparse,
/// because a deep tree on many classes has mostly pure leaves. Regression: the weighted mean.
/// </summary>
internal sealed class LeafStore
{
    private readonly List<int> _start = [0];
    private readonly List<int> _class = [];
    private readonly List<double> _count = [];
    private readonly List<double> _mean = [];

    public int Count => Math.Max(_start.Count - 1, _mean.Count);

    public ReadOnlySpan<int> Classes(int leaf) => CollectionsMarshal.AsSpan(_class)[_start[leaf].._start[leaf + 1]];

    public ReadOnlySpan<double> Counts(int leaf) => CollectionsMarshal.AsSpan(_count)[_start[leaf].._start[leaf + 1]];

    public double Mean(int leaf) => _mean[leaf];

    public void AddMean(double mean) => _mean.Add(mean);

    public void AddCounts(ReadOnlySpan<double> countOfClass)
    {
        for (int k = 0; k < countOfClass.Length; k++)
        {
            if (countOfClass[k] > 0)
            {
                _class.Add(k);
                _count.Add(countOfClass[k]);
            }
        }

        _start.Add(_class.Count);
    }

    /// <summary>Copies leaf <paramref name="leaf"/> of another store as the next leaf of this one.</summary>
    public void AddFrom(LeafStore source, int leaf)
    {
        if (source._mean.Count > 0)
        {
            _mean.Add(source._mean[leaf]);
            return;
        }

        _class.AddRange(source.Classes(leaf));
        _count.AddRange(source.Counts(leaf));
        _start.Add(_class.Count);
    }
}

using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Trees;

/// <summary>
/// Grows one CART tree (Breiman et al. 1984) depth first, left before right, by exhaustive search. Semantics of the
/// reference: values in 32 bits; threshold midway between neighbouring distinct values; left if x ≤ threshold; features in random order, the first found keeps a tie; a node is a leaf when its
/// impurity is ≤ 2.2e-16, it is at the depth limit, it has too few rows, or no split leaves both sides enough rows.
/// <para>
/// Speed: columns are ranked once per table. A node orders its rows by counting sort over the ranks it spans, or by
/// sorting packed (rank, row) keys when they are spread thinly; there is no allocation per node.
/// </para>
/// </summary>
internal sealed class TreeGrower<TCriterion>
    where TCriterion : struct, ISplitCriterion
{
    private const double PureImpurity = 2.220446049250313e-16;

    private readonly TreeFeatures _x;
    private readonly TreeColumn.Ranks[] _ranks;
    private readonly DecisionTreeOptions _options;
    private readonly bool[]? _counted;
    private readonly RandomStream _random;
    private readonly int[] _rows, _scratchRows, _featureOrder, _bucket;
    private readonly double[] _levelScore;
    private readonly int[] _levelRank, _levelOrder;
    private readonly TreeShape _shape = new();
    private readonly LeafStore _leaves = new();
    private TCriterion _criterion;
    private long[] _keys, _sortedKeys;

    /// <param name="x">The features.</param>
    /// <param name="criterion">What splits optimise; knows targets and weights.</param>
    /// <param name="weights">Row weights; rows of weight 0 take no part.</param>
    /// <param name="counted">Rows that count towards the minimum of a leaf; null = all.</param>
    /// <param name="options">Limits of growth.</param>
    /// <param name="random">Order of features.</param>
    public TreeGrower(
        TreeFeatures x, TCriterion criterion, double[] weights, bool[]? counted, DecisionTreeOptions options, RandomStream random)
    {
        _x = x;
        _criterion = criterion;
        _counted = counted;
        _options = options;
        _random = random;
        int d = x.Columns;
        _ranks = new TreeColumn.Ranks[d];
        _featureOrder = new int[d];
        int levels = 0;
        for (int j = 0; j < d; j++)
        {
            _ranks[j] = x[j].GetRanks(j);
            _featureOrder[j] = j;
            levels = Math.Max(levels, x[j].Levels);
        }

        _levelScore = new double[levels];
        _levelRank = new int[levels];
        _levelOrder = new int[levels];
        _rows = SelectPositive(weights);
        int n = _rows.Length;
        _scratchRows = new int[n];
        _keys = new long[n];
        _sortedKeys = new long[n];
        _bucket = new int[BucketLimit(n) + 1];
    }

    public (TreeShape Shape, LeafStore Leaves) Grow(CancellationToken cancellation)
    {
        Stack<(int Start, int End, int Depth, int Parent, bool IsRight)> open = new();
        open.Push((0, _rows.Length, 0, -1, false));
        double pure = PureImpurity;
        double leastGain = 0;
        while (open.TryPop(out var node))
        {
            cancellation.ThrowIfCancellationRequested();
            Span<int> rows = _rows.AsSpan(node.Start, node.End - node.Start);
            _criterion.Reset(rows);
            if (node.Parent < 0)
            {
                // The reference's limit is absolute. It is kept for targets of ordinary scale and shrinks for tiny ones (a variance below
                // 1), which would otherwise never be split.
                pure = PureImpurity * Math.Min(1, _criterion.Impurity);
                leastGain = _options.Complexity * _criterion.Impurity * _criterion.Weight;
            }

            bool isLeaf = node.Depth >= (_options.MaxDepth ?? int.MaxValue) || rows.Length < _options.MinSamplesSplit || _criterion.Impurity <= pure;
            int id = _shape.Add(node.Parent, node.IsRight, rows.Length, _criterion.Weight, _criterion.Impurity);
            Split best = isLeaf ? Split.None : FindSplit(rows);
            if (best.Feature >= 0 && leastGain > 0 && best.Score - _criterion.ParentScore < leastGain)
                best = Split.None;
            if (best.Feature < 0)
            {
                _shape.MakeLeaf(id, _leaves.Count);
                _criterion.WriteLeaf(_leaves);
                continue;
            }

            int middle = node.Start + Partition(rows, best, id);
            open.Push((middle, node.End, node.Depth + 1, id, true));
            open.Push((node.Start, middle, node.Depth + 1, id, false));
        }

        return (_shape, _leaves);
    }

    private Split FindSplit(Span<int> rows)
    {
        Split best = Split.None;
        int limit = Math.Min(_options.FeaturesPerSplit ?? _featureOrder.Length, _featureOrder.Length);
        bool varied = false;
        int counted = CountRows(rows);
        for (int i = 0; i < _featureOrder.Length && (i < limit || !varied); i++)
        {
            int j = i + _random.NextInt(_featureOrder.Length - i);
            (_featureOrder[i], _featureOrder[j]) = (_featureOrder[j], _featureOrder[i]);
            int feature = _featureOrder[i];
            if (!OrderRows(rows, feature))
                continue;
            varied = true;
            Scan(feature, rows.Length, counted, ref best);
        }

        return best;
    }

    private void Scan(int feature, int n, int counted, ref Split best)
    {
        ReadOnlySpan<long> keys = _keys.AsSpan(0, n);
        bool[]? counts = _counted;
        int least = _options.MinSamplesLeaf;
        _criterion.BeginScan();
        int left = 0;
        int rank = (int)(keys[0] >> 32);
        for (int i = 0; i < keys.Length - 1; i++)
        {
            int row = Row(keys[i]);
            _criterion.MoveLeft(row);
            if (counts is null || counts[row])
                left++;
            int nextRank = (int)(keys[i + 1] >> 32);
            if (nextRank == rank)
                continue;
            if (left >= least)
            {
                if (counted - left < least)
                    return;
                double score = _criterion.Score;
                if (score > best.Score)
                    best = new Split(feature, rank, nextRank, score);
            }

            rank = nextRank;
        }
    }

    /// <summary>Fills the keys with (rank, row) ascending; false when the feature is constant in the node.</summary>
    private bool OrderRows(ReadOnlySpan<int> rows, int feature)
    {
        int[] codes = _ranks[feature].Codes;
        int[]? map = null;
        if (_x[feature].IsFactor)
        {
            RankLevels(rows, feature);
            map = _levelRank;
        }

        Span<long> keys = _keys.AsSpan(0, rows.Length);
        int min = int.MaxValue;
        int max = int.MinValue;
        for (int i = 0; i < keys.Length; i++)
        {
            int row = rows[i];
            int rank = codes[row];
            if (map is not null)
                rank = map[rank];
            keys[i] = ((long)rank << 32) | (uint)row;
            min = Math.Min(min, rank);
            max = Math.Max(max, rank);
        }

        if (min == max)
            return false;
        int span = max - min + 1;
        if (span > BucketLimit(keys.Length))
        {
            keys.Sort();
            return true;
        }

        Span<int> bucket = _bucket.AsSpan(0, span + 1);
        bucket.Clear();
        foreach (long key in keys)
            bucket[(int)(key >> 32) - min + 1]++;
        for (int b = 1; b < bucket.Length; b++)
            bucket[b] += bucket[b - 1];
        foreach (long key in keys)
            _sortedKeys[bucket[(int)(key >> 32) - min]++] = key;
        (_keys, _sortedKeys) = (_sortedKeys, _keys);
        return true;
    }

    /// <summary>Ranks of the levels present in the node, in scanning order; absent levels get −1.</summary>
    private void RankLevels(ReadOnlySpan<int> rows, int feature)
    {
        int levels = _x[feature].Levels;
        Span<double> score = _levelScore.AsSpan(0, levels);
        _criterion.ScoreLevels(rows, _ranks[feature].Codes, score);
        int present = 0;
        for (int l = 0; l < levels; l++)
        {
            _levelRank[l] = -1;
            if (double.IsNaN(score[l]))
                continue;

            // Insertion keeps equal scores in level order; factors have few levels.
            int at = present++;
            while (at > 0 && score[_levelOrder[at - 1]] > score[l])
            {
                _levelOrder[at] = _levelOrder[at - 1];
                at--;
            }

            _levelOrder[at] = l;
        }

        for (int i = 0; i < present; i++)
            _levelRank[_levelOrder[i]] = i;
    }

    /// <summary>Moves the rows of the left child to the front, keeping their order, and records the split; returns their number.</summary>
    private int Partition(Span<int> rows, Split split, int id)
    {
        int feature = split.Feature;
        int[] codes = _ranks[feature].Codes;
        bool isFactor = _x[feature].IsFactor;
        if (isFactor)
            RankLevels(rows, feature);
        int left = 0;
        int right = 0;
        foreach (int row in rows)
        {
            int rank = isFactor ? _levelRank[codes[row]] : codes[row];
            if (rank <= split.LeftRank)
                rows[left++] = row;
            else
                _scratchRows[right++] = row;
        }

        _scratchRows.AsSpan(0, right).CopyTo(rows[left..]);
        if (isFactor)
            _shape.SplitLevels(id, feature, _levelRank.AsSpan(0, _x[feature].Levels), split.LeftRank, left >= right);
        else
            _shape.SplitAt(id, feature, Midpoint(_ranks[feature].Distinct[split.LeftRank], _ranks[feature].Distinct[split.RightRank]));
        return left;
    }

    private int CountRows(ReadOnlySpan<int> rows)
    {
        if (_counted is null)
            return rows.Length;
        int counted = 0;
        foreach (int row in rows)
        {
            if (_counted[row])
                counted++;
        }

        return counted;
    }

    // Counting sort costs rows + ranks; above about two ranks a row, comparing wins.
    private static int BucketLimit(int n) => (2 * n) + 16;

    // The low half of a key; unchecked because the cut is meant.
    private static int Row(long key) => unchecked((int)key);

    // In 64 bits the midpoint of two distinct 32-bit numbers lies strictly between them, so the reference's fallback (the lower
    // value where the midpoint rounds to the upper) never applies.
    private static double Midpoint(float lower, float upper) => (lower / 2.0) + (upper / 2.0);

    private static int[] SelectPositive(double[] weights)
    {
        int n = 0;
        foreach (double w in weights)
        {
            if (w > 0)
                n++;
        }

        int[] rows = new int[n];
        int next = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
                rows[next++] = i;
        }

        return rows;
    }

    private readonly record struct Split(int Feature, int LeftRank, int RightRank, double Score)
    {
        public static Split None => new(-1, 0, 0, double.NegativeInfinity);
    }
}

namespace Lethe.Learning.Boosting;

/// <summary>
/// Grows one tree on gradients and Hessians, always splitting the leaf with the largest gain next (Ke et al. 2017; Chen and
/// Guestrin 2016, eqs. 5 to 7):
/// gain = G_L²/(H_L + λ) + G_R²/(H_R + λ) − G²/(H + λ), leaf value = −η·G/(H + λ).
/// A split needs gain > 0, enough rows and a Hessian sum of 1e-3 on both sides. Where the node holds missing values they are
/// tried on both sides; where it holds none, they will go to the child with more rows. As in the reference gradients are
/// 32-bit and their sums 64-bit, of two siblings only the smaller is summed (the other is the difference to the parent),
/// and a tree whose root cannot be split adds nothing.
/// One grower serves all trees of a fit and reuses its buffers. Not thread-safe.
/// </summary>
internal sealed class BoostingTreeGrower
{
    private const double MinHessian = 1e-3;

    // Keeps a leaf value finite where the Hessian vanishes, as in the reference.
    private const double Tiny = 1e-15;

    // Cells in a node from which its histogram is worth several threads.
    private const long ParallelCells = 1 << 18;

    private readonly FeatureBins _bins;
    private readonly HistogramGradientBoostingOptions _options;
    private readonly ParallelOptions _parallel;
    private readonly int[] _rows, _scratch;
    private readonly float[] _orderedGradient, _orderedHessian;
    private readonly Stack<Bin[]> _pool = new();
    private readonly List<Node> _nodes = [];
    private readonly PriorityQueue<int, double> _open = new();

    public BoostingTreeGrower(FeatureBins bins, int rows, HistogramGradientBoostingOptions options)
    {
        _bins = bins;
        _options = options;
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = options.MaxThreads ?? Environment.ProcessorCount };
        _rows = new int[rows];
        _scratch = new int[rows];
        _orderedGradient = new float[rows];
        _orderedHessian = new float[rows];
    }

    /// <summary>Grows a tree and adds its leaf values to the training rows' raw scores.</summary>
    /// <param name="gradient">g of each row.</param>
    /// <param name="hessian">h of each row.</param>
    /// <param name="raw">Raw scores of the rows, updated.</param>
    public BoostedTree Grow(float[] gradient, float[] hessian, Span<double> raw)
    {
        _nodes.Clear();
        _open.Clear();
        double sumGradient = 0;
        double sumHessian = 0;
        for (int i = 0; i < _rows.Length; i++)
        {
            _rows[i] = i;
            sumGradient += gradient[i];
            sumHessian += hessian[i];
        }

        _nodes.Add(new Node { Start = 0, End = _rows.Length, G = sumGradient, H = sumHessian });
        if (_rows.Length >= 2 * _options.MinSamplesLeaf && sumHessian >= MinHessian)
        {
            Bin[] histogram = Rent();
            FillHistogram(0, gradient, hessian, histogram);
            _nodes[0].Histogram = histogram;
            Queue(0);
        }

        int leaves = 1;
        while (_open.TryDequeue(out int id, out _))
        {
            leaves++;
            Split(id, gradient, hessian, mayContinue: leaves < (_options.MaxLeaves ?? int.MaxValue));
            if (leaves == _options.MaxLeaves)
                break;
        }

        foreach (Node node in _nodes)
        {
            if (node.Histogram is { } histogram)
                _pool.Push(histogram);
            node.Histogram = null;
            if (node.Left >= 0)
                continue;
            node.Value *= _options.LearningRate;
            for (int i = node.Start; i < node.End; i++)
                raw[_rows[i]] += node.Value;
        }

        List<BoostingNode> ordered = new(_nodes.Count);
        Emit(0, ordered);
        return new BoostedTree([.. ordered]);
    }

    private void Split(int id, float[] gradient, float[] hessian, bool mayContinue)
    {
        Node node = _nodes[id];
        int middle = node.Start + Partition(node);
        double l2 = _options.L2 + Tiny;
        Node left = new()
        {
            Start = node.Start, End = middle, Depth = node.Depth + 1, G = node.LeftG, H = node.LeftH, Value = -node.LeftG / (node.LeftH + l2),
        };
        double rightG = node.G - node.LeftG;
        double rightH = node.H - node.LeftH;
        Node right = new()
        {
            Start = middle, End = node.End, Depth = node.Depth + 1, G = rightG, H = rightH, Value = -rightG / (rightH + l2),
        };
        node.Left = _nodes.Count;
        _nodes.Add(left);
        _nodes.Add(right);
        bool deeper = mayContinue && left.Depth < (_options.MaxDepth ?? int.MaxValue);
        bool openLeft = deeper && left.Rows >= 2 * _options.MinSamplesLeaf;
        bool openRight = deeper && right.Rows >= 2 * _options.MinSamplesLeaf;
        if (!openLeft && !openRight)
            return;

        bool leftIsSmaller = left.Rows < right.Rows;
        Bin[] small = Rent();
        FillHistogram(leftIsSmaller ? node.Left : node.Left + 1, gradient, hessian, small);
        Bin[] large = node.Histogram!;
        node.Histogram = null;
        for (int b = 0; b < large.Length; b++)
        {
            large[b].G -= small[b].G;
            large[b].H -= small[b].H;
            large[b].N -= small[b].N;
        }

        left.Histogram = leftIsSmaller ? small : large;
        right.Histogram = leftIsSmaller ? large : small;
        if (openLeft)
            Queue(node.Left);
        if (openRight)
            Queue(node.Left + 1);
    }

    /// <summary>Finds the node's best split and puts it in line where there is one.</summary>
    private void Queue(int id)
    {
        Node node = _nodes[id];
        for (int f = 0; f < _bins.Edges.Length; f++)
            Scan(node, f, node.Histogram.AsSpan(_bins.Offset[f], _bins.Offset[f + 1] - _bins.Offset[f]));
        if (node.Gain > 0)
            _open.Enqueue(id, -node.Gain);
    }

    private void Scan(Node node, int feature, ReadOnlySpan<Bin> bins)
    {
        int lastPresent = bins.Length - 2;
        Bin missing = bins[^1];
        double l2 = _options.L2 + Tiny;
        double parent = node.G * node.G / (node.H + l2);
        int least = _options.MinSamplesLeaf;

        // Missing on the right: sums from the left; the last candidate separates the present from the missing.
        double g = 0;
        double h = 0;
        int n = 0;
        int end = missing.N > 0 ? lastPresent + 1 : lastPresent;
        for (int b = 0; b < end; b++)
        {
            g += bins[b].G;
            h += bins[b].H;
            n += bins[b].N;
            if (n < least || h < MinHessian)
                continue;
            double rest = node.H - h;
            if (node.Rows - n < least || rest < MinHessian)
                break;
            double gain = (g * g / (h + l2)) + ((node.G - g) * (node.G - g) / (rest + l2)) - parent;
            if (gain > node.Gain)
                node.Take(feature, b, gain, g, h, n > node.Rows - n && missing.N == 0);
        }

        if (missing.N == 0)
            return;

        // Missing on the left: sums from the right.
        g = 0;
        h = 0;
        n = 0;
        for (int b = lastPresent - 1; b >= 0; b--)
        {
            g += bins[b + 1].G;
            h += bins[b + 1].H;
            n += bins[b + 1].N;
            if (n < least || h < MinHessian)
                continue;
            double rest = node.H - h;
            if (node.Rows - n < least || rest < MinHessian)
                break;
            double gain = (g * g / (h + l2)) + ((node.G - g) * (node.G - g) / (rest + l2)) - parent;
            if (gain > node.Gain)
                node.Take(feature, b, gain, node.G - g, rest, true);
        }
    }

    /// <summary>Moves the rows of the left child to the front, keeping their order; returns their number.</summary>
    private int Partition(Node node)
    {
        byte[] codes = _bins.Codes[node.Feature];
        int missing = _bins.Edges[node.Feature].Length + 1;
        int left = node.Start;
        int right = 0;
        for (int i = node.Start; i < node.End; i++)
        {
            int row = _rows[i];
            int code = codes[row];
            if (code == missing ? node.MissingLeft : code <= node.Bin)
                _rows[left++] = row;
            else
                _scratch[right++] = row;
        }

        Array.Copy(_scratch, 0, _rows, left, right);
        return left - node.Start;
    }

    private void FillHistogram(int id, float[] gradient, float[] hessian, Bin[] histogram)
    {
        Array.Clear(histogram);
        int start = _nodes[id].Start;
        int n = _nodes[id].Rows;
        for (int i = 0; i < n; i++)
        {
            _orderedGradient[i] = gradient[_rows[start + i]];
            _orderedHessian[i] = hessian[_rows[start + i]];
        }

        int d = _bins.Edges.Length;
        if ((long)n * d < ParallelCells)
        {
            for (int f = 0; f < d; f++)
                FillFeature(f, start, n, histogram);
        }
        else
        {
            FillInParallel(start, n, histogram);
        }
    }

    // Apart from its caller so that small nodes do not pay for the closure.
    private void FillInParallel(int start, int n, Bin[] histogram) =>
        Parallel.For(0, _bins.Edges.Length, _parallel, f => FillFeature(f, start, n, histogram));

    private void FillFeature(int feature, int start, int n, Bin[] histogram)
    {
        Span<Bin> bins = histogram.AsSpan(_bins.Offset[feature], _bins.Offset[feature + 1] - _bins.Offset[feature]);
        byte[] codes = _bins.Codes[feature];
        ReadOnlySpan<int> rows = _rows.AsSpan(start, n);
        for (int i = 0; i < rows.Length; i++)
        {
            ref Bin bin = ref bins[codes[rows[i]]];
            bin.G += _orderedGradient[i];
            bin.H += _orderedHessian[i];
            bin.N++;
        }
    }

    private void Emit(int id, List<BoostingNode> ordered)
    {
        Node node = _nodes[id];
        int at = ordered.Count;
        if (node.Left < 0)
        {
            ordered.Add(new BoostingNode(-1, double.NaN, false, -1, -1, node.Rows, double.NaN, node.Value));
            return;
        }

        ordered.Add(default);
        Emit(node.Left, ordered);
        int right = ordered.Count;
        Emit(node.Left + 1, ordered);
        double[] edges = _bins.Edges[node.Feature];
        double threshold = node.Bin < edges.Length ? edges[node.Bin] : double.PositiveInfinity;
        ordered[at] = new BoostingNode(node.Feature, threshold, node.MissingLeft, at + 1, right, node.Rows, node.Gain, node.Value);
    }

    private Bin[] Rent() => _pool.TryPop(out Bin[]? histogram) ? histogram : new Bin[_bins.Offset[^1]];

    private struct Bin
    {
        public double G;
        public double H;
        public int N;
    }

    private sealed class Node
    {
        public int Start, End, Depth;
        public double G, H, Value;
        public int Left = -1; // the right child follows it
        public int Feature, Bin;
        public double Gain;   // 0 while no split is found
        public double LeftG, LeftH;
        public bool MissingLeft;
        public Bin[]? Histogram;

        public int Rows => End - Start;

        public void Take(int feature, int bin, double gain, double leftG, double leftH, bool missingLeft)
        {
            Feature = feature;
            Bin = bin;
            Gain = gain;
            LeftG = leftG;
            LeftH = leftH;
            MissingLeft = missingLeft;
        }
    }
}

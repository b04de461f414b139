using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Boosting;

/// <summary>
/// A fitted sequence of boosted trees: raw score k of a row = baseline k + Σ of the trees of output k. Immutable; safe to share
/// between threads.
/// </summary>
public sealed class BoostedTrees
{
    private const int BlockRows = 256;

    private readonly double[] _baseline;
    private readonly BoostedTree[] _trees; // iteration by iteration, the outputs of each in order

    private BoostedTrees(int features, double[] baseline, BoostedTree[] trees)
    {
        Features = features;
        _baseline = baseline;
        _trees = trees;
    }

    /// <summary>d, the number of features.</summary>
    public int Features { get; }

    /// <summary>Raw scores per row: 1, or the number of classes present where there are more than two.</summary>
    public int Outputs => _baseline.Length;

    /// <summary>Iterations run; fewer than asked for after early stopping.</summary>
    public int Iterations => _trees.Length / _baseline.Length;

    /// <summary>The scores before the first tree, one an output.</summary>
    public ReadOnlySpan<double> Baseline => _baseline;

    /// <summary>The tree of one iteration and output.</summary>
    public BoostedTree Tree(int iteration, int output = 0) => _trees[(iteration * Outputs) + output];

    /// <summary>Raw scores, n × Outputs row-major: log-odds, softmax scores, or predictions.</summary>
    /// <exception cref="ArgumentException">The width differs from the fit, or a value is infinite.</exception>
    public double[] RawScores(DesignMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Guard.Width(x.Columns, Features);
        CheckInfinite(x);
        double[] raw = new double[x.Rows * Outputs];
        int blocks = (x.Rows + BlockRows - 1) / BlockRows;
        if (blocks <= 4)
        {
            for (int b = 0; b < blocks; b++)
                ScoreBlock(x, b * BlockRows, raw);
        }
        else
        {
            Parallel.For(0, blocks, b => ScoreBlock(x, b * BlockRows, raw));
        }

        return raw;
    }

    /// <summary>The boosting loop.</summary>
    /// <param name="x">Features; NaN = missing.</param>
    /// <param name="rows">The rows to use, all of positive weight.</param>
    /// <param name="loss">Makes the loss over a subset of positions in <paramref name="rows"/>.</param>
    /// <param name="strata">Class of each position, for a stratified holdout; null = none.</param>
    /// <param name="options">Settings, validated.</param>
    /// <param name="seed">Decides the holdout and the sample that bins come from.</param>
    /// <param name="cancellation">Stops between trees.</param>
    internal static BoostedTrees Fit(
        DesignMatrix x, int[] rows, Func<int[], IBoostingLoss> loss, int[]? strata, HistogramGradientBoostingOptions options, Seed seed, CancellationToken cancellation)
    {
        CheckInfinite(x);
        bool stops = options.EarlyStopping == EarlyStopping.On || (options.EarlyStopping == EarlyStopping.Auto && rows.Length > 10_000);
        (int[] train, int[] holdout) = stops ? Holdout(rows.Length, strata, options.ValidationShare, seed) : ([.. Enumerable.Range(0, rows.Length)], []);
        IBoostingLoss trainLoss = loss(train);
        int[] trainRows = [.. train.Select(i => rows[i])];
        FeatureBins bins = FeatureBins.Of(x, trainRows, options.MaxBins, seed);
        BoostingTreeGrower grower = new(bins, train.Length, options);
        int n = train.Length;
        int outputs = trainLoss.Outputs;
        double[] baseline = trainLoss.Baseline();
        double[] raw = Repeat(baseline, n);
        float[] gradient = new float[n];
        float[] hessian = new float[n];
        List<BoostedTree> trees = [];

        IBoostingLoss? heldOut = holdout.Length > 0 ? loss(holdout) : null;
        DesignMatrix? heldOutRows = heldOut is null ? null : x.SelectRows([.. holdout.Select(i => rows[i])]);
        double[] heldOutRaw = Repeat(baseline, holdout.Length);
        List<double> scores = heldOut is null ? [] : [heldOut.Mean(heldOutRaw)];
        for (int iteration = 0; iteration < options.Iterations; iteration++)
        {
            trainLoss.Prepare(raw);
            for (int k = 0; k < outputs; k++)
            {
                cancellation.ThrowIfCancellationRequested();
                trainLoss.Gradients(k, raw, gradient, hessian);
                BoostedTree tree = grower.Grow(gradient, hessian, raw.AsSpan(k * n, n));
                trees.Add(tree);
                for (int i = 0; i < holdout.Length; i++)
                    heldOutRaw[(k * holdout.Length) + i] += tree.Predict(heldOutRows!.Row(i));
            }

            if (heldOut is null)
                continue;
            scores.Add(heldOut.Mean(heldOutRaw));
            if (HasStalled(scores, options))
                break;
        }

        return new BoostedTrees(x.Columns, baseline, [.. trees]);
    }

    /// <summary>True when none of the last losses is lower, by the tolerance, than the one before them.</summary>
    private static bool HasStalled(List<double> losses, HistogramGradientBoostingOptions options)
    {
        int reference = losses.Count - options.Patience - 1;
        if (reference < 0)
            return false;
        for (int i = reference + 1; i < losses.Count; i++)
        {
            if (losses[i] < losses[reference] - options.Tolerance)
                return false;
        }

        return true;
    }

    /// <summary>Splits positions 0 … n − 1 by class; a class keeps at least one row for training.</summary>
    private static (int[] Train, int[] Holdout) Holdout(int n, int[]? strata, double share, Seed seed)
    {
        int[] order = seed.Stream("holdout").Permutation(n);
        bool[] held = new bool[n];
        foreach (IGrouping<int, int> group in order.GroupBy(i => strata?[i] ?? 0))
        {
            int take = Math.Min((int)Math.Round(share * group.Count()), group.Count() - 1);
            foreach (int i in group.Take(take))
                held[i] = true;
        }

        return ([.. Enumerable.Range(0, n).Where(i => !held[i])], [.. Enumerable.Range(0, n).Where(i => held[i])]);
    }

    private static double[] Repeat(double[] baseline, int n)
    {
        double[] raw = new double[baseline.Length * n];
        for (int k = 0; k < baseline.Length; k++)
            raw.AsSpan(k * n, n).Fill(baseline[k]);
        return raw;
    }

    private void ScoreBlock(DesignMatrix x, int start, double[] raw)
    {
        int end = Math.Min(start + BlockRows, x.Rows);
        for (int i = start; i < end; i++)
            _baseline.CopyTo(raw, i * Outputs);
        for (int t = 0; t < _trees.Length; t++)
        {
            BoostedTree tree = _trees[t];
            int output = t % Outputs;
            for (int i = start; i < end; i++)
                raw[(i * Outputs) + output] += tree.Predict(x.Row(i));
        }
    }

    private static void CheckInfinite(DesignMatrix x)
    {
        ReadOnlySpan<double> values = x.Values;
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsInfinity(values[i]))
                LearningThrow.Infinite(i / x.Columns, i % x.Columns);
        }
    }
}

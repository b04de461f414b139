using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Boosting;

/// <summary>Histogram gradient boosting for numbers (squared error). Takes missing feature values (NaN) as they are.</summary>
/// <param name="options">Shrinkage, size of trees, stopping.</param>
public sealed class HistogramGradientBoostingRegressor(HistogramGradientBoostingOptions? options = null) : IRegressor
{
    private readonly HistogramGradientBoostingOptions _options = options ?? new HistogramGradientBoostingOptions();

    /// <inheritdoc/>
    public string Name => "histogram gradient boosting";

    /// <inheritdoc/>
    IFittedRegressor IRegressor.Fit(
        DesignMatrix x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, Seed seed, CancellationToken cancellation) =>
        new Fitted(Fit(x, y, weights, seed, cancellation));

    /// <summary>As <see cref="IRegressor.Fit"/>, returning the trees; their raw scores are the predictions.</summary>
    /// <exception cref="ArgumentException">Lengths disagree, a target is missing, a value is infinite, or no row has a positive weight.</exception>
    public BoostedTrees Fit(
        DesignMatrix x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, Seed seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        _options.Validate();
        Guard.Targets(x.Rows, y);
        double[] w = Guard.Weights(x.Rows, weights, "Gradient boosting");
        int[] rows = [.. Enumerable.Range(0, x.Rows).Where(i => w[i] > 0)];
        double[] target = y.ToArray();
        IBoostingLoss Loss(int[] subset) => new SquaredLoss([.. subset.Select(i => target[rows[i]])], [.. subset.Select(i => w[rows[i]])]);
        return BoostedTrees.Fit(x, rows, Loss, null, _options, seed, cancellation);
    }

    private sealed class Fitted(BoostedTrees trees) : IFittedRegressor
    {
        public int Features => trees.Features;

        public double[] Predict(DesignMatrix x) => trees.RawScores(x);
    }
}

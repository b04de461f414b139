using Lethe.Learning.Trees;
using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Forests;

/// <summary>A random forest for numbers behind the common interface; see <see cref="RandomForest"/>.</summary>
/// <param name="options">Number of trees, bootstrap, growth.</param>
public sealed class RandomForestRegressor(RandomForestOptions? options = null) : IRegressor
{
    private readonly RandomForestOptions _options = options ?? new RandomForestOptions();

    /// <inheritdoc/>
    public string Name => "random forest";

    /// <inheritdoc/>
    public IFittedRegressor Fit(
        DesignMatrix x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, Seed seed, CancellationToken cancellation = default) =>
        new Fitted(RandomForest.FitRegressor(TreeFeatures.From(x), y, _options, seed, weights, default, cancellation));

    private sealed class Fitted(RandomForest forest) : IFittedRegressor
    {
        public int Features => forest.Features;

        public double[] Predict(DesignMatrix x) => forest.Predict(TreeFeatures.From(x));
    }
}

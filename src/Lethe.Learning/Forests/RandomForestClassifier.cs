using Lethe.Learning.Trees;
using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Forests;

/// <summary>A random forest for classes behind the common interface; see <see cref="RandomForest"/>.</summary>
/// <param name="options">Number of trees, bootstrap, growth.</param>
public sealed class RandomForestClassifier(RandomForestOptions? options = null) : IClassifier
{
    private readonly RandomForestOptions _options = options ?? new RandomForestOptions();

    /// <inheritdoc/>
    public string Name => "random forest";

    /// <inheritdoc/>
    public IFittedClassifier Fit(
        DesignMatrix x, ReadOnlySpan<int> y, int classes, ReadOnlySpan<double> weights, Seed seed, CancellationToken cancellation = default) =>
        new Fitted(RandomForest.FitClassifier(TreeFeatures.From(x), y, classes, _options, seed, weights, default, cancellation));

    private sealed class Fitted(RandomForest forest) : IFittedClassifier
    {
        public int Features => forest.Features;

        public int Classes => forest.Classes;

        public double[] PredictProbability(DesignMatrix x) => forest.PredictProbability(TreeFeatures.From(x));
    }
}

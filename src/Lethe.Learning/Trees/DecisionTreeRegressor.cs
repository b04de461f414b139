using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Trees;

/// <summary>A single regression tree behind the common interface; see <see cref="DecisionTree"/> for the tree itself.</summary>
/// <param name="options">How far the tree grows.</param>
public sealed class DecisionTreeRegressor(DecisionTreeOptions? options = null) : IRegressor
{
    private readonly DecisionTreeOptions _options = options ?? new DecisionTreeOptions();

    /// <inheritdoc/>
    public string Name => "decision tree";

    /// <inheritdoc/>
    public IFittedRegressor Fit(
        DesignMatrix x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, Seed seed, CancellationToken cancellation = default) =>
        new Fitted(DecisionTree.FitRegressor(TreeFeatures.From(x), y, _options, seed, weights, default, cancellation));

    private sealed class Fitted(DecisionTree tree) : IFittedRegressor
    {
        public int Features => tree.Features;

        public double[] Predict(DesignMatrix x)
        {
            int[] leaf = tree.Apply(TreeFeatures.From(x));
            double[] prediction = new double[leaf.Length];
            for (int i = 0; i < leaf.Length; i++)
                prediction[i] = tree.LeafMean(leaf[i]);
            return prediction;
        }
    }
}

using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Trees;

/// <summary>A single classification tree behind the common interface; see <see cref="DecisionTree"/> for the tree itself.</summary>
/// <param name="options">How far the tree grows.</param>
public sealed class DecisionTreeClassifier(DecisionTreeOptions? options = null) : IClassifier
{
    private readonly DecisionTreeOptions _options = options ?? new DecisionTreeOptions();

    /// <inheritdoc/>
    public string Name => "decision tree";

    /// <inheritdoc/>
    public IFittedClassifier Fit(
        DesignMatrix x, ReadOnlySpan<int> y, int classes, ReadOnlySpan<double> weights, Seed seed, CancellationToken cancellation = default) =>
        new Fitted(DecisionTree.FitClassifier(TreeFeatures.From(x), y, classes, _options, seed, weights, default, cancellation));

    private sealed class Fitted(DecisionTree tree) : IFittedClassifier
    {
        public int Features => tree.Features;

        public int Classes => tree.Classes;

        public double[] PredictProbability(DesignMatrix x)
        {
            int[] leaf = tree.Apply(TreeFeatures.From(x));
            double[] p = new double[leaf.Length * Classes];
            for (int i = 0; i < leaf.Length; i++)
                tree.AddLeafProbability(leaf[i], p.AsSpan(i * Classes, Classes));
            return p;
        }
    }
}

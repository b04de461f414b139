using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Boosting;

/// <summary>
/// Histogram gradient boosting for classes: binomial loss for two classes, softmax with one tree per class for more. Takes
/// missing values (NaN) as they are.
/// </summary>
/// <param name="options">Shrinkage, size of trees, stopping.</param>
public sealed class HistogramGradientBoostingClassifier(HistogramGradientBoostingOptions? options = null) : IClassifier
{
    private readonly HistogramGradientBoostingOptions _options = options ?? new HistogramGradientBoostingOptions();

    /// <inheritdoc/>
    public string Name => "histogram gradient boosting";

    /// <inheritdoc/>
    public IFittedClassifier Fit(
        DesignMatrix x, ReadOnlySpan<int> y, int classes, ReadOnlySpan<double> weights, Seed seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        _options.Validate();
        TrainingRows rows = TrainingRows.Of(x.Rows, y, classes, weights, "Gradient boosting");
        if (rows.Present.Length == 1)
            return ConstantClassifier.Of(x.Columns, classes, rows.Present[0]);
        IBoostingLoss Loss(int[] subset)
        {
            int[] label = [.. subset.Select(i => rows.Y[i])];
            double[] weight = [.. subset.Select(i => rows.Weights[i])];
            return rows.Present.Length == 2 ? new BinomialLoss(label, weight) : new MultinomialLoss(label, weight, rows.Present.Length);
        }

        BoostedTrees trees = BoostedTrees.Fit(x, rows.Rows, Loss, rows.Y, _options, seed, cancellation);
        return new BoostingModel(trees, classes, rows.Present);
    }
}

/// <summary>A fitted boosting classifier; obtained from <see cref="HistogramGradientBoostingClassifier.Fit"/>.</summary>
public sealed class BoostingModel : IFittedClassifier
{
    private readonly int[] _present;

    internal BoostingModel(BoostedTrees trees, int classes, int[] present)
    {
        Trees = trees;
        Classes = classes;
        _present = present;
    }

    /// <summary>The trees and their raw scores.</summary>
    public BoostedTrees Trees { get; }

    /// <inheritdoc/>
    public int Features => Trees.Features;

    /// <inheritdoc/>
    public int Classes { get; }

    /// <inheritdoc/>
    public double[] PredictProbability(DesignMatrix x)
    {
        double[] raw = Trees.RawScores(x);
        int outputs = Trees.Outputs;
        double[] p = new double[x.Rows * Classes];
        for (int i = 0; i < x.Rows; i++)
        {
            Span<double> z = raw.AsSpan(i * outputs, outputs);
            Span<double> row = p.AsSpan(i * Classes, Classes);
            if (outputs == 1)
            {
                row[_present[0]] = Links.Sigmoid(-z[0]);
                row[_present[1]] = Links.Sigmoid(z[0]);
                continue;
            }

            Links.Softmax(z);
            for (int k = 0; k < outputs; k++)
                row[_present[k]] = z[k];
        }

        return p;
    }
}

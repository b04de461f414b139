using Lethe.Numerics.Randomness;

namespace Lethe.Learning;

/// <summary>
/// A way of learning to classify: options in, fitted model out. Immutable and safe to share between threads; fitting twice
/// with the same data and seed gives the same model, whatever the number of threads.
/// </summary>
/// <remarks>
/// <para>The learners of this room, all with the semantics of the widely used Python reference:</para>
/// <list type="bullet">
/// <item><see cref="Linear.LogisticRegression"/>: linear; standardise first; exact to a gradient of 1e-8; coefficients and standard errors.</item>
/// <item><see cref="Trees.DecisionTreeClassifier"/>: one CART tree; <see cref="Trees.DecisionTree"/> gives nodes, leaves, boxes and factor splits.</item>
/// <item><see cref="Forests.RandomForestClassifier"/>: 100 trees, no scaling; <see cref="Forests.RandomForest"/> gives trees and out-of-bag predictions.</item>
/// <item><see cref="Boosting.HistogramGradientBoostingClassifier"/>: no scaling; the only one that takes missing values.</item>
/// <item><see cref="Networks.MlpClassifier"/>: one hidden layer; standardise first.</item>
/// </list>
/// <para>
/// Matrices are <see cref="DesignMatrix"/>, row-major; trees copy them into 32-bit columns (<see cref="Trees.TreeFeatures"/>). Encoding
/// tables as matrices is not done here.
/// </para>
/// </remarks>
public interface IClassifier
{
    /// <summary>Short name for tables and reports, e.g. <c>"logistic regression"</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Fits on n rows. A class without a row (of positive weight) gets probability 0 everywhere; with a single class present the
    /// model is constant.
    /// </summary>
    /// <param name="x">Features, n × d.</param>
    /// <param name="y">Class of each row, 0 … <paramref name="classes"/> − 1.</param>
    /// <param name="classes">K ≥ 1, the number of classes that predictions span.</param>
    /// <param name="weights">Row weights ≥ 0, or empty for equal weights.</param>
    /// <param name="seed">Decides every random draw of the fit.</param>
    /// <param name="cancellation">Stops the fit with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">Lengths disagree, a label or weight is out of range, a value is missing where the learner
    /// cannot take it, or no row has a positive weight.</exception>
    IFittedClassifier Fit(
        DesignMatrix x, ReadOnlySpan<int> y, int classes, ReadOnlySpan<double> weights, Seed seed, CancellationToken cancellation = default);
}

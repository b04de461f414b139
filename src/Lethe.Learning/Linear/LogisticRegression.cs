using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Linear;

/// <summary>
/// L2-penalised logistic regression: the binomial model for two classes, the softmax model over all K for more. Minimises
/// Σ_i w_i·loss_i + ‖β‖²/(2C), intercepts free, to a gradient of 1e-8. Penalised coefficients depend on the columns' scales:
/// standardise first (<see cref="StandardScaler"/>). Needs finite values. The fit draws no random numbers.
/// </summary>
/// <param name="options">Penalty, class weights, stopping.</param>
public sealed class LogisticRegression(LogisticRegressionOptions? options = null) : IClassifier
{
    private readonly LogisticRegressionOptions _options = options ?? new LogisticRegressionOptions();

    /// <inheritdoc/>
    public string Name => "logistic regression";

    /// <inheritdoc/>
    IFittedClassifier IClassifier.Fit(
        DesignMatrix x, ReadOnlySpan<int> y, int classes, ReadOnlySpan<double> weights, Seed seed, CancellationToken cancellation) =>
        Fit(x, y, classes, weights, cancellation);

    /// <summary>As <see cref="IClassifier.Fit"/>, returning the model with its coefficients.</summary>
    /// <exception cref="ArgumentException">Lengths disagree, a value is out of range or missing, or no row has a positive weight.</exception>
    public LogisticModel Fit(
        DesignMatrix x, ReadOnlySpan<int> y, int classes, ReadOnlySpan<double> weights = default, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        _options.Validate();
        TrainingRows rows = TrainingRows.Of(x.Rows, y, classes, weights, "Logistic regression");
        Guard.Finite(x, "logistic regression");
        if (rows.Present.Length == 1)
            return new LogisticModel(x.Columns, classes, rows.Present, [], true, 0);
        double[] w = _options.Balanced ? ClassWeights.Balanced(rows.Y, rows.Present.Length, rows.Weights) : rows.Weights;
        LogisticObjective objective = new(x, rows, w, _options.C);
        var (theta, converged, iterations) = NewtonSolver.Minimise(objective, _options, cancellation);
        return new LogisticModel(x.Columns, classes, rows.Present, theta, converged, iterations);
    }
}

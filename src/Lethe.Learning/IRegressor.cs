using Lethe.Numerics.Randomness;

namespace Lethe.Learning;

/// <summary>A way of learning to predict a number; the same conventions as <see cref="IClassifier"/>.</summary>
public interface IRegressor
{
    /// <summary>Short name for tables and reports.</summary>
    string Name { get; }

    /// <summary>Fits on n rows.</summary>
    /// <param name="x">Features, n × d.</param>
    /// <param name="y">Finite target of each row.</param>
    /// <param name="weights">Row weights ≥ 0, or empty for equal weights.</param>
    /// <param name="seed">Decides every random draw of the fit.</param>
    /// <param name="cancellation">Stops the fit with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">Lengths disagree, a value is missing where the learner cannot take it, or no row has a positive weight.</exception>
    IFittedRegressor Fit(
        DesignMatrix x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, Seed seed, CancellationToken cancellation = default);
}

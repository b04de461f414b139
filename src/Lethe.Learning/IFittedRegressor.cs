namespace Lethe.Learning;

/// <summary>A fitted regression. Immutable; safe to share between threads.</summary>
public interface IFittedRegressor
{
    /// <summary>d, the number of features.</summary>
    int Features { get; }

    /// <summary>Predicted target of each row, length n.</summary>
    /// <exception cref="ArgumentException">The width differs from <see cref="Features"/>, or a value is missing where the learner cannot take it.</exception>
    double[] Predict(DesignMatrix x);
}

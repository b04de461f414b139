namespace Lethe.Learning;

/// <summary>A fitted classifier. Immutable; safe to share between threads.</summary>
public interface IFittedClassifier
{
    /// <summary>d, the number of features.</summary>
    int Features { get; }

    /// <summary>K, the number of classes.</summary>
    int Classes { get; }

    /// <summary>Class probabilities, n × K row-major; every row sums to 1.</summary>
    /// <exception cref="ArgumentException">The width differs from <see cref="Features"/>, or a value is missing where the learner cannot take it.</exception>
    double[] PredictProbability(DesignMatrix x);
}

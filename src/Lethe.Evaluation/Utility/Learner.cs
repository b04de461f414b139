using Lethe.Learning;
using Lethe.Learning.Boosting;
using Lethe.Learning.Forests;
using Lethe.Learning.Linear;
using Lethe.Learning.Networks;

namespace Lethe.Evaluation.Utility;

/// <summary>A downstream learner with its preparation. Hyper-parameters are fixed in advance and never tuned on the holdout.</summary>
/// <param name="Key">Short name in ids, e.g. <c>forest</c>.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Classifier">For classes.</param>
/// <param name="Regressor">For numbers; null when there is none of the kind.</param>
/// <param name="Standardise">Standardise features by the table trained on.</param>
public sealed record Learner(string Key, string Name, IClassifier Classifier, IRegressor? Regressor, bool Standardise)
{
    /// <summary>Logistic (ridge) regression, C = 1 (λ = 1), on standardised features.</summary>
    public static Learner Linear { get; } = new("logistic", "logistic regression", new LogisticRegression(), new RidgeRegression(), Standardise: true);

    /// <summary>Random forest, 100 trees, defaults.</summary>
    public static Learner Forest { get; } = new("forest", "random forest", new RandomForestClassifier(), new RandomForestRegressor(), Standardise: false);

    /// <summary>Histogram gradient boosting, 100 iterations, defaults.</summary>
    public static Learner Boosting { get; } = new(
        "boosting", "histogram gradient boosting", new HistogramGradientBoostingClassifier(), new HistogramGradientBoostingRegressor(), Standardise: false);

    /// <summary>One hidden layer of 100 units on standardised features.</summary>
    public static Learner Network { get; } = new("network", "neural network", new MlpClassifier(), null, Standardise: true);

    /// <summary>The three learners of published comparisons: logistic regression, random forest, histogram boosting.</summary>
    public static IReadOnlyList<Learner> Core { get; } = [Linear, Forest, Boosting];

    /// <summary>The core learners and the neural network.</summary>
    public static IReadOnlyList<Learner> All { get; } = [.. Core, Network];

    /// <summary>The name with regressors in mind.</summary>
    internal string NameFor(bool regression) => regression && Regressor is RidgeRegression ? "ridge regression" : Name;
}

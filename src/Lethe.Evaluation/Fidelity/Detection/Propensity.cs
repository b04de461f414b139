using Lethe.Data.Tables;
using Lethe.Evaluation.Encoding;
using Lethe.Evaluation.Statistics;
using Lethe.Learning;
using Lethe.Learning.Linear;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Fidelity.Detection;

/// <summary>
/// Propensity score utility: a logistic model of main effects tries to tell rows of the other table from real ones. Snoke et al.,
/// "General and specific utility measures for synthetic data", 2018. Columns with a level in one table only separate the tables, so
/// that coefficients diverge; the ridge keeps them finite and the columns are listed.
/// </summary>
public sealed record Propensity
{
    /// <summary>Names of the encoded columns, in coefficient order.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Coefficients on the original scale.</summary>
    public required IReadOnlyList<double> Coefficients { get; init; }

    /// <summary>Intercept on the original scale.</summary>
    public required double Intercept { get; init; }

    /// <summary>Mean (p − c)², c the share of other rows; 0 is best.</summary>
    public required double MeanSquaredError { get; init; }

    /// <summary>Its expectation when both tables come from one population: k(1 − c)²c/N.</summary>
    public required double Expected { get; init; }

    /// <summary>(pMSE − expectation)/standard deviation under the null.</summary>
    public required double Standardised { get; init; }

    /// <summary>SPECKS: Kolmogorov–Smirnov distance of the scores of both groups.</summary>
    public required double Specks { get; init; }

    /// <summary>PO50: per cent classified right at probability ½, minus 50.</summary>
    public required double Po50 { get; init; }

    /// <summary>U: Mann–Whitney statistic of the other rows' scores.</summary>
    public required double U { get; init; }

    /// <summary>Area under the ROC curve on the rows it was fitted to.</summary>
    public required double AucInSample { get; init; }

    /// <summary>Log-likelihood of the fit.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Table columns that separate the tables: a level, or missing cells, on one side only.</summary>
    public required IReadOnlyList<string> Separating { get; init; }

    /// <summary>pMSE/expectation: 1 is ideal, below 3 good, above 10 poor.</summary>
    public double Ratio => MeanSquaredError / Expected;

    /// <summary>Fits the model to two aligned tables.</summary>
    /// <param name="real">Real rows.</param>
    /// <param name="other">Other rows.</param>
    /// <param name="ridge">Penalty ½·ridge·‖β‖² on standardised columns; 0 for plain maximum likelihood.</param>
    /// <param name="columns">Names of the columns to use; null: all.</param>
    public static Propensity Of(Table real, Table other, double ridge = 1e-4, IReadOnlyList<string>? columns = null)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        columns ??= [.. real.Columns.Select(c => c.Name)];
        Table pooled = real.Append(other);
        FeatureEncoder encoder = FeatureEncoder.Fit(pooled, columns, new FeatureEncoderOptions { DropFirstLevel = true, DropConstant = true });
        DesignMatrix x = encoder.Encode(pooled);
        StandardScaler scaler = StandardScaler.Fit(x);
        DesignMatrix z = scaler.Transform(x);
        int total = pooled.RowCount;
        int[] y = [.. Enumerable.Range(0, total).Select(i => i < real.RowCount ? 0 : 1)];
        LogisticModel model = new LogisticRegression(new LogisticRegressionOptions { C = ridge > 0 ? 1 / ridge : double.PositiveInfinity, MaxIterations = 200 })
            .Fit(z, y, 2, [], default);

        double[] p = model.PredictScore(z), coefficients = new double[x.Columns];
        double c = (double)other.RowCount / total, intercept = model.Intercept(), mse = 0;
        for (int k = 0; k < coefficients.Length; k++)
        {
            coefficients[k] = model.Coefficients()[k] / scaler.Scale[k];
            intercept -= coefficients[k] * scaler.Mean[k];
        }

        foreach (double score in p)
            mse += (score - c) * (score - c) / total;
        double unit = (1 - c) * (1 - c) * c / total, expected = coefficients.Length * unit;
        double[] realScores = p[..real.RowCount], otherScores = p[real.RowCount..];
        return new Propensity
        {
            Columns = encoder.Names,
            Coefficients = coefficients,
            Intercept = intercept,
            MeanSquaredError = mse,
            Expected = expected,
            Standardised = (mse - expected) / (Math.Sqrt(2.0 * coefficients.Length) * unit),
            Specks = KolmogorovSmirnov.Statistic(realScores, otherScores),
            Po50 = (100.0 * (realScores.Count(s => s < 0.5) + otherScores.Count(s => s >= 0.5)) / total) - 50,
            U = TwoSampleTests.MannWhitney(otherScores, realScores).Statistic,
            AucInSample = Ranking.Auc(y, p),
            LogLikelihood = -total * ProbabilityScores.LogLoss(y, p),
            Separating = SeparatingColumns(real, other, columns),
        };
    }

    /// <summary>Columns with a level, or missing cells, in one of the tables only.</summary>
    public static IReadOnlyList<string> SeparatingColumns(Table real, Table other, IReadOnlyList<string>? columns = null)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        return [.. (columns ?? [.. real.Columns.Select(c => c.Name)]).Where(name => Separates(real[name], other[name]))];
    }

    private static bool Separates(Column real, Column other)
    {
        if (real is not DiscreteColumn a || other is not DiscreteColumn b)
            return (real.MissingCount == 0) != (other.MissingCount == 0);
        double[] x = Fidelity.Columns.DiscreteMetrics.Counts(a.Codes, a.Levels.Count, withMissing: true);
        double[] y = Fidelity.Columns.DiscreteMetrics.Counts(b.Codes, b.Levels.Count, withMissing: true);
        return x.Where((count, k) => (count == 0) != (y[k] == 0)).Any();
    }
}

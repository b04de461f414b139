using System.Numerics.Tensors;

namespace Lethe.Learning.Linear;

/// <summary>
/// A fitted logistic regression. With two classes present there is one row of coefficients, for the log-odds of the higher
/// class; with more there is one row per class present (softmax), summing to 0 over classes; with one there is none. Immutable.
/// </summary>
public sealed class LogisticModel : IFittedClassifier
{
    private readonly int[] _present;
    private readonly double[] _theta; // M rows of d coefficients and the intercept

    internal LogisticModel(int features, int classes, int[] present, double[] theta, bool converged, int iterations)
    {
        Features = features;
        Classes = classes;
        _present = present;
        _theta = theta;
        Converged = converged;
        Iterations = iterations;
    }

    /// <inheritdoc/>
    public int Features { get; }

    /// <inheritdoc/>
    public int Classes { get; }

    /// <summary>The classes that had rows, ascending.</summary>
    public ReadOnlySpan<int> PresentClasses => _present;

    /// <summary>M, the number of coefficient rows: 0, 1, or the number of classes present.</summary>
    public int CoefficientRows => _theta.Length / (Features + 1);

    /// <summary>Whether the gradient fell below the tolerance (or to rounding). False e.g. for separated classes without penalty.</summary>
    public bool Converged { get; }

    /// <summary>Newton steps taken.</summary>
    public int Iterations { get; }

    /// <summary>Coefficients of row <paramref name="row"/>, length d.</summary>
    public ReadOnlySpan<double> Coefficients(int row = 0) => _theta.AsSpan(row * (Features + 1), Features);

    /// <summary>Intercept of row <paramref name="row"/>.</summary>
    public double Intercept(int row = 0) => _theta[(row * (Features + 1)) + Features];

    /// <inheritdoc/>
    public double[] PredictProbability(DesignMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Guard.Width(x.Columns, Features);
        Guard.Finite(x, "logistic regression");
        double[] p = new double[x.Rows * Classes];
        int m = CoefficientRows;
        double[] z = new double[Math.Max(m, 1)];
        for (int i = 0; i < x.Rows; i++)
        {
            Span<double> row = p.AsSpan(i * Classes, Classes);
            for (int k = 0; k < m; k++)
                z[k] = Intercept(k) + TensorPrimitives.Dot(x.Row(i), Coefficients(k));
            if (m == 0)
            {
                row[_present[0]] = 1;
            }
            else if (m == 1)
            {
                row[_present[0]] = Links.Sigmoid(-z[0]);
                row[_present[1]] = Links.Sigmoid(z[0]);
            }
            else
            {
                Links.Softmax(z);
                for (int k = 0; k < m; k++)
                    row[_present[k]] = z[k];
            }
        }

        return p;
    }

    /// <summary>
    /// Standard errors of a two-class fit, √diag(H⁻¹) with H the Hessian of the penalised objective at the solution: coefficients,
    /// then the intercept (length d + 1). With C = ∞ the usual Wald errors. NaN where H is singular.
    /// </summary>
    /// <param name="x">The matrix of the fit.</param>
    /// <param name="c">The C of the fit.</param>
    /// <param name="weights">The row weights of the fit (times class weights, if balanced), or empty.</param>
    /// <exception cref="InvalidOperationException">The model does not have exactly two classes.</exception>
    public double[] StandardErrors(DesignMatrix x, double c = double.PositiveInfinity, ReadOnlySpan<double> weights = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        Guard.Width(x.Columns, Features);
        if (CoefficientRows != 1)
            throw new InvalidOperationException("Standard errors are defined here for two classes. Fit one class against the others.");
        double[] w = Guard.Weights(x.Rows, weights, "Standard errors");
        int[] y = new int[x.Rows];
        y[0] = 1; // labels do not enter the Hessian; both classes must occur for the two-class form
        TrainingRows rows = TrainingRows.Of(x.Rows, y, 2, [], "Standard errors");
        LogisticObjective objective = new(x, rows, w, c);
        int size = objective.Size;
        double[] hessian = new double[size * size];
        objective.Value(_theta);
        objective.Hessian(hessian);
        double[] errors = new double[size];
        bool regular = Cholesky.TryFactor(hessian, size);
        for (int j = 0; j < size; j++)
        {
            double[] unit = new double[size];
            unit[j] = 1;
            if (regular)
                Cholesky.Solve(hessian, size, unit);
            errors[j] = regular ? Math.Sqrt(unit[j]) : double.NaN;
        }

        return errors;
    }
}

namespace Lethe.Learning.Linear;

/// <summary>Logistic regression's settings.</summary>
public sealed record LogisticRegressionOptions
{
    /// <summary>
    /// C > 0, the inverse strength of the L2 penalty (1/(2C))‖β‖²; <see cref="double.PositiveInfinity"/> = no penalty. The loss is a
    /// sum over rows, not a mean, so the penalty's influence fades as n grows.
    /// </summary>
    public double C { get; init; } = 1;

    /// <summary>Weight classes by n/(K·n_k), see <see cref="ClassWeights.Balanced"/>.</summary>
    public bool Balanced { get; init; }

    /// <summary>Stop when no component of the gradient is larger. Rounding may end the iteration slightly earlier.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>Most Newton steps. Penalised fits take 5 to 15; separated classes without penalty never converge.</summary>
    public int MaxIterations { get; init; } = 100;

    internal void Validate()
    {
        if (!(C > 0))
            throw new ArgumentOutOfRangeException(nameof(C), C, "C, the inverse penalty, must be positive.");
        if (!(Tolerance > 0))
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "The tolerance must be positive.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxIterations, 1);
    }
}

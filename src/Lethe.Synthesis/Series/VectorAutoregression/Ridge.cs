using System.Numerics.Tensors;

namespace Lethe.Synthesis.Series.VectorAutoregression;

/// <summary>Least squares with a penalty λ‖β‖² on all coefficients but the first, from sums of products. Not thread-safe.</summary>
/// <param name="regressors">Number of coefficients; the first belongs to the constant 1.</param>
internal sealed class Ridge(int regressors)
{
    private readonly double[] _gram = new double[regressors * regressors]; // lower triangle of XᵀX
    private readonly double[] _moment = new double[regressors];

    public void Add(ReadOnlySpan<double> x, double y)
    {
        for (int i = 0; i < regressors; i++)
        {
            if (x[i] == 0)
                continue;
            Span<double> row = _gram.AsSpan(i * regressors, i + 1);
            TensorPrimitives.MultiplyAdd(x[..(i + 1)], x[i], row, row);
            _moment[i] += x[i] * y;
        }
    }

    /// <summary>(XᵀX + λI)⁻¹Xᵀy; zeros without rows.</summary>
    public double[] Solve(double lambda)
    {
        double[] solution = [.. _moment];
        if (_gram[0] == 0)
            return solution;
        double[,] a = new double[regressors, regressors];
        for (int i = 0; i < regressors; i++)
        {
            for (int j = 0; j <= i; j++)
                a[i, j] = a[j, i] = _gram[(i * regressors) + j];
            a[i, i] += i == 0 ? 0 : lambda;
        }

        double[,] l = Tabular.GaussianCopula.Cholesky.TryFactor(a) ?? throw new SynthesisException("The autoregression's equations have no solution; raise the ridge penalty.");
        Tabular.GaussianCopula.Cholesky.SolveLower(l, solution);
        for (int i = regressors - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < regressors; k++)
                solution[i] -= l[k, i] * solution[k];
            solution[i] /= l[i, i];
        }

        return solution;
    }
}

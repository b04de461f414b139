using Lethe.Learning;
using Lethe.Numerics.Randomness;
using MathNet.Numerics.LinearAlgebra;

namespace Lethe.Evaluation.Utility;

/// <summary>
/// Linear least squares with penalty λ‖β‖², intercept free: (XᵀWX + λI)β = XᵀWy on centred columns (Hoerl and Kennard 1970).
/// </summary>
internal sealed class RidgeRegression(double lambda = 1) : IRegressor
{
    public string Name => "ridge regression";

    public IFittedRegressor Fit(DesignMatrix x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, Seed seed, CancellationToken cancellation = default)
    {
        int d = x.Columns;
        double[] mean = new double[d];
        double total = 0, centre = 0;
        for (int i = 0; i < x.Rows; i++)
        {
            double w = weights.IsEmpty ? 1 : weights[i];
            total += w;
            centre += w * y[i];
            for (int j = 0; j < d; j++)
                mean[j] += w * x[i, j];
        }

        centre /= total;
        for (int j = 0; j < d; j++)
            mean[j] /= total;
        Matrix<double> gram = Matrix<double>.Build.Dense(d, d, (i, j) => i == j ? lambda : 0);
        Vector<double> moment = Vector<double>.Build.Dense(d);
        for (int i = 0; i < x.Rows; i++)
        {
            double w = weights.IsEmpty ? 1 : weights[i];
            ReadOnlySpan<double> row = x.Row(i);
            for (int j = 0; j < d; j++)
            {
                double xj = w * (row[j] - mean[j]);
                moment[j] += xj * (y[i] - centre);
                for (int k = 0; k <= j; k++)
                    gram[j, k] += xj * (row[k] - mean[k]);
            }
        }

        for (int j = 0; j < d; j++)
        {
            for (int k = 0; k < j; k++)
                gram[k, j] = gram[j, k];
        }

        double[] beta = d == 0 ? [] : gram.Cholesky().Solve(moment).ToArray();
        return new Fitted(mean, beta, centre);
    }

    private sealed class Fitted(double[] mean, double[] beta, double centre) : IFittedRegressor
    {
        public int Features => beta.Length;

        public double[] Predict(DesignMatrix x)
        {
            double[] predicted = new double[x.Rows];
            for (int i = 0; i < predicted.Length; i++)
            {
                ReadOnlySpan<double> row = x.Row(i);
                double sum = centre;
                for (int j = 0; j < beta.Length; j++)
                    sum += beta[j] * (row[j] - mean[j]);
                predicted[i] = sum;
            }

            return predicted;
        }
    }
}

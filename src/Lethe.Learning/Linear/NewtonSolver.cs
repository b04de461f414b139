using System.Numerics.Tensors;

namespace Lethe.Learning.Linear;

/// <summary>
/// Newton's method with backtracking on a convex <see cref="LogisticObjective"/> (iteratively reweighted least squares). The step
/// comes from a Cholesky factor, or, for many parameters or rows, from conjugate gradients preconditioned by the
/// diagonal (truncated Newton: Nocedal and Wright 2006, algorithm 7.1).
/// </summary>
internal static class NewtonSolver
{
    // Above either, forming the Hessian costs more than the tens of products with it that conjugate gradients need.
    private const int LargestFactor = 600;
    private const double LargestHessianCost = 2e9;

    private const double SufficientDecrease = 1e-4;

    // Curvature added where the penalty gives none, relative to the diagonal: steers around exact collinearity, changes no solution.
    private const double Jitter = 1e-10;

    public static (double[] Theta, bool Converged, int Iterations) Minimise(
        LogisticObjective f, LogisticRegressionOptions options, CancellationToken cancellation)
    {
        int size = f.Size;
        double[] theta = new double[size];
        double[] trial = new double[size];
        double[] gradient = new double[size];
        double[] step = new double[size];
        bool factorise = size <= LargestFactor && f.HessianCost <= LargestHessianCost;
        double[] hessian = new double[factorise ? size * size : 0];
        double value = f.Value(theta);
        f.Gradient(theta, gradient);
        double previousNorm = double.PositiveInfinity;
        for (int iteration = 0; iteration < options.MaxIterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            double norm = MaxAbs(gradient);
            if (norm <= options.Tolerance)
                return (theta, true, iteration);
            if (factorise)
                FactoredStep(f, gradient, hessian, step);
            else
                ConjugateStep(f, gradient, step, cancellation);
            double slope = TensorPrimitives.Dot<double>(gradient, step);
            if (!(slope < 0))
                return (theta, false, iteration);

            // Within rounding of the minimum values cannot rank points any more; there the full step is taken while gradients still fall.
            bool atRounding = -slope < 1e-13 * (1 + Math.Abs(value));
            if (atRounding && norm > 0.5 * previousNorm)
                return (theta, true, iteration);
            previousNorm = atRounding ? norm : double.PositiveInfinity;
            double length = 1;
            while (true)
            {
                TensorPrimitives.MultiplyAdd(step, length, theta, trial);
                double next = f.Value(trial);
                if (atRounding || next <= value + (SufficientDecrease * length * slope))
                {
                    value = next;
                    break;
                }

                length *= 0.5;
                if (length < 1e-12)
                    return (theta, false, iteration);
            }

            (theta, trial) = (trial, theta);
            f.Gradient(theta, gradient);
        }

        return (theta, MaxAbs(gradient) <= options.Tolerance, options.MaxIterations);
    }

    private static void FactoredStep(LogisticObjective f, double[] gradient, double[] hessian, double[] step)
    {
        int size = f.Size;
        double ridge = f.IsPenalised ? 0 : Jitter;
        while (true)
        {
            f.Hessian(hessian);
            double largest = 0;
            for (int i = 0; i < size; i++)
                largest = Math.Max(largest, hessian[(i * size) + i]);
            for (int i = 0; i < size; i++)
                hessian[(i * size) + i] += ridge * Math.Max(hessian[(i * size) + i], 1e-6 * largest);
            if (Cholesky.TryFactor(hessian, size))
                break;
            ridge = ridge == 0 ? Jitter : ridge * 100;
            if (ridge > 1e6)
            {
                // Curvature has vanished altogether (saturated probabilities): fall back to the direction of steepest descent.
                TensorPrimitives.Negate(gradient, step);
                return;
            }
        }

        TensorPrimitives.Negate(gradient, step);
        Cholesky.Solve(hessian, size, step);
    }

    private static void ConjugateStep(LogisticObjective f, double[] gradient, double[] step, CancellationToken cancellation)
    {
        int size = f.Size;
        double[] diagonal = new double[size];
        double[] residual = new double[size];
        double[] z = new double[size];
        double[] direction = new double[size];
        double[] product = new double[size];
        f.HessianDiagonal(diagonal);
        double largest = TensorPrimitives.Max<double>(diagonal);
        for (int i = 0; i < size; i++)
            diagonal[i] = Math.Max(diagonal[i], 1e-12 * largest);
        Array.Clear(step);
        TensorPrimitives.Negate(gradient, residual);
        TensorPrimitives.Divide(residual, diagonal, z);
        z.CopyTo(direction, 0);
        double rz = TensorPrimitives.Dot<double>(residual, z);
        double norm = TensorPrimitives.Norm<double>(gradient);

        // The forcing term √‖g‖ gives superlinear convergence; the absolute part stops the last, already tiny, systems.
        double target = Math.Min(0.1, Math.Sqrt(norm)) * norm;
        for (int iteration = 0; iteration < 10 * size; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            f.HessianTimes(direction, product);
            double curvature = TensorPrimitives.Dot<double>(direction, product);
            if (!(curvature > 0))
            {
                if (iteration == 0)
                    direction.CopyTo(step, 0);
                return;
            }

            double alpha = rz / curvature;
            TensorPrimitives.MultiplyAdd(direction, alpha, step, step);
            TensorPrimitives.MultiplyAdd(product, -alpha, residual, residual);
            if (TensorPrimitives.Norm<double>(residual) <= target)
                return;
            TensorPrimitives.Divide(residual, diagonal, z);
            double next = TensorPrimitives.Dot<double>(residual, z);
            TensorPrimitives.MultiplyAdd(direction, next / rz, z, direction);
            rz = next;
        }
    }

    private static double MaxAbs(double[] v)
    {
        double max = 0;
        foreach (double x in v)
            max = Math.Max(max, Math.Abs(x));
        return max;
    }
}

using System.Numerics;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Lethe.Numerics.Ops;

/// <summary>Eigenvalues of small real matrices, for stability penalties on transition matrices and for diagnostics.</summary>
public static unsafe class EigenvalueOps
{
    /// <summary>
    /// |λ| of every eigenvalue, largest first. With A = VΛV⁻¹, dλ_i = (V⁻¹)_i dA V_i, so
    /// ∂|λ_i|/∂A = Re(conj(λ_i)/|λ_i| · (V⁻¹)_iᵀ V_iᵀ). Not differentiable where eigenvalues coincide or vanish; the gradient of a zero is 0.
    /// </summary>
    /// <param name="a">[matrices, n, n] or [n, n].</param>
    /// <returns>[matrices, n] or [n].</returns>
    public static Tensor EigenvalueModuli(this Tensor a)
    {
        ArgumentNullException.ThrowIfNull(a);
        int rank = a.Shape.Rank;
        if (rank is not (2 or 3) || a.Shape[rank - 1] != a.Shape[rank - 2])
            throw new ArgumentException($"EigenvalueModuli: {a.Shape} should be [matrices, n, n] or [n, n].", nameof(a));
        return ModuliNode.Apply(a);
    }

    /// <summary>Eigenvalues of an n × n row-major matrix, in decreasing order of modulus.</summary>
    public static Complex[] Eigenvalues(ReadOnlySpan<double> matrix, int n) => [.. Decompose(matrix, n).Values];

    // Copies only: the decomposition's own order is not by modulus.
    private static (Complex[] Values, Matrix<Complex> Vectors) Decompose(ReadOnlySpan<double> matrix, int n)
    {
        if (matrix.Length != n * n)
            throw new ArgumentException($"{matrix.Length} numbers are not a matrix of {n} rows and columns.", nameof(matrix));
        Matrix<Complex> a = Matrix<Complex>.Build.Dense(n, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                a[i, j] = matrix[(i * n) + j];
        }

        MathNet.Numerics.LinearAlgebra.Factorization.Evd<Complex> evd = a.Evd(Symmetricity.Asymmetric);
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => evd.EigenValues[i].Magnitude).ThenByDescending(i => evd.EigenValues[i].Imaginary)];
        Matrix<Complex> vectors = Matrix<Complex>.Build.Dense(n, n, (row, column) => evd.EigenVectors[row, order[column]]);
        return ([.. order.Select(i => evd.EigenValues[i])], vectors);
    }

    private sealed class ModuliNode : Node
    {
        private Tensor _a = null!;
        private double[] _slopes = [];

        public override string Operation => "EigenvalueModuli";

        public static Tensor Apply(Tensor a)
        {
            Tape tape = a.RequireTape("EigenvalueModuli");
            int rank = a.Shape.Rank, n = a.Shape.Columns, matrices = rank == 3 ? a.Shape[0] : 1;
            Tensor y = tape.Allocate(rank == 3 ? new Shape(matrices, n) : new Shape(n));
            bool needed = a.NeedsGradient && tape.Recording;
            double[] slopes = needed ? new double[matrices * n * n * n] : [], values = new double[n * n];
            for (int m = 0; m < matrices; m++)
            {
                for (int i = 0; i < values.Length; i++)
                    values[i] = a.Data[((nint)m * n * n) + i];
                (Complex[] eigenvalues, Matrix<Complex> vectors) = Decompose(values, n);
                for (int i = 0; i < n; i++)
                    y.Data[(m * n) + i] = (Real)eigenvalues[i].Magnitude;
                if (needed)
                    FillSlopes(eigenvalues, vectors, slopes.AsSpan(m * n * n * n, n * n * n));
            }

            if (tape.Record<ModuliNode>(y, a.NeedsGradient) is { } node)
                (node._a, node._slopes) = (a, slopes);
            return y;
        }

        public override void Backward(GradientPass pass)
        {
            if (_a.Shape.Rank == 2)
                pass.RequireSeparable("EigenvalueModuli of one matrix for all", "a matrix per example, or add the penalty outside the private loss");
            int n = _a.Shape.Columns, matrices = _a.Length / Math.Max(1, n * n);
            Real* da = pass.Begin(_a);
            for (int m = 0; m < matrices; m++)
            {
                for (int cell = 0; cell < n * n; cell++)
                {
                    double sum = 0;
                    for (int i = 0; i < n; i++)
                        sum += Output.GradientData[(m * n) + i] * _slopes[((((m * n) + i) * n) * n) + cell];
                    da[((nint)m * n * n) + cell] = (Real)sum;
                }
            }

            pass.End(_a, da);
        }

        private static void FillSlopes(Complex[] eigenvalues, Matrix<Complex> vectors, Span<double> slopes)
        {
            int n = eigenvalues.Length;
            Matrix<Complex> inverse = vectors.Inverse();
            for (int i = 0; i < n; i++)
            {
                double modulus = eigenvalues[i].Magnitude;
                Complex direction = modulus == 0 ? 0 : Complex.Conjugate(eigenvalues[i]) / modulus;
                for (int row = 0; row < n; row++)
                {
                    for (int column = 0; column < n; column++)
                        slopes[(((i * n) + row) * n) + column] = (direction * inverse[i, row] * vectors[column, i]).Real;
                }
            }
        }
    }
}

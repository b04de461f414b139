using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Linear least squares inside a graph, as Koopman methods need them.</summary>
public static unsafe class LeastSquaresOps
{
    /// <summary>
    /// C = argmin ‖ZC − Y‖² + ε‖C‖² = (ZᵀZ + εI)⁻¹ZᵀY by Cholesky factors in double. Backwards, with W = (ZᵀZ + εI)⁻¹C̄ and E = Y − ZC:
    /// Ȳ = Z W, Z̄ = E Wᵀ − Z W Cᵀ.
    /// </summary>
    /// <param name="z">[systems, equations, unknowns], or [equations, unknowns] for one system over all rows, which mixes examples.</param>
    /// <param name="y">[systems, equations, right-hand sides], or without systems as <paramref name="z"/>.</param>
    /// <param name="epsilon">ε ≥ 0; a little keeps nearly collinear columns solvable.</param>
    /// <returns>[systems, unknowns, right-hand sides], or without systems.</returns>
    /// <exception cref="ArithmeticException">A system is singular: raise ε.</exception>
    public static Tensor LeastSquares(this Tensor z, Tensor y, double epsilon = 0)
    {
        ArgumentNullException.ThrowIfNull(z);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        int rank = z.Shape.Rank;
        if (rank is not (2 or 3) || y.Shape.Rank != rank || z.Shape.With(rank - 1, 1) != y.Shape.With(rank - 1, 1))
            throw new ArgumentException($"LeastSquares: Z {z.Shape} and Y {y.Shape} should be [systems, equations, ..] or [equations, ..] with equal leading extents.");
        return LeastSquaresNode.Apply(z, y, epsilon);
    }

    private sealed class LeastSquaresNode : Node
    {
        private Tensor _z = null!, _y = null!;
        private double[] _factors = [];
        private int _systems;

        public override string Operation => "LeastSquares";

        public static Tensor Apply(Tensor z, Tensor y, double epsilon)
        {
            Tape tape = z.Tape ?? y.RequireTape("LeastSquares");
            int rank = z.Shape.Rank, systems = rank == 3 ? z.Shape[0] : 1, equations = z.Shape[rank - 2], p = z.Shape[rank - 1], q = y.Shape[rank - 1];
            Tensor c = tape.Allocate(rank == 3 ? new Shape(systems, p, q) : new Shape(p, q));
            double[] factors = new double[systems * p * p], right = new double[p * q];
            for (int s = 0; s < systems; s++)
            {
                Real* zs = z.Data + ((nint)s * equations * p), ys = y.Data + ((nint)s * equations * q);
                Span<double> factor = factors.AsSpan(s * p * p, p * p);
                for (int i = 0; i < p; i++)
                {
                    for (int j = 0; j <= i; j++)
                        factor[(i * p) + j] = Product(zs + i, p, zs + j, p, equations) + (i == j ? epsilon : 0);
                    for (int j = 0; j < q; j++)
                        right[(i * q) + j] = Product(zs + i, p, ys + j, q, equations);
                }

                if (!Cholesky.TryFactor(factor, p))
                    throw new ArithmeticException($"LeastSquares: system {s} of {systems} with {p} unknowns is singular; raise epsilon (now {epsilon}).");
                Cholesky.Solve(factor, p, right, q);
                for (int i = 0; i < p * q; i++)
                    c.Data[((nint)s * p * q) + i] = (Real)right[i];
            }

            if (tape.Record<LeastSquaresNode>(c, z.NeedsGradient || y.NeedsGradient) is { } node)
                (node._z, node._y, node._factors, node._systems) = (z, y, factors, systems);
            return c;
        }

        public override void Backward(GradientPass pass)
        {
            if (_z.Shape.Rank == 2)
                pass.RequireSeparable("LeastSquares over all rows", "one system per example ([systems, equations, unknowns])");
            int rank = _z.Shape.Rank, equations = _z.Shape[rank - 2], p = _z.Shape[rank - 1], q = _y.Shape[rank - 1];
            Tape tape = Output.Tape!;
            Real* w = tape.Rent(_systems * p * q), error = tape.Rent(equations * q), back = tape.Rent(p * p);
            double[] solution = new double[p * q];
            for (int s = 0; s < _systems; s++)
            {
                for (int i = 0; i < p * q; i++)
                    solution[i] = Output.GradientData[((nint)s * p * q) + i];
                Cholesky.Solve(_factors.AsSpan(s * p * p, p * p), p, solution, q);
                for (int i = 0; i < p * q; i++)
                    w[((nint)s * p * q) + i] = (Real)solution[i];
            }

            if (pass.Wants(_y))
            {
                bool accumulate = pass.OpenForProduct(_y);
                for (int s = 0; s < _systems; s++)
                    MatrixProduct.Run(At(_z.Data, s, equations, p), At(w, s, p, q), _y.GradientData + ((nint)s * equations * q), q, new ProductOptions { Accumulate = accumulate });
            }

            if (pass.Wants(_z))
            {
                bool accumulate = pass.OpenForProduct(_z);
                for (int s = 0; s < _systems; s++)
                {
                    MatrixView z = At(_z.Data, s, equations, p), c = At(Output.Data, s, p, q), ws = At(w, s, p, q);
                    Real* dz = _z.GradientData + ((nint)s * equations * p);
                    MatrixProduct.Run(z, c, error, q); // Z C, then Y − Z C
                    TensorPrimitives.Subtract(new ReadOnlySpan<Real>(_y.Data + ((nint)s * equations * q), equations * q), new ReadOnlySpan<Real>(error, equations * q), new Span<Real>(error, equations * q));
                    MatrixProduct.Run(new MatrixView(error, equations, q), ws.Transposed, dz, p, new ProductOptions { Accumulate = accumulate });
                    MatrixProduct.Run(ws, c.Transposed, back, p);
                    TensorPrimitives.Negate(new ReadOnlySpan<Real>(back, p * p), new Span<Real>(back, p * p));
                    MatrixProduct.Run(z, new MatrixView(back, p, p), dz, p, new ProductOptions { Accumulate = true });
                }
            }

            tape.Return(w, _systems * p * q);
            tape.Return(error, equations * q);
            tape.Return(back, p * p);
        }

        private static MatrixView At(Real* data, int system, int rows, int columns) => new(data + ((nint)system * rows * columns), rows, columns);

        private static double Product(Real* a, int aStride, Real* b, int bStride, int length)
        {
            double sum = 0;
            for (int i = 0; i < length; i++)
                sum += (double)a[(nint)i * aStride] * b[(nint)i * bStride];
            return sum;
        }
    }
}

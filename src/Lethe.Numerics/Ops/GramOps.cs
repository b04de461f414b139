using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Inner products of columns.</summary>
public static unsafe class GramOps
{
    /// <summary>G = XᵀX over all rows: G[i, j] = Σ_r x[r, i]·x[r, j]. With centred columns, a covariance.</summary>
    /// <param name="x">[.., columns].</param>
    /// <returns>[columns, columns].</returns>
    public static Tensor Gram(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return GramNode.Apply(x);
    }

    private sealed class GramNode : Node
    {
        private Tensor _x = null!;

        public override string Operation => "Gram";

        public static Tensor Apply(Tensor x)
        {
            Tape tape = x.RequireTape("Gram");
            int rows = x.Shape.Rows, columns = x.Shape.Columns;
            Tensor y = tape.Allocate(new Shape(columns, columns));
            MatrixView matrix = new(x.Data, rows, columns);
            if (rows == 0)
                y.Values.Clear();
            else
                MatrixProduct.Run(matrix.Transposed, matrix, y.Data, columns);
            if (tape.Record<GramNode>(y, x.NeedsGradient) is { } node)
                node._x = x;
            return y;
        }

        // dX = X (dG + dGᵀ)
        public override void Backward(GradientPass pass)
        {
            pass.RequireSeparable("Gram", "a statistic per example");
            if (!pass.Wants(_x))
                return;
            int columns = Output.Shape.Columns;
            Tape tape = Output.Tape!;
            Real* both = tape.Rent(columns * columns);
            for (int i = 0; i < columns; i++)
            {
                for (int j = 0; j < columns; j++)
                    both[(i * columns) + j] = Output.GradientData[(i * columns) + j] + Output.GradientData[(j * columns) + i];
            }

            bool accumulate = pass.OpenForProduct(_x);
            MatrixProduct.Run(new MatrixView(_x.Data, _x.Shape.Rows, columns), new MatrixView(both, columns, columns), _x.GradientData, columns, new ProductOptions { Accumulate = accumulate });
            tape.Return(both, columns * columns);
        }
    }
}

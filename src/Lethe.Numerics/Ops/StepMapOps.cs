using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Fixed linear maps along the steps of a sequence.</summary>
public static unsafe class StepMapOps
{
    /// <summary>y[e, k, c] = Σ_t matrix[k, t]·x[e, t, c].</summary>
    /// <param name="x">[examples, steps, channels].</param>
    /// <param name="matrix">[results, steps], constant: it gets no gradient. Must not change while the tape lives.</param>
    /// <returns>[examples, results, channels].</returns>
    public static Tensor MapSteps(this Tensor x, Tensor matrix)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(matrix);
        if (x.Shape.Rank != 3 || matrix.Shape.Rank != 2 || matrix.Shape[1] != x.Shape[1] || matrix is { NeedsGradient: true })
            throw new ArgumentException($"MapSteps: x {x.Shape} [examples, steps, channels] needs a constant matrix [results, steps]; found {matrix.Shape}.");
        return StepMapNode.Apply(x, matrix);
    }

    private sealed class StepMapNode : Node
    {
        private Tensor _x = null!, _matrix = null!;

        public override string Operation => "MapSteps";

        public static Tensor Apply(Tensor x, Tensor matrix)
        {
            Tape tape = x.RequireTape("MapSteps");
            int results = matrix.Shape[0], steps = x.Shape[1], channels = x.Shape[2];
            Tensor y = tape.Allocate(new Shape(x.Shape[0], results, channels));
            for (int e = 0; e < x.Shape[0]; e++)
                MatrixProduct.Run(matrix.Matrix, new MatrixView(x.Data + ((nint)e * steps * channels), steps, channels), y.Data + ((nint)e * results * channels), channels);
            if (tape.Record<StepMapNode>(y, x.NeedsGradient) is { } node)
                (node._x, node._matrix) = (x, matrix);
            return y;
        }

        // dx = Mᵀ dy
        public override void Backward(GradientPass pass)
        {
            if (!pass.Wants(_x))
                return;
            int results = _matrix.Shape[0], steps = _x.Shape[1], channels = _x.Shape[2];
            bool accumulate = pass.OpenForProduct(_x);
            for (int e = 0; e < _x.Shape[0]; e++)
                MatrixProduct.Run(_matrix.Matrix.Transposed, new MatrixView(Output.GradientData + ((nint)e * results * channels), results, channels), _x.GradientData + ((nint)e * steps * channels), channels, new ProductOptions { Accumulate = accumulate });
        }

        public override void BackwardOnTape(Tensor outputGradient, InputGradient gradient)
        {
            if (!InputGradient.Leads(_x))
                return;
            int results = _matrix.Shape[0], steps = _matrix.Shape[1];
            Tensor transposed = _x.Tape!.Allocate(new Shape(steps, results));
            for (int k = 0; k < results; k++)
            {
                for (int t = 0; t < steps; t++)
                    transposed.Data[(t * results) + k] = _matrix.Data[(k * steps) + t];
            }

            gradient.Add(_x, outputGradient.MapSteps(transposed));
        }
    }
}

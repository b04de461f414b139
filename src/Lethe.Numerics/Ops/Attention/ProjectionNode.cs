using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops.Attention;

/// <summary>
/// x Wᵀ + b where a range of output columns has no bias. Keys need none: a shift of all scores of a query leaves its
/// softmax as it is, so the gradient is exactly zero and privacy noise on it would be wasted.
/// </summary>
internal sealed unsafe class ProjectionNode : Node
{
    private Tensor _x = null!, _weight = null!, _bias = null!;
    private int _gap, _gapWidth;

    public override string Operation => "Projection";

    /// <param name="x">[.., inputs].</param>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs − gapWidth].</param>
    /// <param name="gap">First column without bias.</param>
    /// <param name="gapWidth">Number of columns without bias.</param>
    public static Tensor Apply(Tensor x, Tensor weight, Tensor bias, int gap, int gapWidth)
    {
        int outputs = weight.Shape[0];
        if (weight.Shape[1] != x.Shape.Columns)
            throw new ArgumentException($"Projection: x {x.Shape}, weight {weight.Shape}: x's last extent must be the weight's second.");
        Tape tape = x.RequireTape("Projection");
        Tensor y = tape.Allocate(x.Shape.WithColumns(outputs));
        Real* full = tape.Rent(outputs);
        Span<Real> spread = new(full, outputs);
        bias.Values[..gap].CopyTo(spread);
        spread.Slice(gap, gapWidth).Clear();
        bias.Values[gap..].CopyTo(spread[(gap + gapWidth)..]);
        MatrixProduct.Run(x.Matrix, weight.Matrix.Transposed, y.Data, outputs, new ProductOptions { Bias = full });
        tape.Return(full, outputs);
        if (tape.Record<ProjectionNode>(y, x.NeedsGradient || weight.NeedsGradient || bias.NeedsGradient) is { } node)
            (node._x, node._weight, node._bias, node._gap, node._gapWidth) = (x, weight, bias, gap, gapWidth);
        return y;
    }

    public override void Backward(GradientPass pass)
    {
        Rows delta = Rows.OfGradient(Output);
        pass.OuterProduct(_weight, delta, Rows.Of(_x));
        int rest = _bias.Length - _gap;
        if (_gap > 0)
            pass.RowSum(_bias, new Rows(delta.Data, delta.Count, _gap, delta.Stride));
        if (rest > 0)
            pass.RowSum(_bias, new Rows(delta.Data + _gap + _gapWidth, delta.Count, rest, delta.Stride), _gap);
        if (!pass.Wants(_x))
            return;
        bool accumulate = pass.OpenForProduct(_x);
        MatrixProduct.Run(new MatrixView(delta.Data, delta.Count, delta.Width), _weight.Matrix, _x.GradientData, _x.Shape.Columns, new ProductOptions { Accumulate = accumulate });
    }
}

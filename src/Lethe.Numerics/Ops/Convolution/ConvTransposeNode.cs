using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops.Convolution;

/// <summary>The adjoint of a convolution: y = fold(x·W) + b per group of channels, where columns belong to the result.</summary>
internal sealed unsafe class ConvTransposeNode : Node
{
    private Tensor _x = null!, _weight = null!;
    private Tensor? _bias;
    private ConvColumns _columns;
    private int _groups;

    public override string Operation => "ConvTranspose";

    public static Tensor Apply(Tensor x, Tensor weight, Tensor? bias, Shape output, ConvColumns columns, int groups)
    {
        Tape tape = x.RequireTape("ConvTranspose");
        Tensor y = tape.Allocate(output);
        int rows = columns.Rows, width = columns.Width, inputs = x.Shape.Columns, left = inputs / groups, right = width / groups;
        Real* u = tape.Rent(rows * width);
        for (int g = 0; g < groups; g++)
            MatrixProduct.Run(new MatrixView(x.Data + (g * left), rows, left, inputs, 1), new MatrixView(weight.Data + (g * left * right), left, right), u + (g * right), width);
        columns.Fold(u, y.Data);
        tape.Return(u, rows * width);
        for (int row = 0; bias is not null && row < output.Rows; row++)
            Elementwise.AddTo(y.Data + ((nint)row * output.Columns), bias.Data, output.Columns);
        if (tape.Record<ConvTransposeNode>(y, x.NeedsGradient || weight.NeedsGradient || bias is { NeedsGradient: true }) is { } node)
            (node._x, node._weight, node._bias, node._columns, node._groups) = (x, weight, bias, columns, groups);
        return y;
    }

    public override void Backward(GradientPass pass)
    {
        Tape tape = Output.Tape!;
        int rows = _columns.Rows, width = _columns.Width, inputs = _x.Shape.Columns, left = inputs / _groups, right = width / _groups;
        if (_bias is not null)
            pass.RowSum(_bias, Rows.OfGradient(Output));
        Real* du = tape.Rent(rows * width);
        _columns.Unfold(Output.GradientData, du);
        for (int g = 0; g < _groups; g++)
            pass.OuterProduct(_weight, new Rows(_x.Data + (g * left), rows, left, inputs), new Rows(du + (g * right), rows, right, width), g * left * right);
        if (pass.Wants(_x))
        {
            bool accumulate = pass.OpenForProduct(_x);
            for (int g = 0; g < _groups; g++)
                MatrixProduct.Run(new MatrixView(du + (g * right), rows, right, width, 1), new MatrixView(_weight.Data + (g * left * right), left, right).Transposed, _x.GradientData + (g * left), inputs, new ProductOptions { Accumulate = accumulate });
        }

        if (!pass.KeepsFactors)
            tape.Return(du, rows * width);
    }
}

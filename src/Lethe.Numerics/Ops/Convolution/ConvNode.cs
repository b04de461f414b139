using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops.Convolution;

/// <summary>
/// y = columns(x)·Wᵀ + b per group of channels, so that its gradients are those of a linear map shared by all positions. With one input
/// channel per group (depthwise) products would have a single row: those are direct sums, and G_W = Σ_t δ_t·u_t by element.
/// </summary>
internal sealed unsafe class ConvNode : Node
{
    private Tensor _x = null!, _weight = null!;
    private Tensor? _bias;
    private ConvColumns _columns;
    private Real* _u;
    private int _groups;

    public override string Operation => "Conv";

    private int Outputs => Output.Shape.Columns;

    /// <summary>Output channels of a group, and column width of a group.</summary>
    private (int Left, int Right) Group => (Outputs / _groups, _columns.Width / _groups);

    private bool IsDepthwise => _columns.Width / _groups == _columns.Taps && _groups > 1;

    public static Tensor Apply(Tensor x, Tensor weight, Tensor? bias, Shape output, ConvColumns columns, int groups)
    {
        Tape tape = x.RequireTape("Conv");
        Tensor y = tape.Allocate(output);
        int length = columns.Rows * columns.Width;
        Real* u = x.Data;
        if (!columns.IsIdentity)
        {
            u = tape.Rent(length);
            columns.Unfold(x.Data, u);
        }

        Forward(u, weight.Data, bias is null ? null : bias.Data, y.Data, columns, output.Columns, groups);
        if (tape.Record<ConvNode>(y, x.NeedsGradient || weight.NeedsGradient || bias is { NeedsGradient: true }) is { } node)
        {
            (node._x, node._weight, node._bias, node._columns, node._groups) = (x, weight, bias, columns, groups);
            node._u = u;
        }
        else if (!columns.IsIdentity)
        {
            tape.Return(u, length);
        }

        return y;
    }

    public override void Backward(GradientPass pass)
    {
        Tape tape = Output.Tape!;
        int rows = _columns.Rows, width = _columns.Width;
        (int left, int right) = Group;
        Rows delta = new(Output.GradientData, rows, Outputs, Outputs);
        if (_bias is not null)
            pass.RowSum(_bias, delta);
        if (IsDepthwise)
        {
            DepthwiseWeight(pass, tape);
        }
        else
        {
            for (int g = 0; g < _groups; g++)
                pass.OuterProduct(_weight, new Rows(delta.Data + (g * left), rows, left, Outputs), new Rows(_u + (g * right), rows, right, width), g * left * right);
        }

        if (!pass.Wants(_x))
            return;
        bool direct = _columns.IsIdentity;
        Real* dx = pass.Begin(_x), du = direct ? dx : tape.Rent(rows * width);
        if (IsDepthwise)
        {
            DepthwiseColumns(du);
        }
        else
        {
            for (int g = 0; g < _groups; g++)
                MatrixProduct.Run(new MatrixView(delta.Data + (g * left), rows, left, Outputs, 1), new MatrixView(_weight.Data + (g * left * right), left, right), du + (g * right), width);
        }

        if (!direct)
        {
            _columns.Fold(du, dx);
            tape.Return(du, rows * width);
        }

        pass.End(_x, dx);
    }

    private static void Forward(Real* u, Real* weight, Real* bias, Real* y, in ConvColumns columns, int outputs, int groups)
    {
        int rows = columns.Rows, width = columns.Width, left = outputs / groups, right = width / groups;
        if (groups > 1 && right == columns.Taps)
        {
            for (int row = 0; row < rows; row++, u += width, y += outputs)
            {
                for (int o = 0; o < outputs; o++)
                {
                    Real sum = bias == null ? 0 : bias[o];
                    Real* taps = u + (o / left * right), w = weight + (o * right);
                    for (int tap = 0; tap < right; tap++)
                        sum += taps[tap] * w[tap];
                    y[o] = sum;
                }
            }

            return;
        }

        for (int g = 0; g < groups; g++)
            MatrixProduct.Run(new MatrixView(u + (g * right), rows, right, width, 1), new MatrixView(weight + (g * left * right), left, right).Transposed, y + (g * left), outputs, new ProductOptions { Bias = bias == null ? null : bias + (g * left) });
    }

    private void DepthwiseWeight(GradientPass pass, Tape tape)
    {
        if (!pass.Wants(_weight))
            return;
        int rows = _columns.Rows, size = _weight.Length;
        (int left, int right) = Group;
        Real* products = tape.Rent(rows * size), to = products, u = _u, delta = Output.GradientData; // δ_o·u_{c(o), tap}
        for (int row = 0; row < rows; row++, u += _columns.Width, delta += Outputs)
        {
            for (int o = 0; o < Outputs; o++, to += right)
            {
                for (int tap = 0; tap < right; tap++)
                    to[tap] = delta[o] * u[(o / left * right) + tap];
            }
        }

        pass.RowSum(_weight, new Rows(products, rows, size, size));
        if (!pass.KeepsFactors)
            tape.Return(products, rows * size);
    }

    private void DepthwiseColumns(Real* du)
    {
        (int left, int right) = Group;
        Real* delta = Output.GradientData;
        new Span<Real>(du, _columns.Rows * _columns.Width).Clear();
        for (int row = 0; row < _columns.Rows; row++, du += _columns.Width, delta += Outputs)
        {
            for (int o = 0; o < Outputs; o++)
            {
                for (int tap = 0; tap < right; tap++)
                    du[(o / left * right) + tap] += delta[o] * _weight.Data[(o * right) + tap];
            }
        }
    }
}

using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Linear maps with bias and activation in one pass over the result.</summary>
public static unsafe class LinearOps
{
    internal const double LeakySlope = 0.2;

    /// <summary>act(x Wᵀ + b), rows of x by rows of W.</summary>
    /// <param name="x">[.., inputs].</param>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="activation">Applied while the result is still in cache.</param>
    /// <returns>[.., outputs].</returns>
    public static Tensor Linear(this Tensor x, Tensor weight, Tensor? bias = null, Activation activation = Activation.None)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.Shape.Rank != 2 || weight.Shape[1] != x.Shape.Columns || (bias is not null && bias.Length != weight.Shape[0]))
            throw new ArgumentException($"Linear: x {x.Shape}, weight {weight.Shape}, bias {bias?.Shape.ToString() ?? "none"}: x's last extent must be the weight's second, the bias's length its first.");
        return activation switch
        {
            Activation.Silu => LinearNode.Apply(x, weight, bias, Activation.None).Silu(),
            Activation.Gelu => LinearNode.Apply(x, weight, bias, Activation.None).Gelu(),
            Activation.Elu => LinearNode.Apply(x, weight, bias, Activation.None).Elu(),
            Activation.Softplus => LinearNode.Apply(x, weight, bias, Activation.None).Softplus(),
            _ => LinearNode.Apply(x, weight, bias, activation),
        };
    }

    /// <summary>x W: the linear map of <see cref="Linear"/> run backwards, [.., outputs] → [.., inputs].</summary>
    public static Tensor LinearTransposed(this Tensor x, Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.Shape.Rank != 2 || weight.Shape[0] != x.Shape.Columns)
            throw new ArgumentException($"LinearTransposed: x {x.Shape}, weight {weight.Shape}: x's last extent must be the weight's first.");
        return LinearTransposedNode.Apply(x, weight);
    }

    /// <summary>An activation on its own.</summary>
    public static Tensor Activate(this Tensor x, Activation activation) => activation switch
    {
        Activation.None => x,
        Activation.Relu => x.Relu(),
        Activation.LeakyRelu => x.LeakyRelu(),
        Activation.Tanh => x.Tanh(),
        Activation.Sigmoid => x.Sigmoid(),
        Activation.Silu => x.Silu(),
        Activation.Gelu => x.Gelu(),
        Activation.Elu => x.Elu(),
        Activation.Softplus => x.Softplus(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, null),
    };

    private sealed class LinearNode : Node
    {
        private Tensor _x = null!, _weight = null!;
        private Tensor? _bias;
        private Activation _activation;

        public override string Operation => "Linear";

        public static Tensor Apply(Tensor x, Tensor weight, Tensor? bias, Activation activation)
        {
            Tape tape = x.Tape ?? weight.RequireTape("Linear");
            Tensor y = tape.Allocate(x.Shape.WithColumns(weight.Shape[0])); // [.., outputs]
            ProductOptions options = new()
            {
                Bias = bias is null ? null : bias.Data,
                Rectify = activation is Activation.Relu or Activation.LeakyRelu,
                Slope = activation == Activation.LeakyRelu ? (Real)LeakySlope : 0,
            };
            MatrixProduct.Run(x.Matrix, weight.Matrix.Transposed, y.Data, weight.Shape[0], options);
            if (activation == Activation.Tanh)
                TensorPrimitives.Tanh(y.Values, y.Values);
            else if (activation == Activation.Sigmoid)
                Activations.Sigmoid(y.Values, y.Values);
            if (tape.Record<LinearNode>(y, x.NeedsGradient || weight.NeedsGradient || bias is { NeedsGradient: true }) is { } node)
                (node._x, node._weight, node._bias, node._activation) = (x, weight, bias, activation);
            return y;
        }

        public override void Backward(GradientPass pass)
        {
            // The output's gradient becomes δ = ∂L/∂(x Wᵀ + b).
            Rows delta = Rows.OfGradient(Output);
            if (_activation is Activation.Relu or Activation.LeakyRelu && _bias is not null)
            {
                pass.RectifyAndSum(Output, _activation == Activation.Relu ? 0 : (Real)LeakySlope, _bias);
            }
            else
            {
                ThroughActivation();
                if (_bias is not null)
                    pass.RowSum(_bias, delta);
            }

            pass.OuterProduct(_weight, delta, Rows.Of(_x));
            if (!pass.Wants(_x))
                return;
            MatrixView d = new(Output.GradientData, delta.Count, delta.Width);
            bool accumulate = pass.OpenForProduct(_x);
            int columns = _x.Shape.Columns, wanted = columns - _x.UnwantedTail;
            MatrixProduct.Run(d, new MatrixView(_weight.Data, delta.Width, wanted, columns, 1), _x.GradientData, columns, new ProductOptions { Accumulate = accumulate });
            if (_x.UnwantedTail > 0 && !accumulate)
                ClearTail();
        }

        private void ClearTail()
        {
            int columns = _x.Shape.Columns, tail = _x.UnwantedTail;
            Real* last = _x.GradientData + columns - tail;
            for (int row = 0; row < _x.Shape.Rows; row++, last += columns)
                new Span<Real>(last, tail).Clear();
        }

        public override void BackwardOnTape(Tensor outputGradient, InputGradient gradient)
        {
            if (!InputGradient.Leads(_x))
                return;
            Tensor delta = _activation switch
            {
                Activation.Relu => outputGradient.RectifiedBy(Output, 0),
                Activation.LeakyRelu => outputGradient.RectifiedBy(Output, (Real)LeakySlope),
                Activation.Tanh => outputGradient * (1 - Output.Square()),
                Activation.Sigmoid => outputGradient * (Output * (1 - Output)),
                _ => outputGradient,
            };
            gradient.Add(_x, delta.LinearTransposed(_weight));
        }

        private void ThroughActivation()
        {
            Span<Real> dy = new(Output.GradientData, Output.Length);
            switch (_activation)
            {
                case Activation.Relu: LeakyReluFunction.Backward(dy, Output.Values, 0, 0); break;
                case Activation.LeakyRelu: LeakyReluFunction.Backward(dy, Output.Values, (Real)LeakySlope, 0); break;
                case Activation.Tanh: TanhFunction.Backward(dy, Output.Values, 0, 0); break;
                case Activation.Sigmoid: SigmoidFunction.Backward(dy, Output.Values, 0, 0); break;
            }
        }
    }

    private sealed class LinearTransposedNode : Node
    {
        private Tensor _x = null!, _weight = null!;

        public override string Operation => "LinearTransposed";

        public static Tensor Apply(Tensor x, Tensor weight)
        {
            Tape tape = x.Tape ?? weight.RequireTape("LinearTransposed");
            Tensor y = tape.Allocate(x.Shape.WithColumns(weight.Shape[1]));
            MatrixProduct.Run(x.Matrix, weight.Matrix, y.Data, weight.Shape[1]);
            if (tape.Record<LinearTransposedNode>(y, x.NeedsGradient || weight.NeedsGradient) is { } node)
                (node._x, node._weight) = (x, weight);
            return y;
        }

        public override void Backward(GradientPass pass)
        {
            Rows delta = Rows.OfGradient(Output);
            pass.OuterProduct(_weight, Rows.Of(_x), delta);
            if (!pass.Wants(_x))
                return;
            MatrixView d = new(Output.GradientData, delta.Count, delta.Width);
            bool accumulate = pass.OpenForProduct(_x);
            MatrixProduct.Run(d, _weight.Matrix.Transposed, _x.GradientData, _x.Shape.Columns, new ProductOptions { Accumulate = accumulate });
        }

        public override void BackwardOnTape(Tensor outputGradient, InputGradient gradient)
        {
            if (InputGradient.Leads(_x))
                gradient.Add(_x, outputGradient.Linear(_weight));
        }
    }
}

using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Other views of the same numbers.</summary>
public static unsafe class ReshapeOps
{
    /// <summary>The same numbers under another shape of equal length. Copies nothing.</summary>
    public static Tensor Reshape(this Tensor x, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (shape.Length != x.Length)
            throw new ArgumentException($"Reshape: {x.Shape} has {x.Length} elements, {shape} has {shape.Length}.", nameof(shape));
        return Alias(x.RequireTape("Reshape"), x, shape);
    }

    /// <summary>The same numbers as a constant: no gradient flows back. Copies nothing.</summary>
    public static Tensor Detach(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.RequireTape("Detach").Wrap(x.Shape, x.Data);
    }

    internal static Tensor Alias(Tape tape, Tensor x, Shape shape)
    {
        Tensor y = tape.Wrap(shape, x.Data);
        if (tape.Record<AliasNode>(y, x.NeedsGradient) is { } node)
            node.X = x;
        return y;
    }

    private sealed class AliasNode : Node
    {
        public Tensor X { get; set; } = null!;

        public override string Operation => "Reshape";

        public override void Backward(GradientPass pass)
        {
            if (X is Parameter)
                pass.RowSum(X, new Rows(Output.GradientData, 1, X.Length, X.Length));
            else
                pass.PassOn(X, Output);
        }

        public override void BackwardOnTape(Tensor outputGradient, InputGradient gradient)
        {
            if (InputGradient.Leads(X))
                gradient.Add(X, outputGradient.Reshape(X.Shape));
        }
    }
}

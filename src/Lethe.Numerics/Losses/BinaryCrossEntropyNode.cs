using System.Numerics;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Losses;

/// <summary>Per element max(x, 0) − x·t + ln(1 + e^−|x|); slope σ(x) − t.</summary>
internal sealed unsafe class BinaryCrossEntropyNode : Node
{
    private Tensor _x = null!, _target = null!;

    public override string Operation => "BinaryCrossEntropy";

    public static Tensor Apply(Tensor x, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(target);
        LossShapes.RequireEqual("BinaryCrossEntropy", x, target);
        Tape tape = x.RequireTape("BinaryCrossEntropy");
        int examples = x.Shape[0], width = examples == 0 ? 0 : x.Length / examples;
        Tensor y = tape.Allocate(new Shape(examples));
        for (int i = 0; i < examples; i++)
            y.Data[i] = Sum(x.Data + ((nint)i * width), target.Data + ((nint)i * width), width) / Math.Max(width, 1);
        if (tape.Record<BinaryCrossEntropyNode>(y, x.NeedsGradient) is { } node)
            (node._x, node._target) = (x, target);
        return y;
    }

    public override void Backward(GradientPass pass)
    {
        int examples = _x.Shape[0], width = _x.Length / Math.Max(examples, 1);
        Real* dx = pass.Begin(_x);
        Activations.Sigmoid(_x.Values, new Span<Real>(dx, _x.Length));
        TensorPrimitives.Subtract(new ReadOnlySpan<Real>(dx, _x.Length), _target.Values, new Span<Real>(dx, _x.Length));
        for (int i = 0; i < examples; i++)
        {
            Span<Real> row = new(dx + ((nint)i * width), width);
            TensorPrimitives.Multiply(row, Output.GradientData[i] / width, row);
        }

        pass.End(_x, dx);
    }

    private static Real Sum(Real* x, Real* t, int length)
    {
        int v = Vector<Real>.Count, i = 0;
        Vector<Real> sums = default;
        for (; i + v <= length; i += v)
        {
            Vector<Real> a = Vector.Load(x + i);
            sums += Vector.Max(a, Vector<Real>.Zero) - (a * Vector.Load(t + i)) + Vector.Log(Vector<Real>.One + Vector.Exp(-Vector.Abs(a)));
        }

        Real sum = Vector.Sum(sums);
        for (; i < length; i++)
            sum += Real.Max(x[i], 0) - (x[i] * t[i]) + Real.Log(1 + Real.Exp(-Real.Abs(x[i])));
        return sum;
    }
}

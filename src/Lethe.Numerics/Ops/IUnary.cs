using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>A function of one number, with two constants where it has parameters: y = f(x; p, q).</summary>
internal interface IUnary
{
    static abstract string Name { get; }

    /// <summary>True when f′ is expressed by y, false when by x.</summary>
    static abstract bool SlopeFromOutput { get; }

    static abstract void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q);

    /// <summary>dx = dy·f′, with s = y or x as <see cref="SlopeFromOutput"/> says; dx is dy's memory.</summary>
    static abstract void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q);

    /// <summary>dy·f′ recorded on the tape, for second derivatives.</summary>
    static abstract Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q);
}

/// <summary>Records any <see cref="IUnary"/>.</summary>
internal sealed unsafe class UnaryNode<TFunction> : Node
    where TFunction : struct, IUnary
{
    private Tensor _x = null!;
    private Real _p, _q;

    public override string Operation => TFunction.Name;

    public static Tensor Apply(Tensor x, Real p = 0, Real q = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tape tape = x.RequireTape(TFunction.Name);
        Tensor y = tape.Allocate(x.Shape);
        TFunction.Forward(x.Values, y.Values, p, q);
        if (tape.Record<UnaryNode<TFunction>>(y, x.NeedsGradient) is { } node)
            (node._x, node._p, node._q) = (x, p, q);
        return y;
    }

    public override void Backward(GradientPass pass)
    {
        TFunction.Backward(new Span<Real>(Output.GradientData, Output.Length), TFunction.SlopeFromOutput ? Output.Values : _x.Values, _p, _q);
        pass.PassOn(_x, Output);
    }

    public override void BackwardOnTape(Tensor outputGradient, InputGradient gradient) =>
        gradient.Add(_x, TFunction.BackwardOnTape(outputGradient, _x, Output, _p, _q));
}

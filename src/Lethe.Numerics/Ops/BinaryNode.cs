using System.Numerics;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>A function of two numbers and its two slopes.</summary>
internal interface IBinary
{
    static abstract string Name { get; }

    /// <summary>y = f(a, b) on equal lengths.</summary>
    static abstract void Forward(ReadOnlySpan<Real> a, ReadOnlySpan<Real> b, Span<Real> y);

    /// <summary>y = f(a, b) with one number b.</summary>
    static abstract void ForwardRight(ReadOnlySpan<Real> a, Real b, Span<Real> y);

    /// <summary>y = f(a, b) with one number a.</summary>
    static abstract void ForwardLeft(Real a, ReadOnlySpan<Real> b, Span<Real> y);

    /// <summary>dy·∂f/∂a.</summary>
    static abstract Real SlopeA(Real dy, Real a, Real b);

    /// <summary>dy·∂f/∂b.</summary>
    static abstract Real SlopeB(Real dy, Real a, Real b);

    /// <summary>dy·∂f/∂a.</summary>
    static abstract Vector<Real> SlopeA(Vector<Real> dy, Vector<Real> a, Vector<Real> b);

    /// <summary>dy·∂f/∂b.</summary>
    static abstract Vector<Real> SlopeB(Vector<Real> dy, Vector<Real> a, Vector<Real> b);

    static abstract (Tensor A, Tensor B) BackwardOnTape(Tensor dy, Tensor a, Tensor b);
}

/// <summary>Records any <see cref="IBinary"/> with broadcasting.</summary>
internal sealed unsafe class BinaryNode<TFunction> : Node
    where TFunction : struct, IBinary
{
    private Tensor _a = null!, _b = null!;
    private Broadcast _loop;

    public override string Operation => TFunction.Name;

    public static Tensor Apply(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        Tape tape = a.Tape ?? b.RequireTape(TFunction.Name);
        Broadcast loop = Broadcast.Of(TFunction.Name, a.Shape, b.Shape);
        Tensor y = tape.Allocate(loop.Result);
        Real* result = y.Data;
        for (int i = 0; i < loop.N0; i++)
        {
            for (int j = 0; j < loop.N1; j++)
            {
                for (int k = 0; k < loop.N2; k++, result += loop.Inner)
                {
                    Real* pa = a.Data + ((nint)i * loop.A0) + ((nint)j * loop.A1) + ((nint)k * loop.A2);
                    Real* pb = b.Data + ((nint)i * loop.B0) + ((nint)j * loop.B1) + ((nint)k * loop.B2);
                    Span<Real> row = new(result, loop.Inner);
                    if (loop.AInner == loop.BInner)
                        TFunction.Forward(new(pa, loop.Inner), new(pb, loop.Inner), row);
                    else if (loop.BInner == 0)
                        TFunction.ForwardRight(new(pa, loop.Inner), *pb, row);
                    else
                        TFunction.ForwardLeft(*pa, new(pb, loop.Inner), row);
                }
            }
        }

        if (tape.Record<BinaryNode<TFunction>>(y, a.NeedsGradient || b.NeedsGradient) is { } node)
            (node._a, node._b, node._loop) = (a, b, loop);
        return y;
    }

    public override void Backward(GradientPass pass)
    {
        if (pass.Wants(_b))
            Deliver(pass, _b, second: true);
        if (pass.Wants(_a))
            Deliver(pass, _a, second: false);
    }

    public override void BackwardOnTape(Tensor outputGradient, InputGradient gradient)
    {
        (Tensor da, Tensor db) = TFunction.BackwardOnTape(outputGradient, _a, _b);
        if (InputGradient.Leads(_a))
            gradient.Add(_a, da.SumTo(_a.Shape));
        if (InputGradient.Leads(_b))
            gradient.Add(_b, db.SumTo(_b.Shape));
    }

    private void Deliver(GradientPass pass, Tensor operand, bool second)
    {
        if (operand is Parameter)
        {
            DeliverToParameter(pass, operand, second);
        }
        else if (typeof(TFunction) == typeof(AddFunction) && operand.Length == Output.Length && !(second && pass.Wants(_a)))
        {
            pass.PassOn(operand, Output);
        }
        else if (operand.Length == Output.Length)
        {
            Real* buffer = pass.Begin(operand);
            FillSlopes(buffer, second);
            pass.End(operand, buffer);
        }
        else
        {
            Real* full = Output.Tape!.Rent(Output.Length);
            FillSlopes(full, second);
            Real* buffer = pass.Begin(operand);
            ReduceOps.SumToKernel(full, Output.Shape, buffer, operand.Shape);
            pass.End(operand, buffer);
            Output.Tape.Return(full, Output.Length);
        }
    }

    // A parameter repeats over the rows of the result: its gradient is a sum of rows, which the pass may need apart by example.
    private void DeliverToParameter(GradientPass pass, Tensor operand, bool second)
    {
        bool suffix = operand.Length == 1 || EndsWith(Output.Shape, operand.Shape);
        if (!suffix)
            throw new NotSupportedException($"{TFunction.Name}: parameter {operand} may only repeat over leading axes of {Output.Shape}.");
        Real* full = Output.Tape!.Rent(Output.Length);
        FillSlopes(full, second);
        pass.RowSum(operand, new Rows(full, Output.Length / Math.Max(operand.Length, 1), operand.Length, operand.Length));
        if (!pass.KeepsFactors)
            Output.Tape.Return(full, Output.Length);
    }

    private static bool EndsWith(Shape shape, Shape suffix)
    {
        int leadingOnes = 0;
        while (leadingOnes < suffix.Rank - 1 && suffix[leadingOnes] == 1)
            leadingOnes++;
        for (int i = 1; i <= suffix.Rank - leadingOnes; i++)
        {
            if (i > shape.Rank || suffix[suffix.Rank - i] != shape[shape.Rank - i])
                return false;
        }

        return true;
    }

    private void FillSlopes(Real* target, bool second)
    {
        Real* dy = Output.GradientData;
        for (int i = 0; i < _loop.N0; i++)
        {
            for (int j = 0; j < _loop.N1; j++)
            {
                for (int k = 0; k < _loop.N2; k++, target += _loop.Inner, dy += _loop.Inner)
                {
                    Real* a = _a.Data + ((nint)i * _loop.A0) + ((nint)j * _loop.A1) + ((nint)k * _loop.A2);
                    Real* b = _b.Data + ((nint)i * _loop.B0) + ((nint)j * _loop.B1) + ((nint)k * _loop.B2);
                    FillRow(target, dy, a, b, second);
                }
            }
        }
    }

    private void FillRow(Real* target, Real* dy, Real* a, Real* b, bool second)
    {
        int length = _loop.Inner, v = Vector<Real>.Count, x = 0;
        for (; x + v <= length; x += v)
        {
            Vector<Real> va = _loop.AInner == 0 ? new Vector<Real>(*a) : Vector.Load(a + x), vb = _loop.BInner == 0 ? new Vector<Real>(*b) : Vector.Load(b + x);
            (second ? TFunction.SlopeB(Vector.Load(dy + x), va, vb) : TFunction.SlopeA(Vector.Load(dy + x), va, vb)).Store(target + x);
        }

        for (; x < length; x++)
        {
            Real pa = a[_loop.AInner == 0 ? 0 : x], pb = b[_loop.BInner == 0 ? 0 : x];
            target[x] = second ? TFunction.SlopeB(dy[x], pa, pb) : TFunction.SlopeA(dy[x], pa, pb);
        }
    }
}

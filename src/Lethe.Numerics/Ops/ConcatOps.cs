using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Joining and cutting tensors along an axis.</summary>
public static unsafe class ConcatOps
{
    /// <summary>Joins along the last axis, e.g. [n, 3] and [n, 2] → [n, 5].</summary>
    public static Tensor ConcatColumns(this Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return ConcatNode.Apply(a, b, a.Shape.Rank - 1);
    }

    /// <summary>Joins along the first axis: the examples of <paramref name="a"/>, then those of <paramref name="b"/>.</summary>
    public static Tensor ConcatRows(this Tensor a, Tensor b) => ConcatNode.Apply(a, b, 0);

    /// <summary>Joins along any axis.</summary>
    public static Tensor Concat(this Tensor a, Tensor b, int axis) => ConcatNode.Apply(a, b, axis);

    /// <summary>Columns <paramref name="start"/> … <paramref name="start"/> + <paramref name="count"/> of the last axis.</summary>
    public static Tensor SliceColumns(this Tensor x, int start, int count)
    {
        ArgumentNullException.ThrowIfNull(x);
        return SliceNode.Apply(x, x.Shape.Rank - 1, start, count);
    }

    /// <summary>Examples <paramref name="start"/> … <paramref name="start"/> + <paramref name="count"/>.</summary>
    public static Tensor SliceRows(this Tensor x, int start, int count) => SliceNode.Apply(x, 0, start, count);

    /// <summary>A range of any axis.</summary>
    public static Tensor Slice(this Tensor x, int axis, int start, int count) => SliceNode.Apply(x, axis, start, count);

    /// <summary>Elements before the axis (outer) and from one step of the axis to the next (inner).</summary>
    private static (int Outer, int Inner) Around(Shape shape, int axis)
    {
        int outer = 1, inner = 1;
        for (int i = 0; i < shape.Rank; i++)
        {
            if (i < axis)
                outer *= shape[i];
            else if (i > axis)
                inner *= shape[i];
        }

        return (outer, inner);
    }

    private static void CopyBlocks(Real* source, nint sourceStep, Real* target, nint targetStep, int blocks, int length)
    {
        for (int i = 0; i < blocks; i++, source += sourceStep, target += targetStep)
            new ReadOnlySpan<Real>(source, length).CopyTo(new Span<Real>(target, length));
    }

    private sealed class ConcatNode : Node
    {
        private Tensor _a = null!, _b = null!;
        private int _axis;

        public override string Operation => "Concat";

        public static Tensor Apply(Tensor a, Tensor b, int axis)
        {
            ArgumentNullException.ThrowIfNull(a);
            ArgumentNullException.ThrowIfNull(b);
            if (a.Shape.Rank != b.Shape.Rank || (uint)axis >= (uint)a.Shape.Rank || a.Shape.With(axis, 1) != b.Shape.With(axis, 1))
                throw new ArgumentException($"Concat along axis {axis}: shapes {a.Shape} and {b.Shape} must agree in every other axis.");
            Tape tape = a.Tape ?? b.RequireTape("Concat");
            Tensor y = tape.Allocate(a.Shape.With(axis, a.Shape[axis] + b.Shape[axis]));
            (int outer, int inner) = Around(y.Shape, axis);
            int na = a.Shape[axis] * inner, nb = b.Shape[axis] * inner;
            CopyBlocks(a.Data, na, y.Data, na + nb, outer, na);
            CopyBlocks(b.Data, nb, y.Data + na, na + nb, outer, nb);
            if (tape.Record<ConcatNode>(y, a.NeedsGradient || b.NeedsGradient) is { } node)
            {
                (node._a, node._b, node._axis) = (a, b, axis);
                if (inner == 1 && axis == y.Shape.Rank - 1)
                    y.UnwantedTail = b.NeedsGradient ? b.UnwantedTail : nb + a.UnwantedTail;
            }

            return y;
        }

        public override void Backward(GradientPass pass)
        {
            (int outer, int inner) = Around(Output.Shape, _axis);
            int na = _a.Shape[_axis] * inner, nb = _b.Shape[_axis] * inner;
            Give(pass, _a, 0, na);
            Give(pass, _b, na, nb);

            void Give(GradientPass pass, Tensor x, int from, int length)
            {
                if (!pass.Wants(x))
                    return;
                Real* dx = pass.Begin(x);
                CopyBlocks(Output.GradientData + from, na + nb, dx, length, outer, length);
                pass.End(x, dx);
            }
        }

        public override void BackwardOnTape(Tensor outputGradient, InputGradient gradient)
        {
            if (InputGradient.Leads(_a))
                gradient.Add(_a, outputGradient.Slice(_axis, 0, _a.Shape[_axis]));
            if (InputGradient.Leads(_b))
                gradient.Add(_b, outputGradient.Slice(_axis, _a.Shape[_axis], _b.Shape[_axis]));
        }
    }

    private sealed class SliceNode : Node
    {
        private Tensor _x = null!;
        private int _axis, _start;

        public override string Operation => "Slice";

        public static Tensor Apply(Tensor x, int axis, int start, int count)
        {
            ArgumentNullException.ThrowIfNull(x);
            if ((uint)axis >= (uint)x.Shape.Rank || start < 0 || count < 0 || start + count > x.Shape[axis])
                throw new ArgumentException($"Slice: axis {axis}, {start} … {start + count} lies outside shape {x.Shape}.");
            Tape tape = x.RequireTape("Slice");
            Shape shape = x.Shape.With(axis, count);
            (int outer, int inner) = Around(shape, axis);
            Tensor y;
            if (outer == 1)
            {
                y = tape.Wrap(shape, x.Data + ((nint)start * inner));
            }
            else
            {
                y = tape.Allocate(shape);
                CopyBlocks(x.Data + ((nint)start * inner), (nint)x.Shape[axis] * inner, y.Data, (nint)count * inner, outer, count * inner);
            }

            if (tape.Record<SliceNode>(y, x.NeedsGradient) is { } node)
                (node._x, node._axis, node._start) = (x, axis, start);
            return y;
        }

        public override void Backward(GradientPass pass)
        {
            (int outer, int inner) = Around(Output.Shape, _axis);
            int whole = _x.Shape[_axis] * inner, part = Output.Shape[_axis] * inner;
            Real* dx = pass.Begin(_x);
            new Span<Real>(dx, _x.Length).Clear();
            CopyBlocks(Output.GradientData, part, dx + ((nint)_start * inner), whole, outer, part);
            pass.End(_x, dx);
        }

        public override void BackwardOnTape(Tensor outputGradient, InputGradient gradient)
        {
            int before = _start, after = _x.Shape[_axis] - _start - Output.Shape[_axis];
            Tensor share = outputGradient;
            if (before > 0)
                share = Output.Tape!.Constant(_x.Shape.With(_axis, before), 0).Concat(share, _axis);
            if (after > 0)
                share = share.Concat(Output.Tape!.Constant(_x.Shape.With(_axis, after), 0), _axis);
            gradient.Add(_x, share);
        }
    }
}

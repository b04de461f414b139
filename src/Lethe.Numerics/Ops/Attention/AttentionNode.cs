using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops.Attention;

/// <summary>
/// Records attention. Query, key and value are column ranges of tensors, which may be the same tensor when ranges differ
/// and together cover it, so that one projection can serve all three without copies.
/// </summary>
internal sealed unsafe class AttentionNode : Node
{
    private Tensor _q = null!, _k = null!, _v = null!;
    private int _kStart, _vStart;
    private AttentionSweep _sweep;

    public override string Operation => "Attention";

    public static Tensor Apply(Tensor q, (Tensor Tensor, int Start) k, (Tensor Tensor, int Start) v, int width, int heads, in AttentionMask mask, double dropout, RandomStream? stream)
    {
        Tape tape = q.RequireTape("Attention");
        int examples = q.Shape[0], queries = q.Shape[1], keys = k.Tensor.Shape[1];
        Tensor y = tape.Allocate(new Shape(examples, queries, width));
        int cells = examples * heads * queries * keys;
        AttentionSweep sweep = new()
        {
            Examples = examples,
            Heads = heads,
            HeadWidth = width / heads,
            Queries = queries,
            Keys = keys,
            Causal = mask.Causal,
            KeyLengths = mask.Keep(tape),
            Q = q.Data,
            K = k.Tensor.Data + k.Start,
            V = v.Tensor.Data + v.Start,
            QStride = q.Shape.Columns,
            KStride = k.Tensor.Shape.Columns,
            VStride = v.Tensor.Shape.Columns,
            P = tape.Rent(cells),
            Mask = DropoutMask(tape, cells, dropout, stream),
            O = y.Data,
        };
        sweep.Forward();
        if (tape.Record<AttentionNode>(y, q.NeedsGradient || k.Tensor.NeedsGradient || v.Tensor.NeedsGradient) is { } node)
            (node._q, node._k, node._v, node._kStart, node._vStart, node._sweep) = (q, k.Tensor, v.Tensor, k.Start, v.Start, sweep);
        else
            tape.Return(sweep.P, cells);
        return y;
    }

    public override void Backward(GradientPass pass)
    {
        bool toQ = pass.Wants(_q), toK = pass.Wants(_k), toV = pass.Wants(_v);
        AttentionSweep sweep = _sweep;
        sweep.DO = Output.GradientData;
        Real* dq = toQ ? pass.Begin(_q) : null;
        Real* dk = !toK ? null : _k == _q ? dq : pass.Begin(_k);
        Real* dv = !toV ? null : _v == _q ? dq : _v == _k ? dk : pass.Begin(_v);
        sweep.DQ = dq;
        sweep.DK = dk == null ? null : dk + _kStart;
        sweep.DV = dv == null ? null : dv + _vStart;
        sweep.Backward();
        if (toQ)
            pass.End(_q, dq);
        if (toK && _k != _q)
            pass.End(_k, dk);
        if (toV && _v != _q && _v != _k)
            pass.End(_v, dv);
    }

    private static Real* DropoutMask(Tape tape, int cells, double dropout, RandomStream? stream)
    {
        if (dropout == 0)
            return null;
        Real* mask = tape.Rent(cells);
        DropoutOps.Fill(new Span<Real>(mask, cells), dropout, stream!);
        return mask;
    }
}

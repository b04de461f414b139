using System.Numerics;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Threading;

namespace Lethe.Numerics.Ops.Attention;

/// <summary>
/// Scaled dot-product attention of every example and head (Vaswani et al. 2017): S = QKᵀ/√w, P = softmax S, O = (P∘mask)V,
/// and backwards dV = (P∘mask)ᵀdO, dP = dO Vᵀ∘mask, dS = P∘(dP − rowsum(dP∘P)), dQ = dS K/√w, dK = dSᵀQ/√w. Threads share
/// the examples; nothing is added across them.
/// </summary>
internal unsafe struct AttentionSweep
{
    public int Examples, Heads, HeadWidth, Queries, Keys;
    public bool Causal;

    /// <summary>[examples], or null when every key counts.</summary>
    public int* KeyLengths;

    /// <summary>[examples, steps, stride] each, of which heads·width columns are meant.</summary>
    public Real* Q, K, V;
    public int QStride, KStride, VStride;

    /// <summary>P, and the dropout mask or null: [examples, heads, queries, keys].</summary>
    public Real* P, Mask;

    /// <summary>O and its gradient, [examples, queries, heads·width].</summary>
    public Real* O, DO;

    /// <summary>Gradients laid out as their operands, or null where not wanted.</summary>
    public Real* DQ, DK, DV;

    private int _parts;

    private readonly Real Scale => 1 / Real.Sqrt(HeadWidth);

    private readonly int Cells => Queries * Keys;

    private readonly int Width => Heads * HeadWidth;

    public void Forward() => Run(&ForwardPart, 4);

    public void Backward() => Run(&BackwardPart, 8);

    private void Run(delegate*<void*, int, void> part, double products)
    {
        int threads = ComputeThreads.For(products * Examples * Heads * Cells * HeadWidth);
        _parts = threads == 1 ? 1 : Math.Min(Examples, 4 * threads);
        fixed (AttentionSweep* self = &this)
            ComputeThreads.Run(_parts, threads, self, part);
    }

    private static void ForwardPart(void* state, int part)
    {
        AttentionSweep* sweep = (AttentionSweep*)state;
        int from = (int)((long)sweep->Examples * part / sweep->_parts), to = (int)((long)sweep->Examples * (part + 1) / sweep->_parts);
        for (int pair = from * sweep->Heads; pair < to * sweep->Heads; pair++)
            sweep->ForwardHead(pair / sweep->Heads, pair % sweep->Heads);
    }

    private static void BackwardPart(void* state, int part)
    {
        AttentionSweep* sweep = (AttentionSweep*)state;
        int from = (int)((long)sweep->Examples * part / sweep->_parts), to = (int)((long)sweep->Examples * (part + 1) / sweep->_parts);
        for (int pair = from * sweep->Heads; pair < to * sweep->Heads; pair++)
            sweep->BackwardHead(pair / sweep->Heads, pair % sweep->Heads);
    }

    private readonly void ForwardHead(int example, int head)
    {
        Real* p = P + ((((nint)example * Heads) + head) * Cells);
        MatrixView q = Head(Q, QStride, Queries, example, head), k = Head(K, KStride, Keys, example, head), v = Head(V, VStride, Keys, example, head);
        MatrixProduct.Run(q, k.Transposed, p, Keys);
        for (int row = 0; row < Queries; row++)
            Prepare(p + ((nint)row * Keys), Valid(example, row));
        Span<Real> all = new(p, Cells);
        TensorPrimitives.Exp(all, all);
        for (int row = 0; row < Queries; row++)
        {
            Span<Real> line = new(p + ((nint)row * Keys), Keys);
            Real sum = TensorPrimitives.Sum<Real>(line);
            TensorPrimitives.Multiply(line, sum == 0 ? 0 : 1 / sum, line);
        }

        MatrixProduct.Run(new MatrixView(Dropped(p, example, head), Queries, Keys), v, O + ((nint)example * Queries * Width) + (head * HeadWidth), Width);
    }

    /// <summary>Scaled scores less their largest; −∞ where no attention goes, which the exponential turns into 0.</summary>
    private readonly void Prepare(Real* line, int valid)
    {
        new Span<Real>(line + valid, Keys - valid).Fill(Real.NegativeInfinity);
        if (valid == 0)
            return;
        Real max = TensorPrimitives.Max(new ReadOnlySpan<Real>(line, valid)), scale = Scale;
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= valid; i += v)
            ((Vector.Load(line + i) - new Vector<Real>(max)) * scale).Store(line + i);
        for (; i < valid; i++)
            line[i] = (line[i] - max) * scale;
    }

    private readonly void BackwardHead(int example, int head)
    {
        nint cell = (((nint)example * Heads) + head) * Cells;
        Real* p = P + cell, ds = Scratch.Get(ScratchSlot.Operation, Cells);
        MatrixView q = Head(Q, QStride, Queries, example, head), k = Head(K, KStride, Keys, example, head), v = Head(V, VStride, Keys, example, head);
        MatrixView dOut = Head(DO, Width, Queries, example, head), scores = new(ds, Queries, Keys);
        if (DV != null)
            MatrixProduct.Run(new MatrixView(Dropped(p, example, head), Queries, Keys).Transposed, dOut, Head(DV, VStride, Keys, example, head).Data, VStride);
        if (DQ == null && DK == null)
            return;
        MatrixProduct.Run(dOut, v.Transposed, ds, Keys);
        if (Mask != null)
            TensorPrimitives.Multiply(new ReadOnlySpan<Real>(ds, Cells), new ReadOnlySpan<Real>(Mask + cell, Cells), new Span<Real>(ds, Cells));
        for (int row = 0; row < Queries; row++)
            ThroughSoftmax(p + ((nint)row * Keys), ds + ((nint)row * Keys));
        if (DQ != null)
            MatrixProduct.Run(scores, k, Head(DQ, QStride, Queries, example, head).Data, QStride);
        if (DK != null)
            MatrixProduct.Run(scores.Transposed, q, Head(DK, KStride, Keys, example, head).Data, KStride);
    }

    // d ← p(d − Σ p d)/√w
    private readonly void ThroughSoftmax(Real* p, Real* d)
    {
        Real mean = TensorPrimitives.Dot(new ReadOnlySpan<Real>(p, Keys), new ReadOnlySpan<Real>(d, Keys)), scale = Scale;
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= Keys; i += v)
            (Vector.Load(p + i) * (Vector.Load(d + i) - new Vector<Real>(mean)) * scale).Store(d + i);
        for (; i < Keys; i++)
            d[i] = p[i] * (d[i] - mean) * scale;
    }

    /// <summary>P after dropout, in scratch memory where there is a mask.</summary>
    private readonly Real* Dropped(Real* p, int example, int head)
    {
        if (Mask == null)
            return p;
        Real* dropped = Scratch.Get(ScratchSlot.OperationB, Cells);
        TensorPrimitives.Multiply(new ReadOnlySpan<Real>(p, Cells), new ReadOnlySpan<Real>(Mask + ((((nint)example * Heads) + head) * Cells), Cells), new Span<Real>(dropped, Cells));
        return dropped;
    }

    private readonly int Valid(int example, int query)
    {
        int valid = KeyLengths == null ? Keys : KeyLengths[example];
        return Causal ? Math.Min(valid, query + 1) : valid;
    }

    private readonly MatrixView Head(Real* x, int stride, int steps, int example, int head) =>
        new(x + ((nint)example * steps * stride) + (head * HeadWidth), steps, HeadWidth, stride, 1);
}

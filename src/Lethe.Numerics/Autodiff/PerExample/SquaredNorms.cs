using Lethe.Numerics.Kernels;
using Lethe.Numerics.Threading;

namespace Lethe.Numerics.Autodiff.PerExample;

/// <summary>
/// Squared norms of one parameter's per-example gradients from its factors, without an array of examples × parameters
/// (Goodfellow 2015; Li et al. 2022; Bu et al. 2022). Per example, with T rows of left width p and right width d:
/// <list type="bullet">
/// <item>one row: ‖δ‖²‖a‖²;</item>
/// <item>the Gram form Σ_st (δ_s·δ_t)(a_s·a_t), about T²(p + d) products;</item>
/// <item>the instantiated form ‖Σ_t δ_t ⊗ a_t‖² in a scratch buffer, 2Tpd products.</item>
/// </list>
/// The cheaper is taken. Sums run in double. An underestimated norm would void a privacy bound, so the Gram form is raised
/// by its rounding error, 2⁻²²(Σ_t ‖δ_t‖‖a_t‖)² in single precision, and recomputed by instantiation when terms cancel.
/// </summary>
internal static unsafe class SquaredNorms
{
    private static double Rounding => sizeof(Real) == 4 ? 1.0 / (1 << 22) : 1.0 / (1L << 51);

    /// <summary>norms[u] += ‖g_u‖² for the given uses of one part of one parameter.</summary>
    public static void AddTo(Span<double> norms, ReadOnlySpan<Factor> uses, int examples)
    {
        fixed (Factor* first = uses)
        fixed (double* to = norms)
        {
            Job job = new() { Uses = first, Count = uses.Length, Examples = examples, Result = to };
            job.Choose();
            job.Parts = Math.Min(examples, 4 * ComputeThreads.For(job.Flops * examples));
            ComputeThreads.Run(job.Parts, ComputeThreads.For(job.Flops * examples), &job, &RunPart);
        }
    }

    /// <summary>The gradient of one example, written to <paramref name="gradient"/> (size of the part).</summary>
    public static void Instantiate(ReadOnlySpan<Factor> uses, int examples, int example, Real* gradient)
    {
        fixed (Factor* first = uses)
            new Job { Uses = first, Count = uses.Length, Examples = examples }.Instantiate(example, gradient);
    }

    private static void RunPart(void* state, int part)
    {
        Job* job = (Job*)state;
        int from = (int)((long)job->Examples * part / job->Parts), to = (int)((long)job->Examples * (part + 1) / job->Parts);
        for (int u = from; u < to; u++)
            job->Result[u] += job->One(u);
    }

    private struct Job
    {
        public Factor* Uses;
        public int Count, Examples, Parts;
        public double* Result;
        public double Flops;
        private bool _gram;

        public void Choose()
        {
            double steps = 0;
            double instantiated = 0;
            bool products = true;
            int left = 0, right = Uses[0].Right.Width;
            for (int i = 0; i < Count; i++)
            {
                int t = Uses[i].Steps(Examples);
                steps += t;
                products &= Uses[i].Kind != FactorKind.RowSum;
                left = Math.Max(left, Uses[i].Kind == FactorKind.OuterProduct ? Uses[i].Left.Width : 1);
                instantiated += 2.0 * t * (Uses[i].Kind == FactorKind.OuterProduct ? Uses[i].Left.Width : 1) * right;
            }

            // One use needs half of its symmetric Gram matrices.
            double gram = steps * steps * (left + right) * (Count == 1 ? 0.6 : 2);
            double part = Uses[0].Size;
            _gram = products && (gram < instantiated + part || Uses[0].Kind == FactorKind.Lookup || Uses[Count - 1].Kind == FactorKind.Lookup);
            Flops = _gram ? gram : instantiated + part;
        }

        public readonly double One(int example)
        {
            if (Count == 1)
            {
                Factor use = Uses[0];
                if (use.Kind == FactorKind.Lookup)
                    return GroupedLookup(use, example);
                if (use.Steps(Examples) == 1)
                    return OneRow(use, example);
                if (use.Kind == FactorKind.RowSum)
                    return SummedRows(use, example);
            }

            if (_gram && TryGram(example, out double squared))
                return squared;
            int size = Uses[0].Size;
            Real* gradient = Scratch.Get(ScratchSlot.Operation, size);
            Instantiate(example, gradient);
            return Reductions.SumOfSquares(gradient, size);
        }

        public readonly void Instantiate(int example, Real* gradient)
        {
            new Span<Real>(gradient, Uses[0].Size).Clear();
            for (int i = 0; i < Count; i++)
            {
                Factor use = Uses[i];
                int steps = use.Steps(Examples), width = use.Right.Width;
                if (use.Kind == FactorKind.OuterProduct)
                {
                    MatrixView l = View(use.Left, example), r = View(use.Right, example);
                    MatrixProduct.Run(l.Transposed, r, gradient, width, new ProductOptions { Accumulate = i > 0 });
                    continue;
                }

                for (int t = 0; t < steps; t++)
                {
                    int row = use.Kind == FactorKind.RowSum ? 0 : use.Id(example, t, Examples);
                    if (row >= 0)
                        Elementwise.AddTo(gradient + ((nint)row * width), use.Right.At(example, t, Examples), width);
                }
            }
        }

        private readonly MatrixView View(in Rows rows, int example) =>
            new(rows.At(example, 0, Examples), rows.Count / Examples, rows.Width, rows.StepMajor ? rows.Stride * Examples : rows.Stride, 1);

        private readonly double SummedRows(in Factor use, int example)
        {
            MatrixView rows = View(use.Right, example);
            Real* sum = Scratch.Get(ScratchSlot.Operation, rows.Columns);
            Reductions.SumRows(rows.Data, rows.Rows, rows.Columns, rows.RowStride, null, sum, accumulate: false);
            return SumOfSquares(sum, rows.Columns);
        }

        private readonly double OneRow(in Factor use, int example)
        {
            double right = SumOfSquares(use.Right.At(example, 0, Examples), use.Right.Width);
            return use.Kind == FactorKind.RowSum ? right : right * SumOfSquares(use.Left.At(example, 0, Examples), use.Left.Width);
        }

        private static double SumOfSquares(Real* x, int length) => Reductions.SumOfSquares(x, length);

        // Rows with equal ids are added before the norm is taken.
        private readonly double GroupedLookup(in Factor use, int example)
        {
            int steps = use.Steps(Examples), width = use.Right.Width;
            Real* sum = Scratch.Get(ScratchSlot.Operation, width);
            double squared = 0;
            for (int s = 0; s < steps; s++)
            {
                int id = use.Id(example, s, Examples);
                if (id < 0 || SeenBefore(use, example, s, id))
                    continue;
                new ReadOnlySpan<Real>(use.Right.At(example, s, Examples), width).CopyTo(new Span<Real>(sum, width));
                for (int t = s + 1; t < steps; t++)
                {
                    if (use.Id(example, t, Examples) == id)
                        Elementwise.AddTo(sum, use.Right.At(example, t, Examples), width);
                }

                squared += SumOfSquares(sum, width);
            }

            return squared;
        }

        private readonly bool SeenBefore(in Factor use, int example, int step, int id)
        {
            for (int t = 0; t < step; t++)
            {
                if (use.Id(example, t, Examples) == id)
                    return true;
            }

            return false;
        }

        /// <summary>Σ over pairs of uses and steps of (left·left)(right·right). False when cancellation makes it unsafe.</summary>
        private readonly bool TryGram(int example, out double squared)
        {
            squared = 0;
            double bound = 0;
            bool single = Count == 1 && Uses[0].Kind == FactorKind.OuterProduct;
            if (single)
                squared = GramSum.Run(View(Uses[0].Left, example), View(Uses[0].Right, example), out bound);
            for (int i = 0; i < Count && !single; i++)
            {
                int ti = Uses[i].Steps(Examples);
                for (int j = i; j < Count; j++)
                {
                    int tj = Uses[j].Steps(Examples);
                    Real* right = Scratch.Get(ScratchSlot.Operation, ti * tj), left = Scratch.Get(ScratchSlot.OperationB, ti * tj);
                    MatrixProduct.Run(View(Uses[i].Right, example), View(Uses[j].Right, example).Transposed, right, tj);
                    LeftGram(Uses[i], Uses[j], example, left);
                    double sum = 0;
                    for (int k = 0; k < ti * tj; k++)
                        sum += (double)left[k] * right[k];
                    squared += i == j ? sum : 2 * sum;
                    if (i == j)
                    {
                        for (int t = 0; t < ti; t++)
                            bound += Math.Sqrt((double)left[(t * ti) + t] * right[(t * ti) + t]);
                    }
                }
            }

            double square = bound * bound;
            if (squared < 1e-4 * square)
                return false;
            squared += Rounding * square;
            return true;
        }

        private readonly void LeftGram(in Factor a, in Factor b, int example, Real* gram)
        {
            int ta = a.Steps(Examples), tb = b.Steps(Examples);
            if (a.Kind == FactorKind.OuterProduct && b.Kind == FactorKind.OuterProduct)
            {
                MatrixProduct.Run(View(a.Left, example), View(b.Left, example).Transposed, gram, tb);
                return;
            }

            for (int s = 0; s < ta; s++)
            {
                for (int t = 0; t < tb; t++)
                    gram[(s * tb) + t] = LeftProduct(a, s, b, t, example);
            }
        }

        private readonly Real LeftProduct(in Factor a, int s, in Factor b, int t, int example)
        {
            int ida = a.Kind == FactorKind.Lookup ? a.Id(example, s, Examples) : 0, idb = b.Kind == FactorKind.Lookup ? b.Id(example, t, Examples) : 0;
            if (ida < 0 || idb < 0)
                return 0;
            if (a.Kind == FactorKind.Lookup && b.Kind == FactorKind.Lookup)
                return ida == idb ? 1 : 0;
            return a.Kind == FactorKind.Lookup ? b.Left.At(example, t, Examples)[ida] : a.Left.At(example, s, Examples)[idb];
        }
    }
}

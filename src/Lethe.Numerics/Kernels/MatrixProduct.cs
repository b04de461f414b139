using System.Numerics;
using System.Runtime.Intrinsics;
using Lethe.Numerics.Threading;

namespace Lethe.Numerics.Kernels;

/// <summary>
/// C ← act(C·[accumulate] + A·diag(scale)·B + bias) for any strides of A and B, so that every transpose combination is the
/// same call. Goto and van de Geijn (2008): B is packed into zero-padded panels two vectors wide; steps of k are blocked
/// so that a panel stays in the first-level cache, rows of A so that they stay in the second; a register-blocked
/// micro-kernel does the arithmetic. Rows of A are read in place when their elements are adjacent and packed otherwise.
/// The sum over k has one order whatever the thread count.
/// </summary>
internal static unsafe class MatrixProduct
{
    // 256 steps × 16 columns × 4 bytes: a packed panel takes half of a 32 KiB first-level cache.
    private const int StepBlock = 256;

    // 240 rows × 256 steps × 4 bytes = 240 KiB of A in the second-level cache; a multiple of 6, 8 and 12 rows.
    private const int RowBlock = 240;

    // A transposed A is read where it lies when so few panels use it that packing would not pay: 86 against 74 GFLOP/s
    // at 192×3072×64 with 256-bit vectors; from about 8 panels on there is no difference.
    private const int DirectPanels = 4;

    // A row-major B is read where it lies when few tiles of rows use a panel and all of B is small: 86 against 69 GFLOP/s at
    // 21×64×192 with 256-bit vectors. A large one is packed all the same, or its rows push each other out of the first-level cache:
    // 73 against 81 at 50×1050×256.
    private const int InPlaceTiles = 12, InPlaceLength = 16384;

    /// <summary>C (row stride <paramref name="ldc"/>) from A [m, k] and B [k, n], by the widest kernel this machine runs fast.</summary>
    public static void Run(in MatrixView a, in MatrixView b, Real* c, nint ldc, in ProductOptions options = default)
    {
        if (Vector512.IsHardwareAccelerated)
            Run<MicroKernel512>(a, b, c, ldc, options);
        else if (Vector256.IsHardwareAccelerated)
            Run<MicroKernel256>(a, b, c, ldc, options);
        else
            Run<MicroKernel128>(a, b, c, ldc, options);
    }

    /// <summary>Elements that <see cref="Pack"/> writes for a B of these extents.</summary>
    public static int PackedLength(int rows, int columns)
    {
        int width = 2 * (Vector512.IsHardwareAccelerated ? MicroKernel512.VectorLength : Vector256.IsHardwareAccelerated ? MicroKernel256.VectorLength : MicroKernel128.VectorLength);
        return (columns + width - 1) / width * width * rows;
    }

    /// <summary>Packs a B that many products share, e.g. a recurrent weight; see <see cref="ProductOptions.Packed"/>.</summary>
    public static void Pack(in MatrixView b, Real* packed)
    {
        if (Vector512.IsHardwareAccelerated)
            Pack<MicroKernel512>(b, packed);
        else if (Vector256.IsHardwareAccelerated)
            Pack<MicroKernel256>(b, packed);
        else
            Pack<MicroKernel128>(b, packed);
    }

    /// <summary>The same with a given kernel; every kernel gives a right result on every machine.</summary>
    public static void Run<TKernel>(in MatrixView a, in MatrixView b, Real* c, nint ldc, in ProductOptions options)
        where TKernel : struct, IMicroKernel
    {
        if (a.Columns != b.Rows)
            throw new ArgumentException($"Inner extents differ: A is [{a.Rows}, {a.Columns}], B is [{b.Rows}, {b.Columns}].");
        if (a.Rows == 0 || b.Columns == 0)
            return;
        // A row of a packed product gets the same bits however many rows go with it, so no shortcut for single rows there.
        if (options.Packed == null && SmallProducts.TryRun(a, b, c, ldc, options))
            return;

        int k = a.Columns, blocks = Blocks(k);
        int threads = ComputeThreads.For(2.0 * a.Rows * b.Columns * k);
        for (int block = 0; block < blocks; block++)
        {
            int k0 = (int)((long)k * block / blocks), k1 = (int)((long)k * (block + 1) / blocks);
            bool first = block == 0, last = block == blocks - 1;
            Job<TKernel> job = new(a, b, c, ldc, k0, k1 - k0, options.Accumulate || !first, last ? options : options with { Bias = null, Rectify = false });
            job.Run(threads);
        }
    }

    private static int Blocks(int k) => Math.Max(1, (k + StepBlock - 1) / StepBlock);

    private static void Pack<TKernel>(in MatrixView b, Real* packed)
        where TKernel : struct, IMicroKernel
    {
        int k = b.Rows, blocks = Blocks(k);
        for (int block = 0; block < blocks; block++)
        {
            int k0 = (int)((long)k * block / blocks), k1 = (int)((long)k * (block + 1) / blocks);
            new Job<TKernel>(default, b, null, 0, k0, k1 - k0, false, default).PackInto(packed);
        }
    }

    /// <summary>One block of steps: pack B, then walk the tiles of C. Lives on the caller's stack while helpers work on it.</summary>
    private struct Job<TKernel>(MatrixView a, MatrixView b, Real* c, nint ldc, int k0, int k, bool accumulate, ProductOptions options)
        where TKernel : struct, IMicroKernel
    {
        private readonly MatrixView _a = a, _b = b;
        private readonly ProductOptions _options = options;
        private readonly int _panels = (b.Columns + PanelWidth - 1) / PanelWidth;
        private Real* _packed;
        private int _parts;
        private bool _byPanel, _inPlace, _copying;

        private static int PanelWidth => 2 * TKernel.VectorLength;

        public void Run(int threads)
        {
            // Packed blocks of steps follow each other.
            bool packed = _options.Packed != null;
            _packed = packed ? _options.Packed + ((nint)_panels * PanelWidth * k0) : Scratch.Get(ScratchSlot.PackedB, _panels * PanelWidth * k);
            int tiles = (_a.Rows + TKernel.MaxRows - 1) / TKernel.MaxRows;
            _byPanel = tiles < 2 * threads && _panels > tiles;
            _parts = Math.Min(threads, _byPanel ? _panels : tiles);
            _inPlace = !packed && _b.ColumnStride == 1 && _options.StepScale == null && tiles <= InPlaceTiles && k * _b.RowStride <= InPlaceLength;
            if (_inPlace && _b.Columns % PanelWidth != 0)
                Pack(_panels - 1, _panels); // a panel that is not full would be read past its end
            // Rows of a row-major B become panels while the first tile is multiplied, unless other threads wait for the panels.
            bool pack = !packed && !_inPlace;
            _copying = pack && _b.ColumnStride == 1 && _options.StepScale == null && (_parts == 1 || _byPanel);
            pack &= !_copying;
            fixed (Job<TKernel>* self = &this)
            {
                if (_parts > 1)
                {
                    if (pack)
                        ComputeThreads.Run(_parts, threads, self, &PackPart);
                    ComputeThreads.Run(_parts, threads, self, &MultiplyPart);
                }
                else
                {
                    if (pack)
                        Pack(0, _panels);
                    Multiply(0, _a.Rows, 0, _panels);
                }
            }
        }

        public void PackInto(Real* packed)
        {
            _packed = packed + ((nint)_panels * PanelWidth * k0);
            Pack(0, _panels);
        }

        private static void PackPart(void* state, int part)
        {
            Job<TKernel>* job = (Job<TKernel>*)state;
            job->Pack(job->_panels * part / job->_parts, job->_panels * (part + 1) / job->_parts);
        }

        private static void MultiplyPart(void* state, int part)
        {
            Job<TKernel>* job = (Job<TKernel>*)state;
            if (job->_byPanel)
            {
                job->Multiply(0, job->_a.Rows, job->_panels * part / job->_parts, job->_panels * (part + 1) / job->_parts);
                return;
            }

            // Whole tiles per part: a row is computed by the same kernel shape whatever the number of parts would only matter
            // for speed, since the order of k does not change.
            int tiles = (job->_a.Rows + TKernel.MaxRows - 1) / TKernel.MaxRows;
            int from = tiles * part / job->_parts * TKernel.MaxRows, to = Math.Min(job->_a.Rows, tiles * (part + 1) / job->_parts * TKernel.MaxRows);
            job->Multiply(from, to, 0, job->_panels);
        }

        private readonly void Pack(int fromPanel, int toPanel)
        {
            int panel = fromPanel;
            if (_b.ColumnStride == 1 && _options.StepScale == null)
            {
                int full = Math.Min(toPanel, _b.Columns / PanelWidth);
                for (; panel < full; panel += Packing.Together)
                    Packing.PanelsOfB(_b, k0, k, panel * PanelWidth, Math.Min(Packing.Together, full - panel), PanelWidth, _packed + ((nint)panel * PanelWidth * k));
                panel = Math.Max(fromPanel, full);
            }

            for (; panel < toPanel; panel++)
            {
                int columns = Math.Min(PanelWidth, _b.Columns - (panel * PanelWidth));
                Packing.PanelOfB(_b, k0, k, panel * PanelWidth, columns, Width(columns), _options.StepScale, _packed + ((nint)panel * PanelWidth * k));
            }
        }

        // The last panel is one vector wide when that is enough.
        private static int Width(int columns) => columns <= TKernel.VectorLength ? TKernel.VectorLength : PanelWidth;

        private readonly void Multiply(int fromRow, int toRow, int fromPanel, int toPanel)
        {
            for (int row = fromRow; row < toRow; row += RowBlock)
                MultiplyRows(row, Math.Min(toRow, row + RowBlock), fromPanel, toPanel);
        }

        private readonly void MultiplyRows(int fromRow, int toRow, int fromPanel, int toPanel)
        {
            bool packA = _a.ColumnStride != 1 && !(_a.RowStride == 1 && (toPanel - fromPanel) <= DirectPanels);
            Real* packed = packA ? Scratch.Get(ScratchSlot.PackedA, RowBlock * k) : null;
            if (packA)
            {
                for (int row = fromRow; row < toRow;)
                {
                    int rows = TileRows(toRow - row);
                    Packing.GroupOfA(_a, row, rows, k0, k, packed + ((nint)(row - fromRow) * k));
                    row += rows;
                }
            }

            Real* a = packA ? packed : _a.Data + (fromRow * _a.RowStride) + (k0 * _a.ColumnStride);
            nint rowStride = packA ? 1 : _a.RowStride, nextRow = packA ? k : _a.RowStride;
            for (int panel = fromPanel; panel < toPanel; panel++)
            {
                int column = panel * PanelWidth, columns = Math.Min(PanelWidth, _b.Columns - column), width = Width(columns);
                bool inPlace = _inPlace && columns == PanelWidth;
                Real* source = _b.Data + (k0 * _b.RowStride) + column, b = inPlace ? source : _packed + ((nint)panel * PanelWidth * k);
                nint bStride = inPlace ? _b.RowStride : width;
                Real* bias = _options.Bias == null ? null : _options.Bias + column;
                int* biasRows = _options.BiasRows == null ? null : _options.BiasRows + fromRow;
                Tile tile = new(c + (fromRow * ldc) + column, ldc, accumulate, bias, biasRows, _b.Columns, _options.Rectify, _options.Slope);
                Real* at = a;
                int left = toRow - fromRow;
                if (_copying && fromRow == 0)
                {
                    if (columns == PanelWidth && TileRows(left) == TKernel.MaxRows)
                    {
                        TKernel.RunCopying(k, at, rowStride, packA ? TKernel.MaxRows : _a.ColumnStride, source, _b.RowStride, b, tile);
                        left -= TKernel.MaxRows;
                        at += TKernel.MaxRows * nextRow;
                        tile = tile.Below(TKernel.MaxRows);
                    }
                    else
                    {
                        Pack(panel, panel + 1);
                    }
                }

                if (columns == PanelWidth)
                {
                    nint stepStride = packA ? TKernel.MaxRows : _a.ColumnStride;
                    for (; left >= 2 * TKernel.MaxRows || left == TKernel.MaxRows; left -= TKernel.MaxRows)
                    {
                        TKernel.RunFull(k, at, rowStride, stepStride, b, bStride, tile);
                        at += TKernel.MaxRows * nextRow;
                        tile = tile.Below(TKernel.MaxRows);
                    }
                }

                while (left > 0)
                {
                    int rows = TileRows(left);
                    nint stepStride = packA ? rows : _a.ColumnStride;
                    if (columns == width)
                        Kernel(rows, width, at, rowStride, stepStride, b, bStride, tile);
                    else
                        Edge(rows, columns, width, at, rowStride, stepStride, b, bStride, tile);
                    left -= rows;
                    at += rows * nextRow;
                    tile = tile.Below(rows);
                }
            }
        }

        // 14 rows by 6 are 6 + 4 + 4, not 6 + 6 + 2: too few rows leave the multipliers waiting for the adders.
        private static int TileRows(int remaining)
        {
            int max = TKernel.MaxRows;
            return remaining >= 2 * max || remaining == max ? max : remaining < max ? remaining : remaining >= max + (max / 2) ? max : (remaining + 1) / 2;
        }

        /// <summary>A tile that reaches past C's last column: computed aside, then the columns that exist are copied.</summary>
        private readonly void Edge(int rows, int columns, int width, Real* a, nint rowStride, nint stepStride, Real* b, nint bStride, in Tile tile)
        {
            Real* aside = Scratch.Get(ScratchSlot.EdgeTile, TKernel.MaxRows * PanelWidth);
            Kernel(rows, width, a, rowStride, stepStride, b, bStride, new Tile(aside, width, false, null, null, 0, false, 0));
            int v = Vector<Real>.Count, last = columns - v;
            for (int i = 0; i < rows; i++, aside += width)
            {
                Real* target = tile.C + (i * tile.RowStride), bias = tile.BiasOf(i);
                if (last >= 0)
                {
                    // The last vector overlaps the one before: it is read before that is written.
                    Vector<Real> end = Finish(aside + last, target + last, bias + last, tile);
                    for (int j = 0; j < last; j += v)
                        Finish(aside + j, target + j, bias + j, tile).Store(target + j);
                    end.Store(target + last);
                    continue;
                }

                for (int j = 0; j < columns; j++)
                {
                    Real sum = aside[j];
                    if (tile.Accumulate)
                        sum += target[j];
                    if (tile.Bias != null)
                        sum += bias[j];
                    target[j] = tile.Rectify && sum < 0 ? sum * tile.Slope : sum;
                }
            }
        }

        private static Vector<Real> Finish(Real* sums, Real* target, Real* bias, in Tile tile)
        {
            Vector<Real> sum = Vector.Load(sums);
            if (tile.Accumulate)
                sum += Vector.Load(target);
            if (tile.Bias != null)
                sum += Vector.Load(bias);
            return tile.Rectify ? Vector.ConditionalSelect(Vector.LessThan(sum, Vector<Real>.Zero), sum * tile.Slope, sum) : sum;
        }

        private readonly void Kernel(int rows, int width, Real* a, nint rowStride, nint stepStride, Real* b, nint bStride, in Tile tile)
        {
            if (width == PanelWidth)
                Kernel<N1>(rows, a, rowStride, stepStride, b, bStride, tile);
            else
                Kernel<N0>(rows, a, rowStride, stepStride, b, bStride, tile);
        }

        private readonly void Kernel<TWide>(int rows, Real* a, nint rowStride, nint stepStride, Real* b, nint bStride, in Tile tile)
            where TWide : struct, IConstant
        {
            switch (rows)
            {
                case 1: TKernel.Run<N1, TWide>(k, a, rowStride, stepStride, b, bStride, tile); break;
                case 2: TKernel.Run<N2, TWide>(k, a, rowStride, stepStride, b, bStride, tile); break;
                case 3: TKernel.Run<N3, TWide>(k, a, rowStride, stepStride, b, bStride, tile); break;
                case 4: TKernel.Run<N4, TWide>(k, a, rowStride, stepStride, b, bStride, tile); break;
                case 5: TKernel.Run<N5, TWide>(k, a, rowStride, stepStride, b, bStride, tile); break;
                case 6: TKernel.Run<N6, TWide>(k, a, rowStride, stepStride, b, bStride, tile); break;
                case 7: TKernel.Run<N7, TWide>(k, a, rowStride, stepStride, b, bStride, tile); break;
                case 8: TKernel.Run<N8, TWide>(k, a, rowStride, stepStride, b, bStride, tile); break;
                case 9: TKernel.Run<N9, TWide>(k, a, rowStride, stepStride, b, bStride, tile); break;
                case 10: TKernel.Run<N10, TWide>(k, a, rowStride, stepStride, b, bStride, tile); break;
                case 11: TKernel.Run<N11, TWide>(k, a, rowStride, stepStride, b, bStride, tile); break;
                default: TKernel.Run<N12, TWide>(k, a, rowStride, stepStride, b, bStride, tile); break;
            }
        }
    }
}

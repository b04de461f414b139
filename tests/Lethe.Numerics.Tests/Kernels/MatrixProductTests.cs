using Lethe.Numerics.Kernels;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Threading;

namespace Lethe.Numerics.Tests.Kernels;

/// <summary>Every kernel and transpose combination against the definition, guarded so that a read or write outside the operands shows.</summary>
public sealed unsafe class MatrixProductTests
{
    private const float Guard = 1e30f;

    public static TheoryData<int, int, int> Sizes
    {
        get
        {
            TheoryData<int, int, int> sizes = [];
            foreach (int m in new[] { 0, 1, 2, 5, 6, 7, 12, 13, 14, 23, 64, 241 })
            {
                foreach (int n in new[] { 1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 40, 65 })
                    sizes.Add(m, n, (m + n) % 3 == 0 ? 1 : (m * n) % 5 == 0 ? 300 : 29);
            }

            sizes.Add(3, 5, 0);
            sizes.Add(37, 70, 1031);
            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void All_kernels_agree_with_the_definition(int m, int n, int k)
    {
        RandomStream random = new Seed(1).Stream("gemm");
        foreach (bool transposeA in new[] { false, true })
        {
            foreach (bool transposeB in new[] { false, true })
            {
                foreach (int variant in new[] { 0, 1, 2, 3, 4 })
                {
                    Case c = new(m, n, k, transposeA, transposeB, variant, random);
                    c.Check("512", MatrixProduct.Run<MicroKernel512>);
                    c.Check("256", MatrixProduct.Run<MicroKernel256>);
                    c.Check("128", MatrixProduct.Run<MicroKernel128>);
                    c.Check("best", MatrixProduct.Run);
                }
            }
        }
    }

    [Fact]
    public void Thread_count_does_not_change_a_bit()
    {
        RandomStream random = new Seed(2).Stream("gemm");
        foreach ((int m, int n, int k) in new[] { (500, 256, 256), (64, 700, 300), (9, 2000, 400), (256, 40, 1500) })
        {
            Case c = new(m, n, k, true, true, 1, random);
            float[] alone, together;
            using (ComputeThreads.Limit(1))
                alone = c.Result(MatrixProduct.Run);
            together = c.Result(MatrixProduct.Run);
            Assert.Equal(alone, together);
        }
    }

    [Fact]
    public void Inner_extents_must_agree()
    {
        float x = 0;
        float* p = &x;
        Assert.Throws<ArgumentException>(() => MatrixProduct.Run(new MatrixView(p, 1, 2), new MatrixView(p, 3, 1), p, 1));
    }

    internal delegate void Product(in MatrixView a, in MatrixView b, float* c, nint ldc, in ProductOptions options);

    private sealed class Case
    {
        private readonly int _m, _n, _k, _variant;
        private readonly bool _ta, _tb;
        private readonly float[] _a, _b, _c, _bias, _scale, _table;
        private readonly int[] _rows;

        public Case(int m, int n, int k, bool ta, bool tb, int variant, RandomStream random)
        {
            (_m, _n, _k, _ta, _tb, _variant) = (m, n, k, ta, tb, variant);
            _a = Random(m * k);
            _b = Random(k * n);
            _c = Random(m * n);
            _bias = Random(n);
            _scale = Random(k);
            _table = Random(3 * n);
            _rows = new int[m];
            for (int i = 0; i < m; i++)
                _rows[i] = random.NextInt(3);

            float[] Random(int length)
            {
                float[] values = new float[length];
                random.FillGaussian(values);
                return values;
            }
        }

        private double[]? _expected, _size;

        private void Define()
        {
            _expected = new double[_m * _n];
            _size = new double[_m * _n];
            for (int i = 0; i < _m; i++)
            {
                for (int j = 0; j < _n; j++)
                {
                    double sum = _variant is 1 or 4 ? _c[(i * _n) + j] : 0, size = 1;
                    for (int t = 0; t < _k; t++)
                    {
                        double term = (double)(_ta ? _a[(t * _m) + i] : _a[(i * _k) + t]) * (_tb ? _b[(j * _k) + t] : _b[(t * _n) + j]) * (_variant == 3 ? _scale[t] : 1);
                        sum += term;
                        size += Math.Abs(term);
                    }

                    if (_variant == 2)
                        sum += _bias[j];
                    if (_variant == 4)
                        sum += _table[(_rows[i] * _n) + j];
                    if (_variant == 2 && sum < 0)
                        sum *= 0.2f;
                    (_expected[(i * _n) + j], _size[(i * _n) + j]) = (sum, size);
                }
            }
        }

        public void Check(string kernel, Product product)
        {
            if (_expected is null)
                Define();
            float[] result = Result(product);
            for (int at = 0; at < result.Length; at++)
            {
                if (!(Math.Abs(result[at] - _expected![at]) <= 1e-6 * _size![at]))
                    Assert.Fail($"kernel {kernel}, {_m}×{_n}×{_k}, A{(_ta ? "ᵀ" : "")}, B{(_tb ? "ᵀ" : "")}, variant {_variant}, element ({at / _n}, {at % _n}): {result[at]} instead of {_expected[at]}");
            }
        }

        /// <summary>Runs on exact-size native copies between guard values: variant 1 accumulates, 2 has bias and LeakyReLU, 3 scales the steps, 4 accumulates and has a bias chosen for each row.</summary>
        public float[] Result(Product product)
        {
            int ldc = _n + 3;
            float[] target = new float[(_m * ldc) + 16];
            Array.Fill(target, Guard);
            for (int i = 0; i < _m; i++)
                _c.AsSpan(i * _n, _n).CopyTo(target.AsSpan((i * ldc) + 8));
            float[] a = Guarded(_a), b = Guarded(_b), bias = Guarded(_bias), scale = Guarded(_scale), table = Guarded(_table);
            fixed (float* pa = a, pb = b, pt = target, pbias = bias, pscale = scale, ptable = table)
            fixed (int* rows = _rows)
            {
                MatrixView va = _ta ? new MatrixView(pa + 8, _k, _m).Transposed : new MatrixView(pa + 8, _m, _k);
                MatrixView vb = _tb ? new MatrixView(pb + 8, _n, _k).Transposed : new MatrixView(pb + 8, _k, _n);
                ProductOptions options = _variant switch
                {
                    1 => new() { Accumulate = true },
                    2 => new() { Bias = pbias + 8, Rectify = true, Slope = 0.2f },
                    3 => new() { StepScale = pscale + 8 },
                    4 => new() { Accumulate = true, Bias = ptable + 8, BiasRows = rows },
                    _ => default,
                };
                product(va, vb, pt + 8, ldc, options);
            }

            float[] result = new float[_m * _n];
            for (int i = 0; i < target.Length; i++)
            {
                int row = (i - 8) / ldc, column = (i - 8) % ldc;
                if (i >= 8 && row < _m && column < _n)
                    result[(row * _n) + column] = target[i];
                else if (target[i] != Guard)
                    Assert.Fail($"element {i} outside C was written");
            }

            return result;
        }

        // NaN around the operands: a value read from outside would spread into the result.
        private static float[] Guarded(float[] x)
        {
            float[] guarded = new float[x.Length + 16];
            Array.Fill(guarded, float.NaN);
            x.CopyTo(guarded, 8);
            return guarded;
        }
    }
}

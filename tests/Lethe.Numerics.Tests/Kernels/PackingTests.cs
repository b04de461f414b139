using Lethe.Numerics.Kernels;

namespace Lethe.Numerics.Tests.Kernels;

/// <summary>Transposes move every element once to its place, and nothing else is touched.</summary>
public sealed unsafe class PackingTests
{
    private const Real Guard = -1;

    [Fact]
    public void Transpose_of_any_size()
    {
        int[] sizes = [0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 15, 16, 17, 23, 24, 31, 33, 61, 128];
        foreach (int rows in sizes)
        {
            foreach (int columns in sizes)
            {
                Real[] x = [.. Enumerable.Range(0, rows * columns).Select(i => (Real)i), Guard], y = new Real[(rows * columns) + 16];
                Array.Fill(y, Guard);
                fixed (Real* from = x, to = y)
                    Packing.Transpose(from, rows, columns, to + 8);
                for (int i = 0; i < y.Length; i++)
                {
                    int at = i - 8;
                    Real expected = at >= 0 && at < rows * columns ? (at % rows * columns) + (at / rows) : Guard;
                    if (y[i] != expected)
                        Assert.Fail($"{rows}×{columns}, element {at} of the transpose: {y[i]} instead of {expected}");
                }
            }
        }
    }
}

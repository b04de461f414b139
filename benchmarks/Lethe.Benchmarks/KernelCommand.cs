using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Threading;

namespace Lethe.Benchmarks;

/// <summary>Matrix products of the sizes that training meets, as a share of what the multipliers of one core can do.</summary>
internal static unsafe class KernelCommand
{
    public static int Run()
    {
        ComputeThreads.Maximum = 1;
        Console.WriteLine("| product | GFLOP/s | share of peak |\n|---|---|---|");
        foreach ((int m, int n, int k, string mode) in new[]
        {
            (504, 256, 256, "nn"), (504, 256, 256, "nt"), (256, 256, 500, "tn"), (1008, 512, 512, "nn"), (64, 128, 128, "nn"), (64, 128, 128, "nt"),
            (128, 128, 64, "tn"), (128, 128, 128, "nt"), (500, 40, 256, "nt"), (500, 256, 40, "nn"), (64, 14, 128, "nt"), (14, 128, 64, "tn"), (3072, 192, 64, "nt"), (96, 96, 48, "nn"),
            (256, 256, 500, "tn"), (80, 256, 500, "tn"), (80, 128, 500, "tn"), (256, 128, 500, "tn"), (500, 256, 80, "nn"), (256, 1050, 150, "tn"), (50, 1050, 256, "nn"), (50, 256, 256, "nn"), (50, 256, 1050, "nt"), (500, 256, 128, "nt"), (500, 80, 256, "nt"), (500, 256, 256, "nn"),
            (500, 256, 414, "nt"), (256, 414, 500, "tn"), (150, 256, 910, "nt"), (256, 910, 150, "tn"), (192, 64, 3072, "tn"), (1, 256, 1000, "nn"), (1000, 256, 1, "nn"),
            (24, 24, 16, "nt"), (24, 16, 24, "nn"), (24, 16, 24, "tn"), (21, 192, 64, "nt"), (21, 64, 192, "nn"), (21, 72, 24, "nt"), (21, 24, 72, "nn"),
        })
        {
            double rate = Product(m, n, k, mode), peak = Peak();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {m}×{n}×{k} {mode} | {rate:F1} ({2e-3 * m * n * k / rate:F1} µs) | {rate / peak:P0} |"));
        }

        return 0;
    }

    /// <summary>Best GFLOP/s of a product; mode says for A and B whether they are transposed, e.g. <c>nt</c>.</summary>
    public static double Product(int m, int n, int k, string mode = "nt")
    {
        float[] a = GC.AllocateArray<float>(m * k, true), b = GC.AllocateArray<float>(n * k, true), c = GC.AllocateArray<float>(m * n, true);
        for (int i = 0; i < a.Length; i++)
            a[i] = (i % 7) - 3;
        for (int i = 0; i < b.Length; i++)
            b[i] = (i % 5) - 2;
        fixed (float* pa = a, pb = b, pc = c)
        {
            MatrixView left = mode[0] == 'n' ? new(pa, m, k) : new MatrixView(pa, k, m).Transposed;
            MatrixView right = mode[1] == 'n' ? new(pb, k, n) : new MatrixView(pb, n, k).Transposed;
            int repeats = Math.Max(1, (int)(2e7 / (2.0 * m * n * k)));
            double best = double.MaxValue;
            for (int round = 0; round < 120; round++)
            {
                long start = Stopwatch.GetTimestamp();
                for (int i = 0; i < repeats; i++)
                    MatrixProduct.Run(left, right, pc, n);
                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / repeats);
            }

            return 2.0 * m * n * k / best / 1e9;
        }
    }

    /// <summary>GFLOP/s of fused multiply-adds that never leave the registers.</summary>
    public static double Peak()
    {
        double best = 0;
        float[] sink = new float[16];
        for (int round = 0; round < 60; round++)
        {
            long start = Stopwatch.GetTimestamp();
            double flops = Vector512.IsHardwareAccelerated ? Burn512(100_000, sink) : Burn256(100_000, sink);
            best = Math.Max(best, flops / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Burn256(int steps, float[] sink)
    {
        Vector256<float> a = Vector256.Create(0.999f), b = Vector256.Create(0.001f);
        // Different starts, or the compiler would see ten equal chains and compute one.
        Vector256<float> x0 = a, x1 = a + b, x2 = x1 + b, x3 = x2 + b, x4 = x3 + b, x5 = x4 + b, x6 = x5 + b, x7 = x6 + b, x8 = x7 + b, x9 = x8 + b;
        for (int i = 0; i < steps; i++)
        {
            x0 = Vector256.MultiplyAddEstimate(x0, a, b);
            x1 = Vector256.MultiplyAddEstimate(x1, a, b);
            x2 = Vector256.MultiplyAddEstimate(x2, a, b);
            x3 = Vector256.MultiplyAddEstimate(x3, a, b);
            x4 = Vector256.MultiplyAddEstimate(x4, a, b);
            x5 = Vector256.MultiplyAddEstimate(x5, a, b);
            x6 = Vector256.MultiplyAddEstimate(x6, a, b);
            x7 = Vector256.MultiplyAddEstimate(x7, a, b);
            x8 = Vector256.MultiplyAddEstimate(x8, a, b);
            x9 = Vector256.MultiplyAddEstimate(x9, a, b);
        }

        // Stored, or the compiler would drop the loop.
        (x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9).CopyTo(sink);
        return steps * 10.0 * 8 * 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Burn512(int steps, float[] sink)
    {
        Vector512<float> a = Vector512.Create(0.999f), b = Vector512.Create(0.001f);
        // Different starts, or the compiler would see ten equal chains and compute one.
        Vector512<float> x0 = a, x1 = a + b, x2 = x1 + b, x3 = x2 + b, x4 = x3 + b, x5 = x4 + b, x6 = x5 + b, x7 = x6 + b, x8 = x7 + b, x9 = x8 + b;
        for (int i = 0; i < steps; i++)
        {
            x0 = Vector512.MultiplyAddEstimate(x0, a, b);
            x1 = Vector512.MultiplyAddEstimate(x1, a, b);
            x2 = Vector512.MultiplyAddEstimate(x2, a, b);
            x3 = Vector512.MultiplyAddEstimate(x3, a, b);
            x4 = Vector512.MultiplyAddEstimate(x4, a, b);
            x5 = Vector512.MultiplyAddEstimate(x5, a, b);
            x6 = Vector512.MultiplyAddEstimate(x6, a, b);
            x7 = Vector512.MultiplyAddEstimate(x7, a, b);
            x8 = Vector512.MultiplyAddEstimate(x8, a, b);
            x9 = Vector512.MultiplyAddEstimate(x9, a, b);
        }

        // Stored, or the compiler would drop the loop.
        (x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9).CopyTo(sink);
        return steps * 10.0 * 16 * 2;
    }
}

using System.Diagnostics;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Threading;

ComputeThreads.Maximum = 1;
unsafe
{
    foreach ((int m, int n, int k, string mode) in new[] { (504, 256, 256, "nn"), (504, 256, 256, "nt"), (256, 256, 500, "tn"), (64, 128, 128, "nn"), (64, 128, 128, "nt"), (128, 128, 64, "tn"), (128, 128, 128, "nt"), (500,40,256,"nt"), (64,14,128,"nt"), (1008, 512, 512, "nn") })
    {
        float[] a = GC.AllocateArray<float>(m * k, true), b = GC.AllocateArray<float>(n * k, true), c = GC.AllocateArray<float>(m * n, true);
        for (int i = 0; i < a.Length; i++) a[i] = i % 7 - 3;
        for (int i = 0; i < b.Length; i++) b[i] = i % 5 - 2;
        fixed (float* pa = a, pb = b, pc = c)
        {
            MatrixView A = mode[0] == 'n' ? new(pa, m, k) : new MatrixView(pa, k, m).Transposed;
            MatrixView B = mode[1] == 'n' ? new(pb, k, n) : new MatrixView(pb, n, k).Transposed;
            double best = 1e9;
            for (int r = 0; r < 200; r++)
            {
                long t = Stopwatch.GetTimestamp();
                for (int q = 0; q < 5; q++) MatrixProduct.Run(A, B, pc, n);
                best = Math.Min(best, Stopwatch.GetElapsedTime(t).TotalSeconds / 5);
            }
            Console.WriteLine($"{m}x{n}x{k} {mode}: {2.0 * m * n * k / best / 1e9:F1} GFLOP/s {best * 1e6:F1} us");
        }
    }
}

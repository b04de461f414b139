using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>
/// The strongest oscillations of each row: with X the discrete Fourier transform over its n steps, without bin 0 and, for even n,
/// bin n/2, the <see cref="Kept"/> bins of largest |X_k| give y_τ = Σ_k 2|X_k|·cos(2πkτ/n + arg X_k). No factor 1/n: y is n times
/// the projection on those bins. For the chosen bins y = A x with a symmetric A = 2 Σ_k (c_k c_kᵀ + s_k s_kᵀ), so the gradient
/// is the same map, the choice held fixed (Yuan and Qiao 2024, Fourier layer). Immutable; make it once per length.
/// </summary>
public sealed unsafe class DominantFrequencies
{
    private readonly Parameter _table;

    /// <summary>For rows of this many steps.</summary>
    /// <param name="steps">n, at least 1.</param>
    /// <param name="kept">Bins to keep; null: ⌊ln bins⌋ and at least 1.</param>
    public DominantFrequencies(int steps, int? kept = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        Steps = steps;
        Bins = (steps - 1) / 2;
        Kept = Math.Min(Bins, kept ?? Math.Max(1, (int)Math.Log(Math.Max(1, Bins))));
        _table = new Parameter("frequencies", new Shape(steps, 2 * Math.Max(1, Bins)), trainable: false);
        for (int t = 0; t < steps; t++)
        {
            for (int k = 1; k <= Bins; k++)
            {
                double angle = 2 * Math.PI * ((long)k * t % steps) / steps;
                _table.Values[(t * 2 * Bins) + k - 1] = (Real)Math.Cos(angle);
                _table.Values[(t * 2 * Bins) + Bins + k - 1] = (Real)Math.Sin(angle);
            }
        }
    }

    /// <summary>n.</summary>
    public int Steps { get; }

    /// <summary>Bins to choose from: 1 … ⌈n/2⌉ − 1.</summary>
    public int Bins { get; }

    /// <summary>Bins that are kept in each row.</summary>
    public int Kept { get; }

    /// <summary>[.., n] → [.., n]; zeros where n has no bin to choose from (n below 3).</summary>
    public Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Columns != Steps)
            throw new ArgumentException($"DominantFrequencies: x {x.Shape} should have {Steps} steps on its last axis.", nameof(x));
        return FrequencyNode.Apply(x, this);
    }

    // waves ← from·table: the real parts of the bins, then their imaginary parts with the sign turned.
    private void Analyse(Real* from, Real* waves, int rows) =>
        MatrixProduct.Run(new MatrixView(from, rows, Steps), _table.Matrix, waves, 2 * Bins);

    // to ← (waves, other bins cleared)·2 tableᵀ
    private void Synthesise(Real* waves, Real* chosen, Real* to, int rows)
    {
        int length = rows * 2 * Bins;
        TensorPrimitives.Multiply(new ReadOnlySpan<Real>(waves, length), new ReadOnlySpan<Real>(chosen, length), new Span<Real>(waves, length));
        MatrixProduct.Run(new MatrixView(waves, rows, 2 * Bins), _table.Matrix.Transposed, to, Steps);
    }

    // 2 at both parts of the bins with the largest |X_k|², 0 elsewhere; of equal ones the lower bin.
    private void Choose(Real* waves, Real* chosen, int rows)
    {
        Real* power = stackalloc Real[Bins];
        new Span<Real>(chosen, rows * 2 * Bins).Clear();
        for (int row = 0; row < rows; row++, waves += 2 * Bins, chosen += 2 * Bins)
        {
            for (int k = 0; k < Bins; k++)
                power[k] = (waves[k] * waves[k]) + (waves[Bins + k] * waves[Bins + k]);
            for (int pick = 0; pick < Kept; pick++)
            {
                int best = 0;
                for (int k = 1; k < Bins; k++)
                    best = power[k] > power[best] ? k : best;
                power[best] = -1;
                chosen[best] = chosen[Bins + best] = 2;
            }
        }
    }

    private sealed class FrequencyNode : Node
    {
        private Tensor _x = null!, _chosen = null!;
        private DominantFrequencies _map = null!;

        public override string Operation => "DominantFrequencies";

        public static Tensor Apply(Tensor x, DominantFrequencies map)
        {
            Tape tape = x.RequireTape("DominantFrequencies");
            if (map.Bins == 0)
                return tape.Constant(x.Shape, 0);
            int rows = x.Shape.Rows;
            Tensor y = tape.Allocate(x.Shape), chosen = tape.Allocate(new Shape(rows, 2 * map.Bins));
            Real* waves = tape.Rent(rows * 2 * map.Bins);
            map.Analyse(x.Data, waves, rows);
            map.Choose(waves, chosen.Data, rows);
            map.Synthesise(waves, chosen.Data, y.Data, rows);
            tape.Return(waves, chosen.Length);
            if (tape.Record<FrequencyNode>(y, x.NeedsGradient) is { } node)
                (node._x, node._chosen, node._map) = (x, chosen, map);
            return y;
        }

        public override void Backward(GradientPass pass)
        {
            Tape tape = Output.Tape!;
            int rows = Output.Shape.Rows;
            Real* waves = tape.Rent(_chosen.Length), dx = pass.Begin(_x);
            _map.Analyse(Output.GradientData, waves, rows);
            _map.Synthesise(waves, _chosen.Data, dx, rows);
            tape.Return(waves, _chosen.Length);
            pass.End(_x, dx);
        }
    }
}

namespace Lethe.Synthesis.Tabular.Ctgan;

/// <summary>The options with every "none" resolved for a number of rows.</summary>
/// <param name="Small">True when the small-table values were taken.</param>
/// <param name="Steps">Generator steps in all.</param>
/// <param name="Batch">Rows per step, a multiple of <paramref name="Pac"/>.</param>
/// <param name="Pac">Rows that the critic judges together.</param>
/// <param name="Noise">Width of z.</param>
/// <param name="Dropout">Dropout of the critic.</param>
internal sealed record CtganSettings(bool Small, long Steps, int Batch, int Pac, int Noise, double Dropout)
{
    /// <summary>Below this many rows the published settings train too few steps.</summary>
    public const int SmallBelow = 2000;

    private const int PublishedBatch = 500;
    private const int PublishedEpochs = 300;
    private const int SmallSteps = 3000;
    private const double SmallHeldOut = 0.15;

    /// <summary>Share of rows to keep apart.</summary>
    public static double HeldOutShare(CtganOptions options, int rows) => options.HeldOutShare ?? (rows < SmallBelow ? SmallHeldOut : 0);

    /// <summary>Resolves the options.</summary>
    /// <param name="options">As given.</param>
    /// <param name="rows">Rows that train.</param>
    public static CtganSettings Resolve(CtganOptions options, int rows)
    {
        bool small = rows < SmallBelow;
        int pac = options.Pac ?? (small && rows < 500 ? 5 : 10);
        int wanted = options.BatchSize ?? (small ? Math.Min(PublishedBatch, rows / 2 / (2 * pac) * 2 * pac) : PublishedBatch);
        int batch = Math.Max(pac, wanted / pac * pac);
        batch = batch < 2 ? 2 : batch; // batch normalisation needs two rows
        int perEpoch = Math.Max(rows / batch, 1);
        long steps = options.Epochs is { } epochs ? (long)epochs * perEpoch : small ? SmallSteps : (long)PublishedEpochs * perEpoch;
        return new CtganSettings(small, steps, batch, pac, options.Noise ?? (small ? 64 : 128), options.Dropout ?? (small ? 0.25 : 0.5));
    }
}

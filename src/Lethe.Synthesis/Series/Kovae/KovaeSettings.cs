using Lethe.Numerics.Optimisers;

namespace Lethe.Synthesis.Series.Kovae;

/// <summary>The options with every "none" resolved for a number of training stays.</summary>
/// <param name="Sizes">Widths.</param>
/// <param name="Steps">Training steps.</param>
/// <param name="Rate">Step size.</param>
/// <param name="Every">Steps between validations.</param>
/// <param name="Patience">Validations without a better one that stop training.</param>
internal sealed record KovaeSettings(KovaeSizes Sizes, long Steps, LearningRateSchedule Rate, int Every, int Patience)
{
    // Fewer stays than this are learnt by heart after long training: no more than 200 passes then.
    private const int FewStays = 1000;
    private const int MostPassesOfFew = 200;
    private const int PaperEpochs = 600;
    private const int CpuSteps = 12_000;

    // Stays with gaps have several times the columns of benchmark windows: wider networks, fewer and dearer steps.
    private const int CpuStepsWithGaps = 5_000;
    private const int CpuHiddenWithGaps = 48;
    private const int Validations = 50;

    /// <summary>Resolves the options.</summary>
    /// <param name="options">As given.</param>
    /// <param name="stays">Stays that train.</param>
    /// <param name="perEpoch">Steps of a pass.</param>
    /// <param name="gaps">Whether cells are missing.</param>
    public static KovaeSettings Resolve(KovaeOptions options, int stays, int perEpoch, bool gaps)
    {
        bool cpu = options.Preset == SeriesPreset.Cpu;
        long steps = options.Epochs is { } epochs ? (long)epochs * perEpoch : cpu ? (gaps ? CpuStepsWithGaps : CpuSteps) : (long)PaperEpochs * perEpoch;
        if (options.Epochs is null && stays < FewStays)
            steps = Math.Min(steps, (long)MostPassesOfFew * perEpoch);
        double rate = options.LearningRate ?? (cpu ? 3e-3 : 7e-4);
        return new KovaeSettings(
            new KovaeSizes(options.Hidden ?? (cpu && gaps ? CpuHiddenWithGaps : 20), options.Layers ?? 3, options.Latent ?? 16),
            steps,
            cpu ? new LearningRateSchedule.Cosine(rate, rate / 100, steps) : new LearningRateSchedule.Constant(rate),
            (int)Math.Max(1, steps / Validations),
            cpu ? 12 : Validations);
    }
}

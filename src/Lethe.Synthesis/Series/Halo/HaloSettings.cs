namespace Lethe.Synthesis.Series.Halo;

/// <summary>Settings with every value decided.</summary>
/// <param name="Width">d.</param>
/// <param name="Blocks">Transformer blocks.</param>
/// <param name="Heads">Attention heads.</param>
/// <param name="Bins">Most bins of a channel.</param>
/// <param name="StaticBins">Most bins of a numeric static column.</param>
/// <param name="Batch">Stays per step.</param>
/// <param name="Epoch">Steps of one pass.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="LearningRate">At the start.</param>
/// <param name="FinalRate">At the last step.</param>
internal sealed record HaloSettings(int Width, int Blocks, int Heads, int Bins, int StaticBins, int Batch, int Epoch, long Steps, double LearningRate, double FinalRate)
{
    private const int ManyStays = 5000;
    private const int PaperEpochs = 50;
    private const int CpuEpochs = 15;
    private const long LeastCpuSteps = 1500, MostCpuSteps = 6000;

    // Below a thousand stays training stops at 200 updates a stay, divided by the batch, whatever the validation says.
    private const int FewStays = 1000;
    private const int UpdatesPerStay = 200;

    /// <exception cref="SynthesisException">The heads do not divide the width.</exception>
    public static HaloSettings Resolve(HaloOptions options, int stays, int trained)
    {
        bool paper = options.Preset == SeriesPreset.Paper;
        int width = options.Width ?? (paper ? 768 : 128), heads = options.Heads ?? (paper ? 12 : 4);
        if (width % heads != 0)
            throw new SynthesisException($"{heads} heads do not divide a width of {width}; choose a width that is a multiple of the heads.");
        int bins = options.Bins ?? (paper ? 100 : stays < ManyStays ? 20 : 50), batch = Math.Min(options.BatchSize ?? (paper ? 48 : 16), Math.Max(1, trained));
        int epoch = (trained + batch - 1) / batch;
        long steps = (long)(options.Epochs ?? (paper ? PaperEpochs : CpuEpochs)) * epoch;
        if (options.Epochs is null && !paper)
            steps = Math.Clamp(steps, LeastCpuSteps, MostCpuSteps);
        if (stays < FewStays)
            steps = Math.Min(steps, Math.Max(epoch, (long)UpdatesPerStay * trained / batch));
        double rate = options.LearningRate ?? (paper ? 1e-4 : 1e-3);
        return new HaloSettings(width, options.Blocks ?? (paper ? 12 : 4), heads, bins, Math.Min(bins, 20), batch, Math.Max(1, epoch), Math.Max(1, steps), rate, paper ? rate : rate / 10);
    }
}

namespace Lethe.Synthesis.Series.Rcgan;

/// <summary>
/// The options with every "none" resolved. Complete series without statics, and everything under the paper preset, get the
/// published values, but for noise that a series keeps, in the cpu preset; patients' stays, with statics or with missing cells, those
/// with which training on them is stable.
/// </summary>
/// <param name="Stabilised">True for series with statics or missing cells under the cpu preset.</param>
/// <param name="Batch">Stays per round.</param>
/// <param name="Latent">Width of the noise at each step.</param>
/// <param name="StayNoise">Width of the noise that a stay keeps at all its steps.</param>
/// <param name="InputNoise">Noise on whatever the discriminator judges.</param>
/// <param name="DiscriminatorRounds">Discriminator rounds per step.</param>
/// <param name="GeneratorRounds">Generator rounds per step.</param>
/// <param name="DiscriminatorRate">Step size of the discriminator: of Adam for stays, else of gradient descent.</param>
/// <param name="WrongLabels">Weight of real series with another stay's statics, shown as wrong.</param>
/// <param name="Steps">Most steps.</param>
/// <param name="Capped">True when few stays cut the number of steps.</param>
internal sealed record RcganSettings(
    bool Stabilised, int Batch, int Latent, int StayNoise, double InputNoise, int DiscriminatorRounds, int GeneratorRounds, double DiscriminatorRate, double WrongLabels, int Steps, bool Capped)
{
    private const int Epochs = 1000;
    private const int CpuWindowSteps = 6000, CpuStaySteps = 4000;

    // Against copying: at most this many passes over few stays.
    private const int FewStays = 1000;
    private const int MostPasses = 200;

    /// <summary>Rounds of both networks in a step.</summary>
    public int Rounds => DiscriminatorRounds + GeneratorRounds;

    /// <summary>Resolves the options.</summary>
    /// <param name="options">As given.</param>
    /// <param name="count">Stays that train.</param>
    /// <param name="stays">Whether series have statics or missing cells.</param>
    public static RcganSettings Resolve(RcganOptions options, int count, bool stays)
    {
        bool stable = stays && options.Preset == SeriesPreset.Cpu;
        int batch = Math.Min(options.BatchSize ?? (stable ? 64 : 28), count);
        int discriminator = options.DiscriminatorRounds ?? (stays ? 1 : 5), generator = options.GeneratorRounds ?? (stays && !stable ? 3 : 1);
        int most = count < FewStays ? Math.Max(1, MostPasses * count / batch) : int.MaxValue;
        int cap = options.Preset == SeriesPreset.Paper ? int.MaxValue : stays ? CpuStaySteps : CpuWindowSteps;
        int wanted = options.Steps ?? Math.Min(cap, Epochs * StepsPerEpoch(count, batch, discriminator + generator));
        return new RcganSettings(
            stable, batch, options.Latent ?? (stays ? 10 : 5), options.StayNoise ?? (options.Preset == SeriesPreset.Cpu ? 10 : 0), options.InputNoise ?? (stable ? 0.3 : 0),
            discriminator, generator, options.DiscriminatorRate ?? (stable ? 3e-4 : 0.1), options.WrongLabels ?? (stable ? 0.2 : 0), Math.Min(wanted, most), wanted > most);
    }

    /// <summary>Steps of a pass: each round takes a batch of its own.</summary>
    public static int StepsPerEpoch(int stays, int batch, int rounds) => Math.Max(1, stays / batch / rounds);
}

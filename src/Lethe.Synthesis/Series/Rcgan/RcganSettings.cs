namespace Lethe.Synthesis.Series.Rcgan;

/// <summary>The options with every "none" resolved.</summary>
/// <param name="Batch">Stays per round.</param>
/// <param name="Latent">Width of the noise at each step.</param>
/// <param name="DiscriminatorRounds">Discriminator rounds per step.</param>
/// <param name="GeneratorRounds">Generator rounds per step.</param>
/// <param name="Steps">Most steps.</param>
/// <param name="Capped">True when few stays cut the number of steps.</param>
internal sealed record RcganSettings(int Batch, int Latent, int DiscriminatorRounds, int GeneratorRounds, int Steps, bool Capped)
{
    private const int Epochs = 1000;
    private const int CpuSteps = 6000;

    // Against copying: at most this many passes over few stays.
    private const int FewStays = 1000;
    private const int MostPasses = 200;

    /// <summary>Rounds of both networks in a step.</summary>
    public int Rounds => DiscriminatorRounds + GeneratorRounds;

    /// <summary>Resolves the options.</summary>
    /// <param name="options">As given.</param>
    /// <param name="stays">Stays that train.</param>
    /// <param name="conditional">Whether series are generated given statics.</param>
    public static RcganSettings Resolve(RcganOptions options, int stays, bool conditional)
    {
        int batch = Math.Min(options.BatchSize, stays);
        int discriminator = options.DiscriminatorRounds ?? (conditional ? 1 : 5), generator = options.GeneratorRounds ?? (conditional ? 3 : 1);
        int most = stays < FewStays ? Math.Max(1, MostPasses * stays / batch) : int.MaxValue;
        int wanted = options.Steps ?? Math.Min(options.Preset == SeriesPreset.Cpu ? CpuSteps : int.MaxValue, Epochs * StepsPerEpoch(stays, batch, discriminator + generator));
        return new RcganSettings(batch, options.Latent ?? (conditional ? 10 : 5), discriminator, generator, Math.Min(wanted, most), wanted > most);
    }

    /// <summary>Steps of a pass: each round takes a batch of its own.</summary>
    public static int StepsPerEpoch(int stays, int batch, int rounds) => Math.Max(1, stays / batch / rounds);
}

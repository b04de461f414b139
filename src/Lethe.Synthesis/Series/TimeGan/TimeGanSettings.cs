namespace Lethe.Synthesis.Series.TimeGan;

/// <summary>
/// The options with every "none" resolved for a number of training stays. The published balance (moments and supervision at weight 100, one
/// update of the discriminator for two of the generator) drowns what the discriminator says in the noise of the moments of a batch, so
/// that a generator which drives all columns by one or two numbers lasts for tens of thousands of steps. The cpu preset cannot
/// wait for that: it weighs both less and lets the discriminator learn faster.
/// </summary>
internal sealed record TimeGanSettings
{
    // Fewer stays than this are learnt by heart after long training: no phase makes more than 200 passes then.
    private const int FewStays = 1000;
    private const int MostPassesOfFew = 200;

    /// <summary>Steps of the first phase.</summary>
    public required long Embedding { get; init; }

    /// <summary>Steps of the second.</summary>
    public required long Supervised { get; init; }

    /// <summary>Steps of the third.</summary>
    public required long Joint { get; init; }

    /// <summary>Width of the noise that a stay keeps at all its steps.</summary>
    public int StayNoise { get; init; }

    /// <summary>Updates of generator and embedder in a joint step.</summary>
    public int GeneratorRounds { get; init; } = 2;

    /// <summary>Updates of the discriminator in a joint step.</summary>
    public int DiscriminatorRounds { get; init; } = 1;

    /// <summary>Step size of the discriminator, as a multiple of the others'.</summary>
    public double DiscriminatorPace { get; init; } = 1;

    /// <summary>Weight of V in the generator's loss.</summary>
    public float MomentWeight { get; init; } = 100;

    /// <summary>Weight of √L_S in the generator's loss.</summary>
    public float SupervisedWeight { get; init; } = 100;

    /// <summary>β₁ of generator's and discriminator's Adam in the joint phase.</summary>
    public double JointBeta1 { get; init; } = 0.9;

    /// <summary>Decay of the moving average of the weights over joint steps; 0: none.</summary>
    public double AverageDecay { get; init; }

    /// <summary>What the joint learning rate falls to as a cosine, as a share of the first; 1: it stays.</summary>
    public double LeastRate { get; init; } = 1;

    /// <summary>Steps of all phases.</summary>
    public long Steps => Embedding + Supervised + Joint;

    /// <summary>Resolves the options.</summary>
    /// <param name="options">As given.</param>
    /// <param name="stays">Training stays.</param>
    /// <param name="batch">Stays per step.</param>
    public static TimeGanSettings Resolve(TimeGanOptions options, int stays, int batch)
    {
        bool cpu = options.Preset == SeriesPreset.Cpu;
        long most = stays < FewStays ? Math.Max(1, (long)MostPassesOfFew * stays / batch) : long.MaxValue;
        return new TimeGanSettings
        {
            Embedding = options.EmbeddingSteps ?? Math.Min(most, cpu ? 1500 : 50_000),
            Supervised = options.SupervisedSteps ?? Math.Min(most, cpu ? 700 : 50_000),
            Joint = options.JointSteps ?? Math.Min(most, cpu ? 4000 : 50_000),
            StayNoise = options.StayNoise ?? (cpu ? 24 : 0),
            GeneratorRounds = options.GeneratorRounds ?? (cpu ? 1 : 2),
            DiscriminatorRounds = options.DiscriminatorRounds ?? (cpu ? 3 : 1),
            DiscriminatorPace = options.DiscriminatorRate / options.LearningRate ?? (cpu ? 3 : 1),
            MomentWeight = (float)(options.MomentWeight ?? (cpu ? 5 : 100)),
            SupervisedWeight = (float)(options.SupervisedWeight ?? (cpu ? 10 : 100)),
            JointBeta1 = cpu ? 0.5 : 0.9,
            AverageDecay = options.AverageDecay ?? (cpu ? 0.995 : 0),
            LeastRate = cpu ? 0.1 : 1,
        };
    }
}

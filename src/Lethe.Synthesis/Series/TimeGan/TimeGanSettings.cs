namespace Lethe.Synthesis.Series.TimeGan;

/// <summary>The options with every "none" resolved for a number of training stays.</summary>
/// <param name="Embedding">Steps of the first phase.</param>
/// <param name="Supervised">Steps of the second.</param>
/// <param name="Joint">Steps of the third.</param>
/// <param name="AverageDecay">Decay of the moving average of the weights over joint steps; 0: none.</param>
/// <param name="LeastRate">What the joint learning rate falls to as a cosine, as a share of the first; 1: it stays.</param>
internal sealed record TimeGanSettings(long Embedding, long Supervised, long Joint, double AverageDecay, double LeastRate)
{
    // Fewer stays than this are learnt by heart after long training: no phase makes more than 200 passes then.
    private const int FewStays = 1000;
    private const int MostPassesOfFew = 200;

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
        return new TimeGanSettings(
            options.EmbeddingSteps ?? Math.Min(most, cpu ? 2000 : 50_000),
            options.SupervisedSteps ?? Math.Min(most, cpu ? 1000 : 50_000),
            options.JointSteps ?? Math.Min(most, cpu ? 3500 : 50_000),
            options.AverageDecay ?? (cpu ? 0.995 : 0),
            cpu ? 0.1 : 1);
    }
}

namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>The options with every "none" resolved for a cohort.</summary>
/// <param name="Options">As given.</param>
/// <param name="BinHours">Hours of a time bin.</param>
/// <param name="Batch">Stays per step, at least 2: batch normalisation needs two.</param>
/// <param name="Steps">Generator steps.</param>
internal sealed record GhostsSettings(GhostsOptions Options, double BinHours, int Batch, int Steps)
{
    private const int CpuSteps = 3000;
    private const int PaperEpochs = 400;
    private const double CpuBinHours = 1, PaperBinHours = 0.5;

    // Against copying: at most this many passes over few stays.
    private const int FewStays = 1000;
    private const int MostPasses = 200;

    /// <summary>True when the number of steps was cut because there are few stays.</summary>
    public bool Capped { get; private init; }

    private bool IsCpu => Options.Preset == SeriesPreset.Cpu;

    /// <summary>Resolves the options.</summary>
    /// <param name="options">As given.</param>
    /// <param name="stays">Training stays.</param>
    /// <param name="binFor">The bin width for a preset's width, see <see cref="GhostsEncoder.BinFor"/>.</param>
    public static GhostsSettings Resolve(GhostsOptions options, int stays, Func<double, double> binFor)
    {
        bool cpu = options.Preset == SeriesPreset.Cpu;
        int batch = Math.Clamp(stays, 2, options.BatchSize);
        int wanted = options.Steps ?? (cpu ? CpuSteps : Math.Max(1, PaperEpochs * (stays / batch)));
        int most = stays < FewStays ? Math.Max(1, MostPasses * stays / batch) : int.MaxValue;
        return new GhostsSettings(options, options.BinHours ?? binFor(cpu ? CpuBinHours : PaperBinHours), batch, Math.Min(wanted, most)) { Capped = wanted > most };
    }

    /// <summary>Rows per LSTM step, S.</summary>
    /// <param name="rows">Most rows of a stay.</param>
    public int BlockFor(int rows)
    {
        int lstmSteps = IsCpu ? 60 : 50; // below the paper's 10 to 60, blocks show as a saw-tooth after short training
        return Math.Min(rows, Options.Block ?? (rows + lstmSteps - 1) / lstmSteps);
    }
}

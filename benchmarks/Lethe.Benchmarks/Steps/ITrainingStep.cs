namespace Lethe.Benchmarks.Steps;

/// <summary>One optimiser step of a model, ready to be repeated.</summary>
internal interface ITrainingStep
{
    void Run();
}

/// <summary>A step by the name it has in the tables, and the PyTorch script of the same step.</summary>
/// <param name="Name">For example <c>gan-small</c>.</param>
/// <param name="Script">File in benchmarks/peers; null for steps compared with themselves.</param>
/// <param name="Make">Builds the step.</param>
/// <param name="Private">The same step with per-example clipping, if it has one.</param>
/// <param name="Layout">What the script must know of the data, if anything.</param>
internal sealed record StepKind(string Name, string? Script, Func<ITrainingStep> Make, Func<ITrainingStep>? Private = null, Func<string>? Layout = null);

/// <summary>Every step of the tables.</summary>
internal static class StepKinds
{
    public static IReadOnlyList<StepKind> All { get; } =
    [
        new("gan-small", "gan.py", () => new GanStep(batch: 64, columns: 14, width: 128, noise: 32)),
        new("gan-large", "gan.py", () => new GanStep(batch: 500, columns: 40, width: 256, noise: 64)),
        new("ctgan-300", "ctgan.py", () => new CtganEpoch(300), Layout: () => CtganEpoch.Layout(300)),
        new("ctgan-20000", "ctgan.py", () => new CtganEpoch(20_000), Layout: () => CtganEpoch.Layout(20_000)),
        new("gru", "sequence.py", () => SequenceStep.Gru()),
        new("gru-small", "sequence.py", SequenceStep.GruSmall),
        new("lstm-small", "sequence.py", SequenceStep.LstmSmall),
        new("transformer", "sequence.py", () => SequenceStep.Transformer(dropout: 0)),
        new("transformer-dropout", "sequence.py", () => SequenceStep.Transformer(dropout: 0.1)),
        new("rcgan", "series_rcgan.py", () => new RcganStep()),
        new("ghosts", "series_ghosts.py", () => new GhostsStep()),
        new("kovae", "series_kovae.py", SeriesStep.Kovae),
        new("timegan", "series_timegan.py", SeriesStep.TimeGan),
        new("halo", "series_halo.py", () => new HaloStep()),
        new("diffusion-ts", "series_diffusion_ts.py", () => new DiffusionTsStep()),
        new("dp-mlp", null, () => new MlpStep(isPrivate: false), () => new MlpStep(isPrivate: true)),
        new("dp-gru", null, () => SequenceStep.Gru(), () => SequenceStep.Gru(isPrivate: true)),
        new("dp-transformer", null, () => SequenceStep.Transformer(dropout: 0), () => SequenceStep.Transformer(dropout: 0, isPrivate: true)),
    ];
}

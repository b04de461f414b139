using Lethe.Data.Schemas;
using Lethe.Data.Simulation.HeartClinic;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Tabular.Adversarial;
using Lethe.Synthesis.Tabular.Ctgan;

namespace Lethe.Benchmarks.Steps;

/// <summary>One epoch of CTGAN with its published sizes on 14 simulated columns; peers/ctgan.py is the same in PyTorch.</summary>
internal sealed class CtganEpoch : ITrainingStep
{
    private const int Columns = 14;

    private readonly CtganTrainer _trainer;
    private readonly long _steps;

    public CtganEpoch(int rows)
    {
        TrainingRows training = Rows(rows);
        CtganOptions published = new() { Epochs = 1, BatchSize = 500, Pac = 10, Noise = 128, Dropout = 0.5, HeldOutShare = 0 };
        CtganSettings settings = CtganSettings.Resolve(published, training.Count);
        _steps = settings.Steps;
        _trainer = new CtganTrainer(training, ConditionSampler.Fit(training), published, settings, new Seed(1));
    }

    /// <summary>The layout of an encoded row, for the peer: <c>t</c> a scalar, a number one-hot, with <c>*</c> a discrete column.</summary>
    public static string Layout(int rows) => string.Join(',', Rows(rows).Encoder.Blocks.Select(b =>
        !b.IsOneHot ? "t" : b.IsDiscreteColumn ? $"{b.Width}*" : $"{b.Width}"));

    public void Run()
    {
        for (long i = 0; i < _steps; i++)
            _trainer.StepOnce();
    }

    private static TrainingRows Rows(int rows)
    {
        Table table = HeartClinicSimulator.Simulate(rows, new Seed(1));
        HashSet<string> kept = [.. table.Schema.Columns.Where(c => c.IsModelled).Take(Columns).Select(c => c.Name)];
        return TrainingRows.Prepare(table.Where(c => kept.Contains(c.Name)), NumericCoding.Modes, 0, new FitContext { Seed = new Seed(1) });
    }
}

using Lethe.Data.Tables;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Results;

namespace Lethe.Synthesis.Tabular.Adversarial;

/// <summary>
/// The loop around two networks that train against each other: steps, progress, held-out score, best snapshot, checkpoint
/// and resume. Methods supply the step.
/// </summary>
internal abstract class AdversarialTrainer
{
    private readonly List<double> _steps = [], _critic = [], _generator = [], _scoreSteps = [], _scores = [];
    private float[][]? _best;
    private double _bestScore = double.NegativeInfinity;

    /// <summary>The generator: what snapshots keep and sampling uses.</summary>
    protected abstract Module Generator { get; }

    /// <summary>The discriminator or critic.</summary>
    protected abstract Module Critic { get; }

    /// <summary>Both optimisers, generator's first.</summary>
    protected abstract IReadOnlyList<Optimiser> Optimisers { get; }

    /// <summary>Every stream that steps draw from, by name; replaced when a checkpoint is resumed.</summary>
    protected abstract IDictionary<string, RandomStream> Streams { get; }

    /// <summary>Names of the two losses, critic's first, as reports show them.</summary>
    protected abstract (string Critic, string Generator) LossNames { get; }

    /// <summary>Curves for the report.</summary>
    public IReadOnlyList<Results.Series> Curves =>
    [
        new Results.Series(LossNames.Critic, _steps, _critic),
        new Results.Series(LossNames.Generator, _steps, _generator),
        .. _scores.Count == 0 ? Array.Empty<Results.Series>() : [new Results.Series("held-out score (1 is best)", _scoreSteps, _scores)],
    ];

    /// <summary>Step whose generator was kept; null without held-out rows.</summary>
    public long? BestStep { get; private set; }

    /// <summary>One step outside the loop, for benchmarks.</summary>
    public void StepOnce() => Step();

    /// <summary>One step of critic and generator.</summary>
    /// <returns>Both losses.</returns>
    protected abstract (double Critic, double Generator) Step();

    /// <summary>Trains.</summary>
    /// <param name="context">Progress, cancellation, checkpoint folder.</param>
    /// <param name="steps">Steps in all.</param>
    /// <param name="every">Steps between held-out scores, curve points and checkpoints.</param>
    /// <param name="identity">Text that a checkpoint must carry to be resumed: method, settings, data shape, seed.</param>
    /// <param name="score">Scores a sample; null trains to the last step.</param>
    /// <param name="sample">Draws a sample from the generator as it is.</param>
    /// <exception cref="OperationCanceledException">Cancelled after the running step; a checkpoint was written when there is a folder.</exception>
    public void Run(FitContext context, long steps, int every, string identity, HeldOutScore? score, Func<Table> sample)
    {
        AdversarialCheckpoint? checkpoint = AdversarialCheckpoint.In(context.CheckpointFolder, identity);
        long step = checkpoint?.Resume(this) ?? 0;
        while (step < steps)
        {
            if (context.Cancellation.IsCancellationRequested)
            {
                checkpoint?.Save(this, step);
                context.Cancellation.ThrowIfCancellationRequested();
            }

            (double critic, double generator) = Step();
            step++;
            if (step % every == 0 || step == steps)
            {
                _steps.Add(step);
                _critic.Add(critic);
                _generator.Add(generator);
                if (score is not null)
                    Consider(step, score.Of(sample()));
                if (step < steps)
                    checkpoint?.Save(this, step);
            }

            if (step % 10 == 0 || step == steps)
                context.Progress?.Report(new FitProgress("training", step, steps, new Dictionary<string, double> { [LossNames.Critic] = critic, [LossNames.Generator] = generator }));
        }

        if (_best is not null)
            Put(Generator, _best);
        checkpoint?.Remove();
    }

    /// <summary>What a checkpoint holds besides networks, optimisers and streams.</summary>
    internal (double[][] Lists, float[][]? Best) SaveHistory() =>
        ([[.. _steps], [.. _critic], [.. _generator], [.. _scoreSteps], [.. _scores], [_bestScore, BestStep ?? -1]], _best);

    /// <summary>Continues from what <see cref="SaveHistory"/> gave.</summary>
    internal void LoadHistory(double[][] lists, float[][]? best)
    {
        _steps.AddRange(lists[0]);
        _critic.AddRange(lists[1]);
        _generator.AddRange(lists[2]);
        _scoreSteps.AddRange(lists[3]);
        _scores.AddRange(lists[4]);
        _bestScore = lists[5][0];
        BestStep = lists[5][1] < 0 ? null : (long)lists[5][1];
        _best = best;
    }

    internal (Module Generator, Module Critic, IReadOnlyList<Optimiser> Optimisers, IDictionary<string, RandomStream> Streams) Parts =>
        (Generator, Critic, Optimisers, Streams);

    private void Consider(long step, double score)
    {
        _scoreSteps.Add(step);
        _scores.Add(score);
        if (score <= _bestScore)
            return;
        _bestScore = score;
        BestStep = step;
        _best = [.. Generator.State.Select(p => p.Values.ToArray())];
    }

    private static void Put(Module module, float[][] state)
    {
        for (int i = 0; i < state.Length; i++)
            state[i].CopyTo(module.State[i].Values);
    }
}

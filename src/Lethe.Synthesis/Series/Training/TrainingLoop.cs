using Lethe.Numerics.Layers;
using Lethe.Numerics.Threading;
using Lethe.Numerics.Training;

namespace Lethe.Synthesis.Series.Training;

/// <summary>
/// The loop around a method's training step: losses and progress, validation with the best state kept and early stopping,
/// checkpoint and resume that gives the same bits as training that was never stopped. Methods supply the step.
/// </summary>
internal abstract class TrainingLoop
{
    private const string FileName = "training.safetensors";
    private const string Validation = "validation loss";

    private readonly SortedDictionary<string, (List<double> Steps, List<double> Values)> _curves = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (double Sum, int Count)> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _latest = [];
    private float[][]? _best;
    private double _bestLoss = double.PositiveInfinity;
    private int _worse;

    /// <summary>The networks that sampling uses: what the best state is taken of.</summary>
    protected abstract IReadOnlyList<Module> Kept { get; }

    /// <summary>Names of all losses that steps add and the curves show.</summary>
    protected abstract IReadOnlyList<string> LossNames { get; }

    /// <summary>Curves for the report.</summary>
    public IReadOnlyList<Results.Series> Curves => [.. _curves.Where(c => c.Value.Steps.Count > 0).Select(c => new Results.Series(c.Key, [.. c.Value.Steps], [.. c.Value.Values]))];

    /// <summary>Step whose state was kept; null when training went to the last step without validation.</summary>
    public long? BestStep { get; private set; }

    /// <summary>Registers all that a resumed training needs: networks, optimisers, averages, streams.</summary>
    protected abstract void Register(Checkpoint checkpoint);

    /// <summary>One training step.</summary>
    /// <param name="step">Its number, from 0.</param>
    protected abstract void Step(long step);

    /// <summary>Loss on data kept apart, lower is better; NaN: no validation. Draws only from streams of its own that begin anew each time.</summary>
    protected virtual double Validate() => double.NaN;

    /// <summary>Exchanges weights and their moving average where the method samples from an average; called in pairs.</summary>
    protected virtual void SwapAverage()
    {
    }

    /// <summary>Adds a loss of the running step to its curve.</summary>
    protected void Add(string name, double value)
    {
        (double sum, int count) = _running.GetValueOrDefault(name);
        _running[name] = (sum + value, count + 1);
        _latest[name] = value;
    }

    /// <summary>One step outside the loop, for benchmarks.</summary>
    public void StepOnce(long step = 0) => Step(step);

    /// <summary>Trains; afterwards the kept networks hold the best state (or the average, or the last).</summary>
    /// <exception cref="OperationCanceledException">Cancelled after the running step; a checkpoint was written when there is a folder.</exception>
    public void Run(FitContext context, TrainingPlan plan)
    {
        using ComputeThreads.Scope threads = ComputeThreads.Limit(context.MaxThreads ?? ComputeThreads.Available);
        foreach (string name in (string[])[.. LossNames, Validation])
            _curves[name] = ([], []);
        Checkpoint checkpoint = new() { Identity = plan.Identity };
        Register(checkpoint);
        checkpoint.AddNumbers("run", () => [_bestLoss, BestStep ?? -1, _worse], Restore);
        foreach ((string name, (List<double> steps, List<double> values)) in _curves)
        {
            checkpoint.AddNumbers($"{name}.steps", () => [.. steps], steps.AddRange);
            checkpoint.AddNumbers($"{name}.values", () => [.. values], values.AddRange);
            checkpoint.AddNumbers($"{name}.running", () => [_running.GetValueOrDefault(name).Sum, _running.GetValueOrDefault(name).Count], r => _running[name] = (r[0], (int)r[1]));
        }

        checkpoint.AddNumbers("best", () => [.. (_best ?? []).SelectMany(p => p).Select(v => (double)v)], RestoreBest);
        string? path = context.CheckpointFolder is null ? null : Path.Combine(Directory.CreateDirectory(context.CheckpointFolder).FullName, FileName);
        long step = path is not null && checkpoint.Matches(path) ? checkpoint.Load(path) : 0;
        while (step < plan.Steps)
        {
            if (context.Cancellation.IsCancellationRequested)
            {
                if (path is not null)
                    checkpoint.Save(path, step);
                context.Cancellation.ThrowIfCancellationRequested();
            }

            Step(step);
            step++;
            if (step % 10 == 0 || step == plan.Steps)
                context.Progress?.Report(new FitProgress("training", step, plan.Steps, new Dictionary<string, double>(_latest)));
            if (step % plan.Every != 0 && step != plan.Steps)
                continue;
            Mark(step);
            if (step < plan.Steps && path is not null)
                checkpoint.Save(path, step);
            if (_worse > plan.Patience)
                break;
        }

        if (_best is not null)
            Put(_best);
        else
            SwapAverage();
        if (path is not null)
            File.Delete(path);
    }

    /// <summary>A point of each curve, and the validation.</summary>
    private void Mark(long step)
    {
        SwapAverage();
        double loss = Validate();
        if (!double.IsNaN(loss))
        {
            _curves[Validation].Steps.Add(step);
            _curves[Validation].Values.Add(loss);
            _latest[Validation] = loss;
            if (loss < _bestLoss)
                (_bestLoss, BestStep, _worse, _best) = (loss, step, 0, [.. Kept.SelectMany(m => m.State).Select(p => p.Values.ToArray())]);
            else
                _worse++;
        }

        SwapAverage();
        foreach (string name in LossNames)
        {
            if (!_running.Remove(name, out (double Sum, int Count) running) || running.Count == 0)
                continue;
            _curves[name].Steps.Add(step);
            _curves[name].Values.Add(running.Sum / running.Count);
        }
    }

    private void Put(float[][] state)
    {
        int i = 0;
        foreach (var parameter in Kept.SelectMany(m => m.State))
            state[i++].CopyTo(parameter.Values);
    }

    private void Restore(double[] run)
    {
        _bestLoss = run[0];
        BestStep = run[1] < 0 ? null : (long)run[1];
        _worse = (int)run[2];
    }

    private void RestoreBest(double[] numbers)
    {
        if (numbers.Length == 0)
            return;
        int at = 0;
        _best = [.. Kept.SelectMany(m => m.State).Select(p => numbers.AsSpan((at += p.Length) - p.Length, p.Length).ToArray().Select(v => (float)v).ToArray())];
    }
}

using System.Diagnostics;
using System.Text.Json;
using Lethe.Data.Files;
using Lethe.Results;

namespace Lethe.Studies.Runs;

/// <summary>
/// Runs stages one after the other: takes what an earlier run of the same key left whole, computes the rest, writes each
/// result atomically and only then records the stage as done.
/// </summary>
internal sealed class StageRunner
{
    private readonly RunFolder _folder;
    private readonly RunState _state;
    private readonly RunLog _log;
    private readonly RunOptions _options;
    private readonly int _total;
    private int _number;

    public StageRunner(RunFolder folder, RunState state, RunLog log, RunOptions options, int total, int first)
    {
        _folder = folder;
        _state = state;
        _log = log;
        _options = options;
        _total = total;
        _number = first - 1;
    }

    /// <summary>The result of a stage, from the folder or computed now.</summary>
    /// <param name="name">Name of the stage and of its record.</param>
    /// <param name="title">What it does, for people.</param>
    /// <param name="compute">Computes the record; is given a clock for its seconds. May write <paramref name="outputs"/>.</param>
    /// <param name="summary">What it found, in one sentence without patient values.</param>
    /// <param name="outputs">Files that it writes besides its record; absent ones were not made and are made again next time.</param>
    public T Do<T>(string name, string title, Func<Stopwatch, T> compute, Func<T, string> summary, params IReadOnlyList<string> outputs)
    {
        _options.Cancellation.ThrowIfCancellationRequested();
        _number++;
        _options.Progress?.Report(new StageStarted(name, title, _number, _total));
        string record = _folder.Stage(name);
        if (_state.IsDone(name) && Read<T>(record) is { } known)
        {
            Finish(name, 0, reused: true, summary(known));
            return known;
        }

        _log.Write($"{name}: started");
        Stopwatch watch = Stopwatch.StartNew();
        T result = compute(watch);
        AtomicFile.WriteAllText(record, JsonSerializer.Serialize(result, RunDocument.JsonOptions));
        if (outputs.All(File.Exists))
            _state.Complete(name, [record, .. outputs]);
        Finish(name, watch.Elapsed.TotalSeconds, reused: false, summary(result));
        return result;
    }

    private void Finish(string name, double seconds, bool reused, string summary)
    {
        _log.Write(FormattableString.Invariant($"{name}: {(reused ? "kept from the earlier run" : $"done in {seconds:F1} s")}. {summary}"));
        _options.Progress?.Report(new StageFinished(name, seconds, reused, summary));
    }

    private static T? Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), RunDocument.JsonOptions);
        }
        catch (JsonException)
        {
            // Its hash was right, so another build wrote it: compute it again.
            return default;
        }
    }
}

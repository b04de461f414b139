using System.Diagnostics;
using System.Globalization;
using Lethe.Studies.Runs;

namespace Lethe.Cli.Terminal;

/// <summary>Rate and time left of a step, from its own progress.</summary>
internal sealed class Pace
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private string? _step;
    private long _first;

    public void Restart()
    {
        _step = null;
        _watch.Restart();
    }

    /// <summary>For example <c>training 120/3000, 41/s, 70 s left, generator 0.692, critic 1.31</c>.</summary>
    public string Describe(StageAdvanced a)
    {
        if (a.Step != _step)
        {
            (_step, _first) = (a.Step, a.Done);
            _watch.Restart();
        }

        List<string> parts = [a.Total > 0 ? $"{a.Step} {a.Done}/{a.Total}" : a.Done > 0 ? $"{a.Step} {a.Done}" : a.Step];
        double rate = (a.Done - _first) / _watch.Elapsed.TotalSeconds;
        if (a.Done > _first && _watch.Elapsed.TotalSeconds > 1)
        {
            parts.Add(Number(rate) + "/s");
            if (a.Total > a.Done)
                parts.Add(TimeLeft((a.Total - a.Done) / rate));
        }

        parts.AddRange(a.Losses.Select(l => $"{l.Key} {Number(l.Value)}"));
        return string.Join(", ", parts);
    }

    private static string TimeLeft(double seconds) => seconds < 120
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s left")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F0} min left");

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}

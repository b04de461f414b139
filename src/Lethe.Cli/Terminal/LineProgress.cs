using System.Diagnostics;
using System.Globalization;
using Lethe.Studies.Runs;

namespace Lethe.Cli.Terminal;

/// <summary>Progress for logs and pipes: a plain line when a stage begins and ends, and every few seconds between.</summary>
internal sealed class LineProgress(Session session) : IProgress<RunEvent>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly Stopwatch _sinceLine = Stopwatch.StartNew();
    private readonly Pace _pace = new();

    public void Report(RunEvent value)
    {
        switch (value)
        {
            case StageStarted started:
                _pace.Restart();
                Line($"[{started.Number}/{started.Total}] {started.Title} ...");
                break;
            case StageAdvanced advanced when _sinceLine.Elapsed >= Pause:
                Line("      " + _pace.Describe(advanced));
                break;
            case StageFinished finished:
                string time = finished.Reused ? "kept from the earlier run" : finished.Seconds.ToString("F1", CultureInfo.InvariantCulture) + " s";
                Line($"      {finished.Summary} ({time})");
                break;
            case DataNoticed notice:
                session.Warn(notice.Problem);
                break;
            case Noticed notice:
                Line("      " + notice.Text);
                break;
        }
    }

    private void Line(string text)
    {
        session.Streams.Error.WriteLine(text);
        _sinceLine.Restart();
    }
}

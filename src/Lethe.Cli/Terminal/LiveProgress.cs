using Lethe.Studies.Runs;
using Spectre.Console;

namespace Lethe.Cli.Terminal;

/// <summary>Progress on a terminal: one bar a stage, with rate, time left and losses.</summary>
internal sealed class LiveProgress : IProgress<RunEvent>
{
    /// <summary>Width of the bar, the percentage, the time and the gaps between.</summary>
    private const int OtherColumns = 46;

    private readonly Session _session;
    private readonly ProgressContext _context;
    private readonly Pace _pace = new();
    private ProgressTask? _task;
    private string _title = "";

    private LiveProgress(Session session, ProgressContext context)
    {
        _session = session;
        _context = context;
    }

    public static Task<T> WatchAsync<T>(Session session, Func<IProgress<RunEvent>, Task<T>> work) => session.Terminal
        .Progress()
        .AutoClear(false)
        .HideCompleted(false)
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn { Width = 24 },
            new PercentageColumn(),
            new ElapsedTimeColumn())
        .StartAsync(context => work(new LiveProgress(session, context)));

    public void Report(RunEvent value)
    {
        switch (value)
        {
            case StageStarted started:
                _title = $"[[{started.Number}/{started.Total}]] {Markup.Escape(started.Title)}";
                _pace.Restart();
                _task = _context.AddTask(_title).IsIndeterminate();
                break;
            case StageAdvanced advanced when _task is not null:
                _task.IsIndeterminate(advanced.Total <= 0);
                _task.MaxValue = Math.Max(1, advanced.Total);
                _task.Value = advanced.Total > 0 ? advanced.Done : 0;
                _task.Description = $"{_title} [grey]{Markup.Escape(Fit(_pace.Describe(advanced)))}[/]";
                break;
            case StageFinished finished when _task is not null:
                _task.IsIndeterminate(false);
                _task.Value = _task.MaxValue;
                _task.StopTask();
                _task.Description = _title;
                Line(finished.Reused ? "kept from the earlier run. " + finished.Summary : finished.Summary);
                break;
            case DataNoticed notice:
                _session.Warn(notice.Problem);
                break;
            case Noticed notice:
                Line(notice.Text);
                break;
        }
    }

    /// <summary>What is said once stands above the bars, which stay in place.</summary>
    private void Line(string text) => _session.Terminal.MarkupLine($"[grey]{Markup.Escape(text)}[/]");

    /// <summary>Bars jump when a description grows beyond the line.</summary>
    private string Fit(string text)
    {
        int room = Math.Max(10, _session.Terminal.Profile.Width - OtherColumns - Markup.Remove(_title).Length);
        return text.Length <= room ? text : text[..(room - 1)] + "…";
    }
}

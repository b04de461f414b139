using System.CommandLine;
using Lethe.Data.Problems;
using Lethe.Numerics.Threading;
using Lethe.Studies.Runs;
using Spectre.Console;

namespace Lethe.Cli.Terminal;

/// <summary>One invocation: its streams, how it shows progress, its cancellation.</summary>
internal sealed class Session
{
    private readonly List<string> _warnings = [];

    public Session(Streams streams, ParseResult parsed, CancellationToken cancellation)
    {
        Streams = streams;
        Cancellation = cancellation;
        Quiet = parsed.GetValue(CommonOptions.Quiet);
        Json = parsed.GetResult(CommonOptions.Json) is not null && parsed.GetValue(CommonOptions.Json);
        bool color = !parsed.GetValue(CommonOptions.NoColor) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        Terminal = Make(streams.Error, streams.ErrorIsTerminal, color);
        Page = Make(streams.Out, streams.OutIsTerminal, color);
        if (parsed.GetValue(CommonOptions.Threads) is { } threads)
            ComputeThreads.Maximum = threads;
    }

    public Streams Streams { get; }

    public CancellationToken Cancellation { get; }

    public bool Quiet { get; }

    /// <summary>True when results go to standard output as JSON and progress to standard error as JSON lines.</summary>
    public bool Json { get; }

    /// <summary>Standard error, for progress and notices.</summary>
    public IAnsiConsole Terminal { get; }

    /// <summary>Standard output, for results.</summary>
    public IAnsiConsole Page { get; }

    /// <summary>A sentence for the user, not a result.</summary>
    public void Say(string text)
    {
        if (!Quiet && !Json)
            Streams.Error.WriteLine(text);
    }

    /// <summary>A warning: shown now, and again at the end.</summary>
    public void Warn(DataProblem problem)
    {
        if (problem.Severity < Severity.Warning)
            return;
        _warnings.Add(Streams.ErrorIsTerminal ? problem.OwnerText : problem.PublicText);
    }

    /// <summary>Repeats the warnings, numbered.</summary>
    public void RepeatWarnings()
    {
        if (_warnings.Count == 0 || Quiet || Json)
            return;
        Streams.Error.WriteLine(_warnings.Count == 1 ? "1 warning:" : $"{_warnings.Count} warnings:");
        for (int i = 0; i < _warnings.Count; i++)
            Streams.Error.WriteLine($"  {i + 1}. {_warnings[i]}");
    }

    /// <summary>Runs work that reports progress, and shows it the way the user can read it.</summary>
    public Task<T> WatchAsync<T>(Func<IProgress<RunEvent>, Task<T>> work)
    {
        if (Quiet)
            return work(new Silence(this));
        if (Json)
            return work(new JsonProgress(this));
        return Streams.ErrorIsTerminal && Terminal.Profile.Capabilities.Ansi ? LiveProgress.WatchAsync(this, work) : work(new LineProgress(this));
    }

    private static IAnsiConsole Make(TextWriter writer, bool terminal, bool color)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = terminal && color ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal && color ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!terminal)
            console.Profile.Width = 160;
        return console;
    }

    private sealed class Silence(Session session) : IProgress<RunEvent>
    {
        public void Report(RunEvent value)
        {
            if (value is DataNoticed notice)
                session.Warn(notice.Problem);
        }
    }
}

using System.Text.Json;
using Lethe.Studies.Runs;

namespace Lethe.Cli.Terminal;

/// <summary>Progress for programs: one JSON object a line on standard error. Holds public texts only.</summary>
internal sealed class JsonProgress(Session session) : IProgress<RunEvent>
{
    public void Report(RunEvent value)
    {
        object line = value switch
        {
            StageStarted s => new { type = "stage-started", name = s.Name, title = s.Title, number = s.Number, total = s.Total },
            StageAdvanced a => new { type = "progress", step = a.Step, done = a.Done, total = a.Total, losses = a.Losses.Where(l => double.IsFinite(l.Value)).ToDictionary() },
            StageFinished f => new { type = "stage-finished", name = f.Name, seconds = f.Seconds, reused = f.Reused, summary = f.Summary },
            DataNoticed d => new { type = "data", code = d.Problem.Code, severity = d.Problem.Severity.ToString().ToLowerInvariant(), text = d.Problem.PublicText },
            Noticed n => new { type = "notice", text = n.Text },
            _ => new { type = value.GetType().Name },
        };
        session.Streams.Error.WriteLine(JsonSerializer.Serialize(line, line.GetType(), JsonSerializerOptions.Web));
        if (value is DataNoticed notice)
            session.Warn(notice.Problem);
    }
}

using System.Globalization;
using System.Net;
using System.Text;

namespace Lethe.Data.Cohorts.Definitions;

/// <summary>How many stays each criterion left: the flow of stays that every cohort paper shows. Counts only. Immutable.</summary>
/// <param name="Steps">The steps in order; the first is the source itself.</param>
public sealed record Attrition(IReadOnlyList<AttritionStep> Steps)
{
    /// <summary>No step.</summary>
    public static Attrition None { get; } = new([]);

    /// <summary>The same with one more step.</summary>
    public Attrition Then(AttritionStep step) => new([.. Steps, step]);

    /// <summary>The flow in one line, e.g. <c>4,000 → 3,997</c>.</summary>
    public string Line => string.Join(" → ", Steps.Select(s => Count(s.Stays)));

    /// <summary>A Markdown table.</summary>
    /// <param name="suppressBelow">Counts above 0 and below this are printed as <c>&lt;n</c>; 0: none are.</param>
    public string ToMarkdown(int suppressBelow = 0)
    {
        StringBuilder text = new("| criterion | stays | patients | left out |\n|---|---:|---:|---:|\n");
        foreach ((AttritionStep step, long left) in WithLoss())
            text.Append(CultureInfo.InvariantCulture, $"| {step.Criterion} | {Shown(step.Stays, suppressBelow)} | {Shown(step.Patients, suppressBelow)} | {Shown(left, suppressBelow)} |\n");
        return text.ToString();
    }

    /// <summary>A self-contained HTML table.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="suppressBelow">Counts above 0 and below this are printed as <c>&lt;n</c>; 0: none are.</param>
    public string ToHtml(string title, int suppressBelow = 0)
    {
        string heading = WebUtility.HtmlEncode(title);
        StringBuilder html = new($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>{heading}</title>
            <style>body{"{"}font-family:system-ui,sans-serif;margin:2rem{"}"}table{"{"}border-collapse:collapse{"}"}th,td{"{"}border-bottom:1px solid #ccc;padding:.3rem .8rem;text-align:right{"}"}th:first-child,td:first-child{"{"}text-align:left{"}"}</style></head>
            <body><h1>{heading}</h1>
            <table><thead><tr><th scope="col">Criterion</th><th scope="col">Stays</th><th scope="col">Patients</th><th scope="col">Left out</th></tr></thead><tbody>

            """);
        foreach ((AttritionStep step, long left) in WithLoss())
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{WebUtility.HtmlEncode(step.Criterion)}</td><td>{Html(step.Stays)}</td><td>{Html(step.Patients)}</td><td>{Html(left)}</td></tr>\n");
        return html.Append("</tbody></table></body></html>\n").ToString();

        string Html(long n) => WebUtility.HtmlEncode(Shown(n, suppressBelow));
    }

    /// <summary>A count with thousands separators.</summary>
    internal static string Count(long n) => n.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count, or <c>&lt;n</c> when it is small enough to point at somebody.</summary>
    internal static string Shown(long n, int suppressBelow) => n > 0 && n < suppressBelow ? string.Create(CultureInfo.InvariantCulture, $"<{suppressBelow}") : Count(n);

    private IEnumerable<(AttritionStep Step, long LeftOut)> WithLoss() => Steps.Select((s, i) => (s, i == 0 ? 0 : Steps[i - 1].Stays - s.Stays));
}

/// <summary>One step of an attrition table.</summary>
/// <param name="Criterion">What was asked for, for people.</param>
/// <param name="Stays">Stays that remain.</param>
/// <param name="Patients">Patients that remain.</param>
public sealed record AttritionStep(string Criterion, long Stays, long Patients);

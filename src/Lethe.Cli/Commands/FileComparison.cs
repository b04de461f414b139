using System.CommandLine;
using Lethe.Cli.Terminal;
using Lethe.Data.Files;
using Lethe.Results;
using Lethe.Studies.Comparisons;
using Lethe.Studies.Configuration;

namespace Lethe.Cli.Commands;

/// <summary>The options that <c>evaluate</c> and <c>audit</c> share: the tables, made by whatever tool.</summary>
internal sealed class FileComparison
{
    private readonly Option<string> _train = new("--train", "--real") { Description = "Real patients that the generator learnt from.", HelpName = "FILE", Required = true };
    private readonly Option<string?> _holdout = new("--holdout") { Description = "Real patients it never saw.", HelpName = "FILE" };
    private readonly Option<string> _synthetic = new("--synthetic") { Description = "Synthetic patients.", HelpName = "FILE", Required = true };
    private readonly Option<string?> _reference = new("--reference") { Description = "Other real patients whom an attacker may know.", HelpName = "FILE" };
    private readonly Option<string?> _target = new("--target") { Description = "Column that downstream models predict.", HelpName = "COLUMN" };
    private readonly Option<string?> _positive = new("--positive") { Description = "Which values of the target count as the event, e.g. \">0\".", HelpName = "RULE" };
    private readonly Option<string?> _patientKey = new("--patient-key") { Description = "Column that ties rows of one patient together.", HelpName = "COLUMN" };
    private readonly Option<string?> _schema = new("--schema") { Description = "Schema file; without one it is inferred from the training file.", HelpName = "FILE" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Root of all random draws.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string[]> _gates = new("--gate") { Description = "Limit on a figure, e.g. \"attack.gan-leaks.auc<=0.6\"; a missed one gives exit code 4. Repeatable.", HelpName = "LIMIT" };
    private readonly Option<string?> _json = new("--json") { Description = "Write the result document to this file; - is standard output.", HelpName = "FILE" };
    private readonly Option<string?> _report = new("--report") { Description = "Write the report as HTML to this file.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_train, _holdout, _synthetic, _reference, _target, _positive, _patientKey, _schema, _seed, _gates, _json, _report])
            command.Add(option);
    }

    /// <summary>Reads, compares, writes, shows.</summary>
    public async Task<int> ExecuteAsync(Session session, ParseResult parsed, bool evaluate, bool audit)
    {
        ComparisonRequest request = new()
        {
            Train = parsed.GetValue(_train)!,
            Holdout = parsed.GetValue(_holdout),
            Synthetic = parsed.GetValue(_synthetic)!,
            Reference = parsed.GetValue(_reference),
            Target = parsed.GetValue(_target),
            Positive = parsed.GetValue(_positive),
            PatientKey = parsed.GetValue(_patientKey),
            Schema = parsed.GetValue(_schema),
            Seed = parsed.GetValue(_seed),
            Gates = [.. (parsed.GetValue(_gates) ?? []).Select(GateOption.Parse)],
            Evaluate = evaluate,
            Audit = audit,
        };
        RunDocument document = await session.WatchAsync(progress => Task.Run(() => FileComparer.Compare(request, progress, session.Cancellation))).ConfigureAwait(false);

        string? json = parsed.GetValue(_json);
        if (json is not null and not "-")
            AtomicFile.WriteAllText(json, document.ToJson());
        if (parsed.GetValue(_report) is { } report)
            AtomicFile.WriteAllText(report, Lethe.Reporting.Html.HtmlReport.Render(document, document.Edition));
        if (json == "-")
            session.Streams.Out.WriteLine(document.ToJson());
        else
            ComparisonView.Show(session, document);

        Check[] missed = [.. document.Method.CollapseChecks.Where(c => !c.Passed), .. document.Decision.Gates.Where(g => !g.Passed)];
        foreach (Check check in missed)
            session.Streams.Error.WriteLine($"Not met: {check.Name}: {check.Detail}");
        return missed.Length == 0 ? ExitCode.Done : ExitCode.GateMissed;
    }
}

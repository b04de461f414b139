using System.CommandLine;
using System.Globalization;
using Lethe.Cli.Help;
using Lethe.Cli.Terminal;
using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Cohorts.Import;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Files;
using Lethe.Data.Problems;
using Lethe.Evaluation.Cohorts;
using Lethe.Reporting.Html;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe data import</c> and <c>lethe data compare</c>: cohorts out of hospital databases.</summary>
internal static class CohortCommands
{
    private const int ReasonsShown = 6;

    public static Command Import(CommandHost host)
    {
        Verb command = new(
            "import",
            "Imports a cohort from a hospital database into a folder, with an account of every stay and event.",
            new Example("lethe data import mimic-iv --from mimic-iv-2.2 --cohort adult-first-48h --out cohort", "adults, first stay, first 48 hours, from a folder of CSV files"),
            new Example("lethe data import mimic-iii --from 'postgresql://reader@db/mimic?schema=mimiciii' --cohort mine.yaml --out cohort", "the same code path from PostgreSQL, with a definition of your own"),
            new Example("lethe data import eicu-hourly --from eicu-demo-2.0 --out cohort", "every stay of the hourly grid"),
            new Example("lethe data import tidy --from my-export --column id=admission --column time=minute --time-unit minutes --out cohort", "a table of your own: events.csv and statics.csv"));
        Argument<string> source = new("SOURCE") { Description = $"One of {string.Join(", ", CohortFormats.All.Select(f => f.Id))}." };
        Option<string> from = new("--from") { Description = "Folder of CSV files, SQLite file or postgresql:// URL.", HelpName = "PLACE", Required = true };
        Option<string> cohort = CohortOption("all-stays");
        Option<string> output = new("--out", "-o") { Description = "Cohort folder to write.", HelpName = "FOLDER", Required = true };
        Option<string[]> column = new("--column") { Description = "Sources tidy and wide: what a column is called, where NAME is id, time, variable or value. May be repeated.", HelpName = "NAME=COLUMN", DefaultValueFactory = _ => [] };
        Option<TimeUnit> unit = new("--time-unit") { Description = "Sources tidy and wide: unit of the time column, counted from admission.", HelpName = "hours|minutes|seconds|days", DefaultValueFactory = _ => TimeUnit.Hours };
        command.Add(source);
        command.Add(from);
        command.Add(cohort);
        command.Add(output);
        command.Add(column);
        command.Add(unit);
        host.Handle(command, (session, parsed) =>
        {
            EventLayout layout = Layout(CohortFormats.Get(parsed.GetValue(source)!), parsed.GetValue(column)!, parsed.GetValue(unit));
            CohortReadResult result = CohortImport.Run(parsed.GetValue(source)!, parsed.GetValue(from)!, CohortYaml.Find(parsed.GetValue(cohort)!), parsed.GetValue(output)!, layout, session.Cancellation);
            foreach (DataProblem warning in result.Warnings)
                session.Warn(warning);
            session.Streams.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Stays   {result.Attrition.Line}"));
            session.Streams.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Events  {result.Tally.Read:N0} read = {result.Tally.Kept:N0} kept + {result.Tally.LeftOut.Sum(l => l.Count):N0} left out for stated reasons"));
            foreach ((string reason, long count) in result.Tally.LeftOut.GroupBy(l => l.Reason).Select(g => (g.Key, g.Sum(l => l.Count))).OrderByDescending(g => g.Item2).Take(ReasonsShown))
                session.Streams.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"        {count,14:N0}  {reason}"));
            string page = Path.Combine(parsed.GetValue(output)!, "summary.html");
            Lethe.Results.CohortSummary summary = CohortSummariser.Of(result.Cohort, cancellation: session.Cancellation) with
            {
                LeftOut = [.. result.Tally.LeftOut.GroupBy(l => l.Reason).Select(g => KeyValuePair.Create(g.Key, g.Sum(l => l.Count))).OrderByDescending(g => g.Value)],
            };
            AtomicFile.WriteAllText(page, HtmlReport.Render(summary, Lethe.Results.ReportEdition.Internal));
            session.Streams.Out.WriteLine($"Cohort  {parsed.GetValue(output)} (account: {ImportReport.JsonFile}, attrition.md, attrition.html, data-quality.md)");
            session.Streams.Out.WriteLine($"Summary {page}");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    public static Command Compare(CommandHost host)
    {
        Verb command = new(
            "compare",
            "Writes a page with several databases side by side: flow of stays, Table 1, missingness. Aggregates only.",
            new Example("lethe data compare physionet-2012=set-a eicu-hourly=eicu-demo-2.0 --cohort adult-first-48h --out cohorts.md", "two databases under one definition"),
            new Example("lethe data compare mimic-iii=mimic-iii-demo-1.4 --out -", "one database, to standard output"));
        Argument<string[]> sources = new("SOURCE=PLACE") { Description = "Source and where it is, one or more.", Arity = ArgumentArity.OneOrMore };
        Option<string> cohort = CohortOption("adult-first-48h");
        Option<string> output = new("--out", "-o") { Description = "Markdown file; - is standard output.", HelpName = "FILE", DefaultValueFactory = _ => "-" };
        command.Add(sources);
        command.Add(cohort);
        command.Add(output);
        host.Handle(command, (session, parsed) =>
        {
            CohortDefinition definition = CohortYaml.Find(parsed.GetValue(cohort)!);
            string[] given = parsed.GetValue(sources)!;
            List<ComparedCohort> databases = [.. given.Select(s => Summarise(session, s, definition))];
            string line = $"lethe data compare {string.Join(' ', given)} --cohort {parsed.GetValue(cohort)} --out {parsed.GetValue(output)}";
            string page = ComparisonPage.Write(databases, definition, line);
            if (parsed.GetValue(output) is "-" or null)
                session.Streams.Out.Write(page);
            else
                AtomicFile.WriteAllText(parsed.GetValue(output)!, page);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static ComparedCohort Summarise(Session session, string given, CohortDefinition definition)
    {
        string[] parts = given.Split('=', 2);
        if (parts.Length != 2)
            throw new UsageException($"'{given}' should be SOURCE=PLACE, for instance mimic-iv=mimic-iv-2.2.");
        session.Say($"Reading {parts[0]} …");
        CohortReadResult all = CohortImport.Run(parts[0], parts[1], CohortDefinition.Everything, null, null, session.Cancellation);
        CohortReadResult chosen = CohortImport.Run(parts[0], parts[1], definition, null, null, session.Cancellation);
        foreach (DataProblem warning in chosen.Warnings)
            session.Warn(warning);
        return new ComparedCohort(CohortFormats.Get(parts[0]).Title, CohortSummary.Of(all.Cohort), CohortSummary.Of(chosen.Cohort), chosen.Attrition);
    }

    private static EventLayout Layout(CohortFormat format, string[] columns, TimeUnit unit)
    {
        EventLayout layout = EventLayout.Standard with { TimeUnit = unit };
        if (!format.HasLayout && (columns.Length > 0 || unit != TimeUnit.Hours))
            throw new UsageException($"'{format.Id}' has names and units of its own: --column and --time-unit are for {string.Join(", ", CohortFormats.All.Where(f => f.HasLayout).Select(f => f.Id))}.");
        foreach (string given in columns)
        {
            string[] parts = given.Split('=', 2);
            layout = parts.Length != 2 || parts[1].Length == 0 ? throw new UsageException($"'{given}' should be NAME=COLUMN, for instance id=admission.") : parts[0] switch
            {
                "id" => layout with { Id = parts[1] },
                "time" => layout with { Time = parts[1] },
                "variable" => layout with { Variable = parts[1] },
                "value" => layout with { Value = parts[1] },
                _ => throw new UsageException($"'{parts[0]}' is none of the columns id, time, variable, value."),
            };
        }

        return layout;
    }

    private static Option<string> CohortOption(string standard) => new("--cohort")
    {
        Description = $"Definition: a YAML file, or one of {string.Join(", ", CohortYaml.Names)}.",
        HelpName = "NAME|FILE",
        DefaultValueFactory = _ => standard,
    };
}

using System.CommandLine;
using System.Text.Json;
using Lethe.Audit;
using Lethe.Audit.Attacks;
using Lethe.Cli.Help;
using Lethe.Cli.Terminal;
using Lethe.Data.Catalogue;
using Lethe.Data.Problems;
using Lethe.Evaluation.Metrics;
using Lethe.Results;
using Lethe.Synthesis.Registry;
using Spectre.Console;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe describe</c>: one method, attack or dataset in full.</summary>
internal static class DescribeCommand
{
    public static Command Create(CommandHost host)
    {
        Verb command = new(
            "describe",
            "A method with its options, an attack, a metric, or a dataset: what it is, where it comes from.",
            new Example("lethe describe ctgan", "options with defaults, the paper"),
            new Example("lethe describe gan-leaks", "what the attacker holds and what is scored"));
        Argument<string> name = new("NAME") { Description = "Name in 'lethe list'." };
        command.Add(name);
        command.Add(CommonOptions.Json);
        host.Handle(command, (session, parsed) =>
        {
            string wanted = parsed.GetValue(name)!;
            if (Methods.Find(wanted) is { } method)
                Show(session, method);
            else if (AttackRegistry.All.FirstOrDefault(a => string.Equals(a.Descriptor.Name, wanted, StringComparison.OrdinalIgnoreCase)) is { } attack)
                Show(session, attack);
            else if (FidelityMetrics.All.FirstOrDefault(m => string.Equals(m.Descriptor.Name, wanted, StringComparison.OrdinalIgnoreCase)) is { } metric)
                Show(session, metric.Descriptor);
            else if (DatasetCatalogue.Default.Contains(wanted))
                DatasetView.Show(session, DatasetCatalogue.Default[wanted]);
            else
                throw new UsageException($"There is no method, attack, metric or dataset '{wanted}'.{Spelling.DidYouMean(wanted, Known())} See 'lethe list methods', 'lethe list attacks', 'lethe list metrics', 'lethe data list'.");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static IEnumerable<string> Known() =>
    [
        .. Methods.All.Select(m => m.Descriptor.Name),
        .. AttackRegistry.All.Select(a => a.Descriptor.Name),
        .. FidelityMetrics.All.Select(m => m.Descriptor.Name),
        .. DatasetCatalogue.Default.Entries.Select(e => e.Id),
    ];

    private static void Show(Session session, MethodRegistration method)
    {
        if (session.Json)
        {
            session.Streams.Out.WriteLine(JsonSerializer.Serialize(new { descriptor = method.Descriptor, options = method.Options, conditionsExactly = method.ConditionsExactly, control = method.IsControl }, RunDocument.JsonOptions));
            return;
        }

        Show(session.Streams.Out, method.Descriptor);
        session.Streams.Out.WriteLine(method.ConditionsExactly ? "Conditions (--where) are met exactly." : "Conditions (--where) are met by drawing and rejecting rows.");
        if (method.IsControl)
            session.Streams.Out.WriteLine("A control to try audits on: never release what it makes.");
        if (method.Options.Count == 0)
            return;
        Table table = new Table().Border(TableBorder.Simple).AddColumn("Option").AddColumn("Type").AddColumn("Default").AddColumn("When to change it");
        foreach (OptionInfo option in method.Options)
            table.AddRow(new Text(option.Name), new Text(option.Type), new Text(option.Default), new Text(option.Summary));
        session.Page.Write(table);
    }

    private static void Show(Session session, Descriptor metric)
    {
        if (session.Json)
            session.Streams.Out.WriteLine(JsonSerializer.Serialize(new { descriptor = metric }, RunDocument.JsonOptions));
        else
            Show(session.Streams.Out, metric);
    }

    private static void Show(Session session, IAttack attack)
    {
        if (session.Json)
        {
            session.Streams.Out.WriteLine(JsonSerializer.Serialize(new { descriptor = attack.Descriptor, threatModel = attack.ThreatModel.Describe() }, RunDocument.JsonOptions));
            return;
        }

        Show(session.Streams.Out, attack.Descriptor);
        session.Streams.Out.WriteLine($"The attacker, {attack.ThreatModel.Describe()}.");
    }

    private static void Show(TextWriter page, Descriptor d)
    {
        page.WriteLine($"{d.Title} ({d.Name}; {d.Family})");
        page.WriteLine(d.Summary);
        page.WriteLine($"Source: {d.Paper}");
    }
}

using System.CommandLine;
using Lethe.Studies.Configuration;

namespace Lethe.Cli.Commands;

/// <summary>The options that say what a run does; each overrides one key of the configuration file.</summary>
internal sealed class RunOptionsSet
{
    private readonly List<(Option Option, Func<ParseResult, IEnumerable<Override>> Read)> _all = [];

    public RunOptionsSet()
    {
        Text("--target", "Column that downstream models predict.", "data.target", "COLUMN");
        Text("--positive", "Which values of the target count as the event, e.g. \">0\" or \"yes\".", "data.positive", "RULE");
        Text("--patient-key", "Column that ties rows of one patient together.", "data.patient_key", "COLUMN");
        Text("--table", "Table of a database file that holds several.", "data.table", "NAME");
        Text("--schema", "Schema file; without one the schema is inferred.", "data.schema", "FILE");
        Text("--method", "Generator, or 'auto': the best of several by the decision rule. See 'lethe list methods'.", "method.name", "NAME");
        Many("--option", "Option of the method, e.g. epochs=300. Repeatable. See 'lethe describe METHOD'.", "NAME=VALUE", p => [Pair("--option", p, "method.")]);
        Text("--rows", "Synthetic patients. [default: as many as training patients]", "sample.rows", "N");
        Text("--where", "Condition on the synthetic patients, e.g. \"sex=1 and age>=70\".", "sample.where", "CONDITION");
        Text("--seed", "Root of all random draws. [default: 1]", "seed", "N");
        Many("--skip", "Leave out a stage: evaluate or audit. Repeatable.", "STAGE", Skip);
        Many("--gate", "Limit on a figure of the results, e.g. \"attack.gan-leaks.auc<=0.6\"; a missed one gives exit code 4. Repeatable.", "LIMIT", g => [GateOption.AsOverride(g)]);
        Many("--set", "Any key of the configuration, e.g. split.train=0.6. Repeatable.", "KEY=VALUE", p => [Pair("--set", p, "")]);
    }

    /// <summary>Adds the named options, or all.</summary>
    public void AddTo(Command command, params IReadOnlyList<string> names)
    {
        foreach ((Option option, _) in _all.Where(o => names.Count == 0 || names.Contains(o.Option.Name)))
            command.Add(option);
    }

    public IEnumerable<Override> Read(ParseResult parsed) => _all.Where(o => parsed.GetResult(o.Option) is not null).SelectMany(o => o.Read(parsed));

    private void Text(string name, string description, string path, string help)
    {
        Option<string?> option = new(name) { Description = description, HelpName = help };
        _all.Add((option, parsed => parsed.GetValue(option) is { } value ? [new Override(path, value)] : []));
    }

    private void Many(string name, string description, string help, Func<string, IEnumerable<Override>> parse)
    {
        Option<string[]> option = new(name) { Description = description, HelpName = help, Arity = ArgumentArity.OneOrMore };
        _all.Add((option, parsed => (parsed.GetValue(option) ?? []).SelectMany(parse)));
    }

    private static IEnumerable<Override> Skip(string stage) => stage switch
    {
        "evaluate" => [new Override("evaluate.fidelity", "false"), new Override("evaluate.utility", "false")],
        "audit" => [new Override("audit.enabled", "false")],
        _ => throw new UsageException($"--skip: found '{stage}', expected evaluate or audit."),
    };

    private static Override Pair(string option, string text, string prefix)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new Override(prefix + text[..equals].Trim(), text[(equals + 1)..].Trim())
            : throw new UsageException($"{option}: found '{text}', expected NAME=VALUE.");
    }
}

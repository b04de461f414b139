using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Evaluation.Plausibility;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.Tables;
using Lethe.Results;

namespace Lethe.Evaluation.Metrics;

/// <summary>
/// Violations of bounds, categories, rules and unheard-of pairs, each with Wilson interval and the real training table's own rate.
/// </summary>
internal sealed class PlausibilityMetric : IMetric
{
    public Descriptor Descriptor { get; } = new(
        "plausibility", "Clinical plausibility", "plausibility", "Share of cells or rows that violate bounds, categories or rules, beside the real data's own rate.", "product definition");

    public MetricPlace Place => MetricPlace.Plausibility;

    public IReadOnlyList<Measure> Evaluate(MetricInput input)
    {
        Table real = input.Synthetic.Real, synthetic = input.Synthetic.Other;
        List<Measure> figures = [];
        foreach (ColumnSchema column in real.Schema.Columns)
        {
            if (column.Bounds is { } bounds)
            {
                figures.Add(Rate("bounds", $"Outside {(bounds.Origin == Origin.Public ? "public" : "real")} bounds", column.Name, Outside(real, column.Name, bounds), Outside(synthetic, column.Name, bounds)));
            }
            else if (column.IsDiscrete)
            {
                int[] known = [.. ((DiscreteColumn)real[column.Name]).Codes.ToArray().Distinct()];
                figures.Add(Rate("categories", "Level or missing cell that the real column never shows", column.Name, (0, real.RowCount), Unknown((DiscreteColumn)synthetic[column.Name], known)));
            }
        }

        foreach (PlausibilityRule rule in input.Rules.Where(r => r.Columns.All(c => real.Schema.TryGet(c, out _))))
            figures.Add(Rate("rule", rule.Name, string.Join(", ", rule.Columns), Broken(rule, real), Broken(rule, synthetic)));

        int pairs = ImplausiblePairs.Count(input.Synthetic.Labels);
        Measure implausible = Rate("pairs", "Rows with a pair of values that is unheard of in the real data", null, (0, real.RowCount), (pairs, synthetic.RowCount));
        figures.Add(input.Holdout is null ? implausible : WithHoldout(implausible, ImplausiblePairs.Count(input.Holdout.Labels), input.Holdout.Other.RowCount));
        return figures;
    }

    private static Measure WithHoldout(Measure measure, int count, int rows) => measure with
    {
        Reference = rows == 0 ? null : (double)count / rows,
        ReferenceInterval = ProportionInterval.Wilson(count, rows),
        ReferenceName = "real holdout",
    };

    private static Measure Rate(string kind, string name, string? subject, (int Count, int N) real, (int Count, int N) synthetic)
    {
        double share = synthetic.N == 0 ? double.NaN : (double)synthetic.Count / synthetic.N;
        return Figures.Distance($"fidelity.plausibility.{kind}", name, share, "no cell can be checked", maximum: 1, subject: subject) with
        {
            Interval = synthetic.N == 0 ? null : ProportionInterval.Wilson(synthetic.Count, synthetic.N),
            Reference = real.N == 0 ? null : (double)real.Count / real.N,
            ReferenceInterval = real.N == 0 ? null : ProportionInterval.Wilson(real.Count, real.N),
            ReferenceName = "real training data",
            N = synthetic.N,
        };
    }

    private static (int Count, int N) Outside(Table table, string column, Bounds bounds)
    {
        double[] present = Fidelity.Columns.NumericMetrics.Present(((NumericColumn)table[column]).Values);
        return (present.Count(v => !bounds.Contains(v)), present.Length);
    }

    private static (int Count, int N) Unknown(DiscreteColumn column, int[] known) =>
        (column.Codes.ToArray().Count(c => !known.Contains(c)), column.Count);

    private static (int Count, int N) Broken(PlausibilityRule rule, Table table)
    {
        bool?[] kept = [.. Enumerable.Range(0, table.RowCount).Select(i => rule.Check(table, i))];
        return (kept.Count(k => k == false), kept.Count(k => k is not null));
    }
}

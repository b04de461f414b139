using System.Globalization;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Evaluation.Fidelity.Columns;
using Lethe.Results;

namespace Lethe.Evaluation.Drawing;

/// <summary>Shares per bin or level of one column in all tables, for side-by-side bars.</summary>
internal static class Distributions
{
    private const int MostLevels = 30;
    private const string Missing = "missing";

    /// <summary>Ten real bins or the levels (the thirty most frequent real ones and the rest together), missing last where it occurs.</summary>
    public static Distribution Of(Column real, Column synthetic, Column? holdout) =>
        real is NumericColumn numbers
            ? Numeric(numbers, (NumericColumn)synthetic, (NumericColumn?)holdout)
            : Discrete((DiscreteColumn)real, (DiscreteColumn)synthetic, (DiscreteColumn?)holdout);

    private static Distribution Numeric(NumericColumn real, NumericColumn synthetic, NumericColumn? holdout)
    {
        RealBins bins = new(real.Values);
        List<string> labels = [];
        for (int b = 0; b < bins.Count; b++)
            labels.Add($"{Text(real.Schema, bins.Edges[b])} to {Text(real.Schema, bins.Edges[b + 1])}");
        return Make(labels, bins.Edges, bins.Labels(real.Values), bins.Labels(synthetic.Values), holdout is null ? null : bins.Labels(holdout.Values));
    }

    private static Distribution Discrete(DiscreteColumn real, DiscreteColumn synthetic, DiscreteColumn? holdout)
    {
        double[] counts = DiscreteMetrics.Counts(real.Codes, real.Levels.Count);
        int[] shown = [.. Enumerable.Range(0, counts.Length).OrderByDescending(k => counts[k]).Take(MostLevels).Order()];
        bool rest = shown.Length < counts.Length;
        int[] map = new int[counts.Length];
        Array.Fill(map, shown.Length);
        for (int s = 0; s < shown.Length; s++)
            map[shown[s]] = s;
        List<string> labels = [.. shown.Select(k => real.Levels[k])];
        if (rest)
            labels.Add($"{counts.Length - shown.Length} other levels");
        int[] Map(DiscreteColumn column) => [.. column.Codes.ToArray().Select(c => c < 0 ? labels.Count : map[c])];
        return Make(labels, null, Map(real), Map(synthetic), holdout is null ? null : Map(holdout));
    }

    private static Distribution Make(List<string> labels, double[]? edges, int[] real, int[] synthetic, int[]? holdout)
    {
        int missing = labels.Count;
        bool any = real.Contains(missing) || synthetic.Contains(missing) || (holdout?.Contains(missing) ?? false);
        int size = missing + (any ? 1 : 0);
        return new Distribution
        {
            Labels = any ? [.. labels, Missing] : labels,
            Edges = edges,
            Real = Shares(real, size),
            Synthetic = Shares(synthetic, size),
            Holdout = holdout is null ? null : Shares(holdout, size),
        };
    }

    private static double[] Shares(int[] labels, int size) => labels.Length == 0 ? new double[size] : DiscreteMetrics.Shares(labels, size);

    private static string Text(ColumnSchema schema, double value) => schema.Kind == ColumnKind.DateTime
        ? DateTime.UnixEpoch.AddDays(value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : value.ToString(schema.Decimals == 0 ? "0.#" : "0." + new string('#', Math.Min(6, schema.Decimals + 1)), CultureInfo.InvariantCulture);
}

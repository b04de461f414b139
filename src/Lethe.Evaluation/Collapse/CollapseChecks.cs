using Lethe.Data.Distances;
using Lethe.Data.Tables;
using Lethe.Evaluation.Fidelity.Columns;
using Lethe.Evaluation.Fidelity.Joint;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.Collapse;

/// <summary>
/// Has a generator collapsed onto a few prototypes? Each check compares at most 1 000 rows of both tables; a run with a failed check is not a success.
/// </summary>
public static class CollapseChecks
{
    private const int MostRows = 1000;
    private const double LeastDistinct = 0.5, LeastDeviation = 0.25, LeastEntropy = 0.5, FrequentLevel = 0.02, MostLabelShift = 0.2, LeastCoverage = 0.2, LeastSpread = 0.6;

    /// <summary>All checks of a release.</summary>
    /// <param name="train">Real training rows.</param>
    /// <param name="synthetic">Synthetic rows.</param>
    /// <param name="target">Target column, whose distribution is checked; null: none.</param>
    /// <param name="seed">Decides the subsamples.</param>
    /// <param name="cancellation">Stops between checks.</param>
    public static IReadOnlyList<Check> Of(Table train, Table synthetic, string? target, Seed seed, CancellationToken cancellation = default)
    {
        TablePair pair = TablePair.Of(train, synthetic, seed.Derive("collapse"));
        int rows = Math.Min(MostRows, Math.Min(pair.Real.RowCount, pair.Other.RowCount));
        if (rows == 0 || pair.Real.Columns.Count == 0)
            return [new Check("rows", false, "a table has no rows, so nothing can be checked")];
        TablePair equal = pair.Limit(rows);
        List<Check> checks = [Distinct(equal), Spread(pair), Levels(pair), Label(pair, target), Coverage(equal)];
        cancellation.ThrowIfCancellationRequested();
        checks.Add(Gower(equal, cancellation));
        return checks;
    }

    private static Check Distinct(TablePair pair)
    {
        double real = DistinctShare(pair.Real), other = DistinctShare(pair.Other);
        return new Check("distinct rows", other >= LeastDistinct * real, FormattableString.Invariant($"{other:0.00} of the synthetic rows are distinct, {real:0.00} of the real ones; at least half of the real share is needed"));
    }

    private static Check Spread(TablePair pair)
    {
        List<string> narrow = [];
        for (int j = 0; j < pair.Real.Columns.Count; j++)
        {
            Column real = pair.Real.Columns[j], other = pair.Other.Columns[j];
            if (real is NumericColumn x)
            {
                double sd = Moments.SampleDeviation(NumericMetrics.Present(x.Values)), own = Moments.SampleDeviation(NumericMetrics.Present(((NumericColumn)other).Values));
                if (sd > 0 && !(own >= LeastDeviation * sd))
                    narrow.Add(real.Name);
            }
            else
            {
                DiscreteColumn d = (DiscreteColumn)real;
                double entropy = Entropy(DiscreteMetrics.Shares(d.Codes, d.Levels.Count, withMissing: true));
                if (Entropy(DiscreteMetrics.Shares(((DiscreteColumn)other).Codes, d.Levels.Count, withMissing: true)) < LeastEntropy * entropy)
                    narrow.Add(real.Name);
            }
        }

        return new Check("spread of columns", narrow.Count == 0, narrow.Count == 0
            ? "every column keeps a quarter of its real standard deviation or half of its real entropy"
            : $"too narrow: {string.Join(", ", narrow)}");
    }

    private static Check Levels(TablePair pair)
    {
        List<string> lost = [];
        foreach (DiscreteColumn real in pair.Real.Columns.OfType<DiscreteColumn>())
        {
            double[] p = DiscreteMetrics.Shares(real.Codes, real.Levels.Count), q = DiscreteMetrics.Counts(((DiscreteColumn)pair.Other[real.Name]).Codes, real.Levels.Count);
            int missing = p.Where((share, k) => share >= FrequentLevel && q[k] == 0).Count();
            if (missing > 0)
                lost.Add($"{real.Name} ({missing})");
        }

        return new Check("frequent levels", lost.Count == 0, lost.Count == 0
            ? "every level of at least 2 % occurs"
            : $"levels of at least 2 % never occur in: {string.Join(", ", lost)}");
    }

    private static Check Label(TablePair pair, string? target)
    {
        if (target is null || !pair.Real.Schema.TryGet(target, out _) || pair.Real[target] is not DiscreteColumn real)
            return new Check("target distribution", true, "there is no target with levels");
        double distance = 1 - DiscreteMetrics.TotalVariationComplement(real.Codes, ((DiscreteColumn)pair.Other[target]).Codes, real.Levels.Count);
        return new Check("target distribution", distance <= MostLabelShift, double.IsNaN(distance)
            ? "the synthetic target is entirely missing"
            : FormattableString.Invariant($"total variation {distance:0.00}, at most 0.20 is allowed"));
    }

    private static Check Coverage(TablePair pair)
    {
        double coverage = Prdc.Of(RowDistances.Gower(pair.Real, pair.Other)).Coverage;
        return new Check("coverage", !(coverage < LeastCoverage), double.IsNaN(coverage)
            ? $"not computed, because a table has no more than {Prdc.DefaultK} rows"
            : FormattableString.Invariant($"{coverage:0.00} of the real rows are covered, at least 0.20 is needed"));
    }

    private static Check Gower(TablePair pair, CancellationToken cancellation)
    {
        MixedDistance distance = new(pair.Real);
        double real = distance.MeanPairwise(distance.Encode(pair.Real), cancellation), other = distance.MeanPairwise(distance.Encode(pair.Other), cancellation);
        return new Check("spread of rows", !(other < LeastSpread * real), double.IsNaN(real) || double.IsNaN(other)
            ? "not computed, because a table has fewer than two rows"
            : FormattableString.Invariant($"mean distance between synthetic rows {other:0.00}, between real rows {real:0.00}; at least 0.6 of it is needed"));
    }

    private static double DistinctShare(Table table) =>
        (double)Enumerable.Range(0, table.RowCount).Select(i => string.Join('\u001f', table.Columns.Select(c => c.Format(i) ?? "\u0000"))).Distinct().Count() / table.RowCount;

    private static double Entropy(double[] shares) => -shares.Sum(p => p > 0 ? p * Math.Log(p) : 0);
}

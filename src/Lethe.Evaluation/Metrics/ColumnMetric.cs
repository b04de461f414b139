using Lethe.Data.Tables;
using Lethe.Evaluation.Fidelity.Columns;
using Lethe.Evaluation.Tables;
using Lethe.Results;

namespace Lethe.Evaluation.Metrics;

/// <summary>
/// A figure of every column, by one formula for numbers and one for levels (either may be absent: the figure does not exist there).
/// A score of a column that is entirely missing in the compared table is 0, with that reason.
/// </summary>
internal sealed class ColumnMetric(
    Descriptor descriptor,
    Measure shape,
    Func<double[], double[], double>? numeric,
    Func<DiscreteColumn, DiscreteColumn, double>? discrete)
    : PairMetric(descriptor, MetricPlace.Columns, banded: true)
{
    protected override IEnumerable<Measure> Compute(TablePair pair, MetricInput input)
    {
        TablePair limited = pair.Limit(input.Limits.Margins);
        for (int j = 0; j < limited.Real.Columns.Count; j++)
        {
            input.Cancellation.ThrowIfCancellationRequested();
            Column real = limited.Real.Columns[j], other = limited.Other.Columns[j];
            double value;
            if (real is NumericColumn x && numeric is not null)
                value = numeric(x.Values.ToArray(), ((NumericColumn)other).Values.ToArray());
            else if (real is DiscreteColumn d && discrete is not null)
                value = discrete(d, (DiscreteColumn)other);
            else
                continue;

            Measure own = shape with { Subject = real.Name };
            bool empty = other.MissingCount == other.Count, realEmpty = real.MissingCount == real.Count;
            yield return shape.Direction == Direction.Higher && empty && !realEmpty
                ? own with { Value = 0, Note = "every cell of the column is missing in the compared table" }
                : Figures.Make(own, value, Reason(realEmpty, empty));
        }
    }

    private static string Reason(bool realEmpty, bool empty) =>
        realEmpty ? "the real column has no value"
        : empty ? "the compared column has no value"
        : "the real column is constant, or has too few values";

    /// <summary>Shares over levels with missing dropped, of both columns.</summary>
    internal static double OnShares(DiscreteColumn real, DiscreteColumn other, Func<double[], double[], double> divergence) =>
        divergence(DiscreteMetrics.Shares(real.Codes, real.Levels.Count), DiscreteMetrics.Shares(other.Codes, real.Levels.Count));

    /// <summary>Shares over ten open-ended real bins with missing dropped, of both columns.</summary>
    internal static double OnBins(double[] real, double[] other, Func<double[], double[], double> divergence)
    {
        RealBins bins = new(real);
        return divergence(bins.Shares(real), bins.Shares(other));
    }
}

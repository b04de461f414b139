using Lethe.Data.Tables;
using Lethe.Evaluation.Fidelity.Pairs;

namespace Lethe.Evaluation.Compatibility;

/// <summary>
/// Association differences as a second evaluation library computes them, faults included: its "Cramér's V" is V² with Yates' correction
/// on 2 × 2 tables and its correlation ratio is η². For comparison with published numbers; the product's own are in <see cref="AssociationMatrix"/>.
/// </summary>
public static class AssociationCompatibility
{
    /// <summary>Frobenius norm of the difference of mixed matrices, diagonals 1.</summary>
    public static double MixedFrobenius(Table real, Table other)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        double sum = 0;
        for (int i = 0; i < real.Columns.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double d = Mixed(real.Columns[i], real.Columns[j]) - Mixed(other.Columns[i], other.Columns[j]);
                sum += 2 * (double.IsNaN(d) ? 0 : d * d);
            }
        }

        return Math.Sqrt(sum);
    }

    private static double Mixed(Column a, Column b) => (a, b) switch
    {
        (NumericColumn x, NumericColumn y) => PairMetrics.Pearson(x.Values, y.Values),
        (NumericColumn x, DiscreteColumn y) => Squared(PairMetrics.CorrelationRatio(x.Values, y.Codes, y.Levels.Count)),
        (DiscreteColumn x, NumericColumn y) => Squared(PairMetrics.CorrelationRatio(y.Values, x.Codes, x.Levels.Count)),
        (DiscreteColumn x, DiscreteColumn y) => SquaredV(new ContingencyTable(x.Codes, y.Codes, x.Levels.Count, y.Levels.Count), x.Levels.Count, y.Levels.Count),
        _ => double.NaN,
    };

    private static double Squared(double eta) => eta * eta;

    private static double SquaredV(ContingencyTable table, int levelsX, int levelsY)
    {
        int r = table.OccurringRows, c = table.OccurringColumns;
        if (Math.Min(r, c) < 2)
            return double.NaN;
        double chi2 = r == 2 && c == 2 ? Yates(table, levelsX, levelsY) : table.ChiSquare;
        return chi2 / (table.Total * (Math.Min(r, c) - 1.0));
    }

    /// <summary>Σ (|O − E| − min(½, |O − E|))²/E.</summary>
    private static double Yates(ContingencyTable table, int levelsX, int levelsY)
    {
        double sum = 0;
        for (int i = 0; i < levelsX; i++)
        {
            for (int j = 0; j < levelsY; j++)
            {
                double row = Enumerable.Range(0, levelsY).Sum(k => (double)table[i, k]), column = Enumerable.Range(0, levelsX).Sum(k => (double)table[k, j]);
                double expected = row * column / table.Total;
                if (expected == 0)
                    continue;
                double gap = Math.Abs(table[i, j] - expected);
                gap -= Math.Min(0.5, gap);
                sum += gap * gap / expected;
            }
        }

        return sum;
    }
}

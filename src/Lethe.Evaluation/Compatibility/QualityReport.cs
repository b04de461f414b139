using Lethe.Data.Tables;
using Lethe.Evaluation.Fidelity.Columns;
using Lethe.Evaluation.Fidelity.Pairs;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Compatibility;

/// <summary>Which pairs of columns enter the pair score of a <see cref="QualityReport"/>.</summary>
public enum QualityMode
{
    /// <summary>All pairs: what published papers report.</summary>
    Classic,

    /// <summary>Only pairs with |real Pearson| above 0.5 or real Cramér's V above 0.3: the common library's default since early 2026.</summary>
    Thresholded,
}

/// <summary>One column's score.</summary>
/// <param name="Column">Column name.</param>
/// <param name="Metric">Name of the metric in that library.</param>
/// <param name="Score">0–1, null when undefined.</param>
public sealed record QualityShape(string Column, string Metric, double? Score);

/// <summary>One pair's score.</summary>
/// <param name="First">First column.</param>
/// <param name="Second">Second column.</param>
/// <param name="Metric">Name of the metric in that library.</param>
/// <param name="Score">0–1, null when undefined or left out by the threshold.</param>
/// <param name="RealAssociation">|Pearson| sign kept, or Cramér's V, of the real pair that the threshold looks at; NaN when undefined.</param>
public sealed record QualityPair(string First, string Second, string Metric, double? Score, double RealAssociation);

/// <summary>
/// The "quality score" of the common synthetic-data library, computed the way that library does, so that numbers can be compared
/// with published ones: mean of column shapes and column pair trends. Known faults are kept: mixed pairs are binned separately in
/// each table, which hides shifts of location, and the score saturates. <b>It must not rank generators</b>: independent columns score about
/// 0.90, a copy of the data 0.94. The product's own figure is <see cref="Fidelity.Accuracy.MarginalAccuracy"/>.
/// </summary>
public sealed record QualityReport
{
    private const int PairSubsample = 50_000;

    /// <summary>Which pairs were scored.</summary>
    public required QualityMode Mode { get; init; }

    /// <summary>Score per column.</summary>
    public required IReadOnlyList<QualityShape> Shapes { get; init; }

    /// <summary>Score per pair of columns.</summary>
    public required IReadOnlyList<QualityPair> Pairs { get; init; }

    /// <summary>Mean column score; NaN without one.</summary>
    public double ColumnShapes => Mean(Shapes.Select(s => s.Score));

    /// <summary>Mean pair score; NaN without one.</summary>
    public double ColumnPairTrends => Mean(Pairs.Select(p => p.Score));

    /// <summary>Mean of the two parts that are defined.</summary>
    public double Overall => Mean([Nullable(ColumnShapes), Nullable(ColumnPairTrends)]);

    /// <summary>The report of two aligned tables.</summary>
    /// <param name="real">Real rows.</param>
    /// <param name="synthetic">Synthetic rows, same schema.</param>
    /// <param name="mode">Which pairs to score.</param>
    /// <param name="seed">Decides the subsample of contingency pairs above 50 000 rows.</param>
    public static QualityReport Of(Table real, Table synthetic, QualityMode mode, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(synthetic);
        Table r = Limit(real, seed.Derive("real")), s = Limit(synthetic, seed.Derive("synthetic"));
        int[][] realLabels = [.. r.Columns.Select(OwnLabels)], otherLabels = [.. s.Columns.Select(OwnLabels)];
        List<QualityPair> pairs = [];
        for (int a = 0; a < real.Columns.Count; a++)
        {
            for (int b = a + 1; b < real.Columns.Count; b++)
            {
                pairs.Add(real.Columns[a] is NumericColumn x && real.Columns[b] is NumericColumn y
                    ? Correlation(x, y, (NumericColumn)synthetic.Columns[a], (NumericColumn)synthetic.Columns[b], mode)
                    : Contingency(a, b));
            }
        }

        return new QualityReport
        {
            Mode = mode,
            Shapes = [.. real.Columns.Select((c, j) => Shape(c, synthetic.Columns[j]))],
            Pairs = pairs,
        };

        QualityPair Contingency(int a, int b)
        {
            int levelsA = Levels(r.Columns[a]), levelsB = Levels(r.Columns[b]);
            double v = new ContingencyTable(realLabels[a], realLabels[b], levelsA, levelsB).CramersV;
            double score = PairMetrics.ContingencySimilarity(realLabels[a], realLabels[b], otherLabels[a], otherLabels[b], levelsA, levelsB);
            bool counts = mode == QualityMode.Classic || v > 0.3;
            return new QualityPair(r.Columns[a].Name, r.Columns[b].Name, "ContingencySimilarity", counts ? Nullable(score) : null, v);
        }
    }

    /// <summary>
    /// The validity part of that library's diagnostic report: boundary adherence of numbers and category adherence of categories,
    /// one score a column.
    /// </summary>
    public static IReadOnlyList<QualityShape> Validity(Table real, Table synthetic)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(synthetic);
        return [.. real.Columns.Select((c, j) => c is NumericColumn n
            ? new QualityShape(c.Name, "BoundaryAdherence", Nullable(ColumnCompatibility.BoundaryAdherence(n.Values, ((NumericColumn)synthetic.Columns[j]).Values)))
            : new QualityShape(c.Name, "CategoryAdherence", Nullable(DiscreteMetrics.CategoryAdherence(
                ((DiscreteColumn)c).Codes, ((DiscreteColumn)synthetic.Columns[j]).Codes, ((DiscreteColumn)c).Levels.Count))))];
    }

    private static QualityShape Shape(Column real, Column synthetic) => real is NumericColumn n
        ? new QualityShape(real.Name, "KSComplement", Nullable(NumericMetrics.KsComplement(n.Values, ((NumericColumn)synthetic).Values)))
        : new QualityShape(real.Name, "TVComplement", Nullable(ColumnCompatibility.TotalVariationComplement(
            ((DiscreteColumn)real).Codes, ((DiscreteColumn)synthetic).Codes, ((DiscreteColumn)real).Levels.Count)));

    private static QualityPair Correlation(NumericColumn x, NumericColumn y, NumericColumn otherX, NumericColumn otherY, QualityMode mode)
    {
        double real = PairMetrics.Pearson(x.Values, y.Values), other = PairMetrics.Pearson(otherX.Values, otherY.Values);
        bool counts = mode == QualityMode.Classic || Math.Abs(real) > 0.5;
        return new QualityPair(x.Name, y.Name, "CorrelationSimilarity", counts ? Nullable(PairMetrics.CorrelationSimilarity(real, other)) : null, real);
    }

    /// <summary>
    /// Labels as that library makes them: categories by code with missing last; numbers by ten equal-width edges of the column's own
    /// table, where the maximum and missing values both land in an eleventh bin.
    /// </summary>
    private static int[] OwnLabels(Column column)
    {
        if (column is DiscreteColumn discrete)
            return [.. discrete.Codes.ToArray().Select(c => c < 0 ? discrete.Levels.Count : c)];

        ReadOnlySpan<double> values = ((NumericColumn)column).Values;
        double[] present = NumericMetrics.Present(values);
        int[] labels = new int[values.Length];
        if (present.Length == 0)
        {
            Array.Fill(labels, 11);
            return labels;
        }

        bool constant = present[0] == present[^1];
        double[] edges = RealBins.Linear(present[0] - (constant ? 0.5 : 0), present[^1] + (constant ? 0.5 : 0), 10);
        for (int i = 0; i < labels.Length; i++)
        {
            foreach (double edge in edges)
            {
                if (double.IsNaN(values[i]) || edge <= values[i])
                    labels[i]++;
            }
        }

        return labels;
    }

    private static int Levels(Column column) => column is DiscreteColumn d ? d.Levels.Count + 1 : 12;

    private static Table Limit(Table table, Seed seed) => table.RowCount <= PairSubsample
        ? table
        : table.Take(seed.Stream("subsample").Permutation(table.RowCount).AsSpan(0, PairSubsample));

    private static double? Nullable(double value) => double.IsNaN(value) ? null : value;

    private static double Mean(IEnumerable<double?> scores) => scores.Where(s => s is not null).Select(s => s!.Value).DefaultIfEmpty(double.NaN).Average();
}

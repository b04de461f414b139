using Lethe.Learning.Trees;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.AdversarialRandomForest;

/// <summary>
/// FORDE: inside every leaf a product of one distribution per column. p(x) = (1/B) Σ_b Σ_{l∋x} w_l Π_j p_lj(x_j). Arrays are
/// leaves × what they hold, all trees one after the other; no value of a single row is kept unless it is a bound of a leaf.
/// </summary>
internal sealed class LeafDensities
{
    private const double Z975 = 1.9599639845400545; // Φ⁻¹(0.975)

    private LeafDensities(double[] weights, LeafColumn[] columns) => (Weights, Columns) = (weights, columns);

    /// <summary>w_l / B: share of real rows in the leaf, over the number of trees. Sums to 1.</summary>
    public double[] Weights { get; }

    /// <summary>The distributions of every column in every leaf.</summary>
    public LeafColumn[] Columns { get; }

    public static LeafDensities Fit(ForestColumn[] columns, double[][] real, LeafedTree[] trees, AdversarialRandomForestOptions options)
    {
        int n = real[0].Length;
        // A table without anything to split on is one leaf.
        List<(LeafBox? Box, int[] Rows)> leaves = trees.Length == 0
            ? [(null, [.. Enumerable.Range(0, n)])]
            : [.. trees.SelectMany(t => Enumerable.Range(0, t.Rows.Leaves).Select(l => ((LeafBox?)t.Tree.LeafBox(l), t.Rows.Rows(l).ToArray())))];
        double share = 1.0 / ((double)n * Math.Max(1, trees.Length));
        LeafColumn[] made = new LeafColumn[columns.Length];
        int feature = 0;
        for (int j = 0; j < columns.Length; j++)
        {
            made[j] = columns[j].IsNumeric ? Numbers(columns[j], real[j], leaves, feature, options.Bounds) : Levels(columns[j], real[j], leaves, feature, options.PseudoCount);
            feature += columns[j].Features;
        }

        return new LeafDensities([.. leaves.Select(l => l.Rows.Length * share)], made);
    }

    public void Save(ModelWriter writer)
    {
        writer.Add("leaf.weight", Weights);
        for (int j = 0; j < Columns.Length; j++)
            Columns[j].Save(writer, j);
    }

    public static LeafDensities Load(ModelReader reader, ForestColumn[] columns)
    {
        double[] weights = reader.FiniteDoubles("leaf.weight", -1);
        ModelReader.Require(weights.Length > 0 && Array.TrueForAll(weights, w => w >= 0) && weights.Sum() > 0, "leaf.weight", "holds no weight");
        return new LeafDensities(weights, [.. columns.Select((c, j) => LeafColumn.Load(reader, j, c, weights.Length))]);
    }

    private static LeafNumbers Numbers(ForestColumn column, double[] cells, List<(LeafBox? Box, int[] Rows)> leaves, int feature, LeafBounds bounds)
    {
        LeafNumbers made = new(column.Grid!, leaves.Count);
        for (int l = 0; l < leaves.Count; l++)
        {
            double[] values = [.. leaves[l].Rows.Select(row => cells[row]).Where(v => !double.IsNaN(v))];
            made.Missing[l] = 1 - ((double)values.Length / leaves[l].Rows.Length);
            if (column.Grid!.IsEmpty)
                continue;
            // A leaf without any value is never asked for one; the column's range keeps its entries valid.
            (double lower, double upper) = (column.Grid.Lower, column.Grid.Upper);
            if (leaves[l].Box is { } box && column.Varies)
                (lower, upper) = (Math.Max(lower, lower + box.Lower[feature]), Math.Min(upper, column.Grid.Lower + box.Upper[feature]));
            if (bounds == LeafBounds.Local && values.Length > 0)
                (lower, upper) = (values.Min(), values.Max());
            // Thresholds are 32-bit: a value may lie on the far side of its own box by a rounding.
            (made.Lower[l], made.Upper[l]) = (Math.Min(lower, upper), Math.Max(lower, upper));
            double middle = (lower + upper) / 2;
            made.Mean[l] = values.Length == 0 ? middle : values.Average();
            double sum = 0;
            foreach (double v in values)
                sum += (v - made.Mean[l]) * (v - made.Mean[l]);
            double sd = values.Length > 1 ? Math.Sqrt(sum / (values.Length - 1)) : 0;
            made.Sd[l] = sd > 0 ? sd : Math.Sqrt(2.0 / Math.Max(1, values.Length)) * (made.Upper[l] - middle) / Z975;
        }

        return made;
    }

    private static LeafLevels Levels(ForestColumn column, double[] cells, List<(LeafBox? Box, int[] Rows)> leaves, int feature, double pseudoCount)
    {
        int k = column.Codes.Length;
        LeafLevels made = new(column.Codes, new double[leaves.Count * k]);
        for (int l = 0; l < leaves.Count; l++)
        {
            Span<double> p = made.Probabilities.AsSpan(l * k, k);
            foreach (int row in leaves[l].Rows)
                p[(int)cells[row]]++;
            double total = 0;
            for (int s = 0; s < k; s++)
            {
                if (p[s] > 0 || !column.Varies || leaves[l].Box?.AllowsLevel(feature, s) != false)
                    p[s] += pseudoCount;
                total += p[s];
            }

            for (int s = 0; s < k; s++)
                p[s] /= total;
        }

        return made;
    }
}

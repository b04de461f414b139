using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.Controls;

/// <summary>The empirical distribution of one column, missing cells included.</summary>
internal abstract class Marginal
{
    public static Marginal Fit(Column column) => column is NumericColumn numbers
        ? new NumericMarginal(SortedValues.Of(numbers.Values), numbers.MissingCount)
        : new LevelMarginal(Counts((DiscreteColumn)column));

    public static Marginal Load(ModelReader reader, int column, ColumnSchema schema)
    {
        if (schema.IsDiscrete)
        {
            int[] counts = reader.IntsWithin($"{column}.counts", 0, int.MaxValue, schema.Categories.Count + 1);
            ModelReader.Require(counts.Any(c => c > 0), $"{column}.counts", "counts nothing");
            return new LevelMarginal(counts);
        }

        double[] sorted = reader.FiniteDoubles($"{column}.sorted", -1);
        int missing = reader.IntsWithin($"{column}.missing", 0, int.MaxValue, 1)[0];
        ModelReader.Require(sorted.Length + (long)missing > 0, $"{column}.sorted", "is empty");
        return new NumericMarginal(sorted, missing);
    }

    public abstract Column Draw(ColumnSchema schema, int rows, RandomStream random, Condition? condition);

    public abstract void Save(ModelWriter writer, int column);

    protected static SynthesisException Impossible(ColumnSchema column) =>
        new($"No value of column '{column.Name}' that was ever observed meets its condition; widen the condition.");

    private static int[] Counts(DiscreteColumn column)
    {
        int[] counts = new int[column.Levels.Count + 1]; // missing last
        foreach (int code in column.Codes)
            counts[code < 0 ? column.Levels.Count : code]++;
        return counts;
    }

    private sealed class NumericMarginal(double[] sorted, int missing) : Marginal
    {
        public override Column Draw(ColumnSchema schema, int rows, RandomStream random, Condition? condition)
        {
            int first = 0, end = sorted.Length + missing;
            if (condition is not null)
            {
                first = SortedValues.LowerBound(sorted, condition.Lower);
                end = SortedValues.UpperBound(sorted, condition.Upper);
                if (first >= end)
                    throw Impossible(schema);
            }

            double[] values = new double[rows];
            for (int i = 0; i < rows; i++)
            {
                int at = first + random.NextInt(end - first);
                values[i] = at < sorted.Length ? sorted[at] : double.NaN;
            }

            return new NumericColumn(schema, values);
        }

        public override void Save(ModelWriter writer, int column)
        {
            writer.Add($"{column}.sorted", sorted);
            writer.Add($"{column}.missing", [missing]);
        }
    }

    private sealed class LevelMarginal(int[] counts) : Marginal
    {
        public override Column Draw(ColumnSchema schema, int rows, RandomStream random, Condition? condition)
        {
            double[] weights = new double[counts.Length];
            for (int c = 0; c < counts.Length; c++)
                weights[c] = condition is null || (c < counts.Length - 1 && condition.Accepts(c)) ? counts[c] : 0;
            if (!weights.Any(w => w > 0))
                throw Impossible(schema);
            int[] codes = new int[rows];
            for (int i = 0; i < rows; i++)
            {
                int c = random.NextIndex(weights);
                codes[i] = c < counts.Length - 1 ? c : DiscreteColumn.Missing;
            }

            return new DiscreteColumn(schema, codes);
        }

        public override void Save(ModelWriter writer, int column) => writer.Add($"{column}.counts", counts);
    }
}

using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Learning.Trees;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.AdversarialRandomForest;

/// <summary>
/// A column as the forest sees it: cells as numbers (values, or the position of an observed level; NaN for a missing number),
/// and the tree features made of them: the value or level, and whether a number is missing.
/// </summary>
internal sealed class ForestColumn
{
    private ForestColumn(ColumnSchema schema, NumericGrid? grid, int[] codes, bool hasHoles) => (Schema, Grid, Codes, HasHoles) = (schema, grid, codes, hasHoles);

    public ColumnSchema Schema { get; }

    /// <summary>Values that a numeric column can deliver; null for a discrete one.</summary>
    public NumericGrid? Grid { get; }

    /// <summary>Codes of the observed levels, −1 for missing last; empty for a numeric column.</summary>
    public int[] Codes { get; }

    /// <summary>True for a numeric column with missing cells and values.</summary>
    public bool HasHoles { get; }

    public bool IsNumeric => Grid is not null;

    /// <summary>Whether the column's value or level varies, and so makes a feature.</summary>
    public bool Varies => IsNumeric ? Grid!.Width > 0 : Codes.Length > 1;

    /// <summary>Number of tree features.</summary>
    public int Features => (Varies ? 1 : 0) + (HasHoles ? 1 : 0);

    public static ForestColumn Fit(Column column)
    {
        if (column is NumericColumn numbers)
        {
            NumericGrid grid = NumericGrid.Fit(numbers);
            return new ForestColumn(column.Schema, grid, [], !grid.IsEmpty && numbers.MissingCount > 0);
        }

        int[] seen = [.. ((DiscreteColumn)column).Codes.ToArray().Distinct().Order()];
        return new ForestColumn(column.Schema, null, [.. seen.Where(c => c >= 0), .. seen.Where(c => c < 0)], hasHoles: false);
    }

    /// <summary>The cells of a table column.</summary>
    public double[] Cells(Column column) => column is NumericColumn numbers
        ? numbers.Values.ToArray()
        : [.. ((DiscreteColumn)column).Codes.ToArray().Select(code => (double)Array.IndexOf(Codes, code))];

    /// <summary>The table column of cells.</summary>
    public Column ToColumn(double[] cells) => IsNumeric
        ? new NumericColumn(Schema, cells)
        : new DiscreteColumn(Schema, [.. cells.Select(cell => Codes[(int)cell])]);

    /// <summary>
    /// Tree features of cells. Missing numbers are filled with draws from the others: where they would land says nothing, and the
    /// indicator says that they are missing.
    /// </summary>
    public IEnumerable<TreeColumn> ToFeatures(double[] cells, RandomStream random)
    {
        if (Varies && IsNumeric)
            yield return TreeColumn.Ordered(Filled(cells, random));
        else if (Varies)
            yield return TreeColumn.Factor([.. cells.Select(cell => (int)cell)], Codes.Length);
        if (HasHoles)
            yield return TreeColumn.Factor([.. cells.Select(cell => double.IsNaN(cell) ? 1 : 0)], 2);
    }

    public void Save(ModelWriter writer, int column)
    {
        if (Grid is not null)
            writer.Add($"{column}.grid", Grid.ToNumbers());
        else
            writer.Add($"{column}.codes", Codes);
        writer.Add($"{column}.holes", [HasHoles ? 1 : 0]);
    }

    public static ForestColumn Load(ModelReader reader, int column, ColumnSchema schema)
    {
        bool holes = reader.IntsWithin($"{column}.holes", 0, 1, 1)[0] == 1;
        if (schema.IsNumeric)
            return new ForestColumn(schema, NumericGrid.FromNumbers(reader.Doubles($"{column}.grid", 4)), [], holes);
        int[] codes = reader.IntsWithin($"{column}.codes", DiscreteColumn.Missing, schema.Categories.Count - 1, -1);
        ModelReader.Require(codes.Length > 0 && codes.Distinct().Count() == codes.Length, $"{column}.codes", "names a level twice or none");
        return new ForestColumn(schema, null, codes, holes);
    }

    /// <summary>Values relative to the smallest, so that 32 bits resolve dates to seconds.</summary>
    private double[] Filled(double[] cells, RandomStream random)
    {
        double[] observed = [.. cells.Where(cell => !double.IsNaN(cell))];
        double[] filled = new double[cells.Length];
        for (int i = 0; i < filled.Length; i++)
        {
            double cell = !double.IsNaN(cells[i]) ? cells[i] : observed.Length > 0 ? observed[random.NextInt(observed.Length)] : Grid!.Lower;
            filled[i] = cell - Grid!.Lower;
        }

        return filled;
    }
}

using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Learning.Trees;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.SequentialCart;

/// <summary>
/// What is learnt about one column given the columns before it. A discrete column has one tree over its levels. A number
/// has, where it is sometimes missing or has a spike, a tree over {value, spike, missing}, then a tree over the values of
/// the rows that have one.
/// </summary>
internal sealed class CartColumn
{
    private const int Value = 0, Spike = 1, Missing = 2, States = 3;

    private readonly ColumnSchema _schema;
    private readonly CartTree _stateTree;   // levels of a discrete column, states of a number
    private readonly LeafLevels _states;
    private readonly CartTree? _valueTree;
    private readonly LeafValues? _values;
    private readonly NumericGrid? _grid;
    private readonly double _spike;

    private CartColumn(ColumnSchema schema, CartTree stateTree, LeafLevels states, CartTree? valueTree, LeafValues? values, NumericGrid? grid, double spike)
    {
        (_schema, _stateTree, _states, _valueTree, _values, _grid, _spike) = (schema, stateTree, states, valueTree, values, grid, spike);
    }

    public static CartColumn Fit(Column column, TreeFeatures before, SequentialCartOptions options, int[] rows, Seed seed, CancellationToken cancellation)
    {
        TreeFeatures x = before.SelectRows(rows);
        DecisionTreeOptions tree = new() { MinSamplesLeaf = options.MinLeaf, Complexity = 1e-8 };
        if (column is DiscreteColumn discrete)
        {
            int levels = discrete.Levels.Count + 1;
            int[] y = [.. rows.Select(i => discrete[i] < 0 ? levels - 1 : discrete[i])];
            (CartTree levelTree, int[] leaf) = Classify(x, y, levels, tree, seed.Derive("levels"), cancellation);
            return new CartColumn(column.Schema, levelTree, LeafLevels.Of(leaf, y, levels, levelTree.Leaves), null, null, null, double.NaN);
        }

        NumericColumn number = (NumericColumn)column;
        double spike = FindSpike(number, rows, options.SpikeShare);
        int[] state = [.. rows.Select(i => double.IsNaN(number[i]) ? Missing : number[i] == spike ? Spike : Value)];
        (CartTree stateTree, int[] stateLeaf) = Classify(x, state, States, tree, seed.Derive("states"), cancellation);
        LeafLevels states = LeafLevels.Of(stateLeaf, state, States, stateTree.Leaves);
        int[] having = [.. Enumerable.Range(0, rows.Length).Where(k => state[k] == Value)];
        NumericGrid grid = NumericGrid.Fit(number);
        if (having.Length == 0)
            return new CartColumn(column.Schema, stateTree, states, null, null, grid, spike);
        double[] values = [.. having.Select(k => number[rows[k]])];
        TreeFeatures valueFeatures = x.SelectRows(having);
        DecisionTree? fitted = valueFeatures.Columns == 0 ? null : DecisionTree.FitRegressor(valueFeatures, values, tree, seed.Derive("values"), cancellation: cancellation);
        CartTree valueTree = fitted is null ? CartTree.Stump() : CartTree.Of(fitted, valueFeatures);
        int[] valueLeaf = fitted?.Apply(valueFeatures) ?? new int[values.Length];
        return new CartColumn(column.Schema, stateTree, states, valueTree, LeafValues.Of(valueLeaf, values, valueTree.Leaves), grid, spike);
    }

    /// <summary>Draws the column for rows whose features of earlier columns are known, and writes its own features.</summary>
    /// <param name="rows">Features [rows, width], row-major.</param>
    /// <param name="width">Features of a row in all.</param>
    /// <param name="levels">Levels of the features before this column.</param>
    /// <param name="offset">Where this column's features start.</param>
    /// <param name="layout">How the column appears to later ones.</param>
    /// <param name="smoothing">Whether values are spread.</param>
    /// <param name="random">The column's stream.</param>
    public Column Draw(float[] rows, int width, ReadOnlySpan<int> levels, int offset, FeatureLayout layout, bool smoothing, RandomStream random)
    {
        int count = rows.Length / width;
        int[] codes = _schema.IsDiscrete ? new int[count] : [];
        double[] values = _schema.IsDiscrete ? [] : new double[count];
        for (int i = 0; i < count; i++)
        {
            Span<float> row = rows.AsSpan(i * width, width);
            Span<float> own = row.Slice(offset, layout.Levels.Length);
            int state = _states.Draw(_stateTree.FindLeaf(row, levels), random);
            if (_schema.IsDiscrete)
            {
                codes[i] = state == _schema.Categories.Count ? DiscreteColumn.Missing : state;
                layout.Write(own, codes[i]);
                continue;
            }

            values[i] = state switch
            {
                Missing => double.NaN,
                Spike => _spike,
                _ => _values!.Draw(_valueTree!.FindLeaf(row, levels), _grid!, smoothing, random),
            };
            layout.Write(own, values[i]);
        }

        return _schema.IsDiscrete ? new DiscreteColumn(_schema, codes) : new NumericColumn(_schema, values);
    }

    public void Save(ModelWriter writer, string prefix)
    {
        _stateTree.Save(writer, prefix + ".states");
        _states.Save(writer, prefix + ".states");
        if (_grid is null)
            return;
        writer.Add(prefix + ".grid", _grid.ToNumbers());
        writer.Add(prefix + ".spike", [_spike]);
        if (_valueTree is null)
            return;
        _valueTree.Save(writer, prefix + ".value-tree");
        _values!.Save(writer, prefix + ".leaf");
    }

    public static CartColumn Load(ModelReader reader, string prefix, ColumnSchema schema, ReadOnlySpan<int> levels)
    {
        CartTree stateTree = CartTree.Load(reader, prefix + ".states", levels);
        LeafLevels states = LeafLevels.Load(reader, prefix + ".states", stateTree.Leaves, schema.IsDiscrete ? schema.Categories.Count + 1 : States);
        if (schema.IsDiscrete)
            return new CartColumn(schema, stateTree, states, null, null, null, double.NaN);
        NumericGrid grid = NumericGrid.FromNumbers(reader.Doubles(prefix + ".grid", 4));
        double spike = reader.Doubles(prefix + ".spike", 1)[0];
        if (!reader.Has(prefix + ".leaf.values"))
            return new CartColumn(schema, stateTree, states, null, null, grid, spike);
        CartTree valueTree = CartTree.Load(reader, prefix + ".value-tree", levels);
        return new CartColumn(schema, stateTree, states, valueTree, LeafValues.Load(reader, prefix + ".leaf", valueTree.Leaves), grid, spike);
    }

    private static (CartTree Tree, int[] LeafOfRow) Classify(TreeFeatures x, int[] y, int classes, DecisionTreeOptions options, Seed seed, CancellationToken cancellation)
    {
        if (x.Columns == 0 || y.All(c => c == y[0]))
            return (CartTree.Stump(), new int[y.Length]);
        DecisionTree tree = DecisionTree.FitClassifier(x, y, classes, options, seed, cancellation: cancellation);
        return (CartTree.Of(tree, x), tree.Apply(x));
    }

    // NaN when no value is frequent enough; a column with a single value is all spike.
    private static double FindSpike(NumericColumn column, int[] rows, double share)
    {
        Dictionary<double, int> counts = [];
        foreach (int i in rows)
        {
            if (!double.IsNaN(column[i]))
                counts[column[i]] = counts.GetValueOrDefault(column[i]) + 1;
        }

        if (counts.Count == 0)
            return double.NaN;
        (double value, int count) = counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key).First();
        return count >= share * rows.Length ? value : double.NaN;
    }
}

using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.SequentialCart;

/// <summary>Columns drawn one after the other, each from the tree over those before it.</summary>
internal sealed class FittedSequentialCart : FittedTableSynthesizer
{
    private readonly int[] _order;
    private readonly CartColumn[] _columns;  // by position in the order
    private readonly FeatureLayout[] _layouts;
    private readonly bool _smoothing;
    private readonly int[] _levels, _offsets;

    public FittedSequentialCart(Schema schema, int[] order, CartColumn[] columns, FeatureLayout[] layouts, bool smoothing, FitReport report)
    {
        (Schema, _order, _columns, _layouts, _smoothing, Report) = (schema, order, columns, layouts, smoothing, report);
        _levels = [.. layouts.SelectMany(l => l.Levels)];
        _offsets = Offsets(layouts);
    }

    public override Descriptor Descriptor => SequentialCartSynthesizer.Announcement;

    public override Schema Schema { get; }

    public override FitReport Report { get; }

    public static FittedSequentialCart Load(ModelReader reader)
    {
        int n = reader.Schema.Columns.Count;
        int[] order = reader.IntsWithin("order", 0, n - 1, n);
        ModelReader.Require(order.Distinct().Count() == n, "order", "does not name every column once");
        double[] medians = reader.FiniteDoubles("medians", n);
        FeatureLayout[] layouts = new FeatureLayout[n];
        CartColumn[] columns = new CartColumn[n];
        List<int> levels = [];
        for (int k = 0; k < n; k++)
        {
            ColumnSchema schema = reader.Schema.Columns[order[k]];
            columns[k] = CartColumn.Load(reader, Prefix(order[k]), schema, levels.ToArray());
            int[] own = reader.Ints(Prefix(order[k]) + ".features", -1);
            ModelReader.Require(own.SequenceEqual(schema.IsDiscrete ? [schema.Categories.Count + 1] : own.Length == 2 ? [0, 2] : [0]), "features", "do not fit the column");
            layouts[k] = FeatureLayout.FromLevels(own, medians[k]);
            levels.AddRange(own);
        }

        return new FittedSequentialCart(reader.Schema, order, columns, layouts, reader.Value<bool>("smoothing"), FitReport.Empty);
    }

    public override void Save(ModelWriter writer)
    {
        writer.State["smoothing"] = _smoothing;
        writer.Add("order", _order, _order.Length);
        writer.Add("medians", _layouts.Select(l => l.Median).ToArray(), _layouts.Length);
        for (int k = 0; k < _order.Length; k++)
        {
            _columns[k].Save(writer, Prefix(_order[k]));
            writer.Add(Prefix(_order[k]) + ".features", _layouts[k].Levels);
        }
    }

    protected override Table SampleChunk(int rows, RandomStream stream, IReadOnlyList<Condition> conditions)
    {
        float[] features = new float[rows * _levels.Length];
        Column[] drawn = new Column[_order.Length];
        for (int k = 0; k < _order.Length; k++)
            drawn[_order[k]] = _columns[k].Draw(features, _levels.Length, _levels, _offsets[k], _layouts[k], _smoothing, stream);
        return new Table(Schema, drawn);
    }

    private static int[] Offsets(FeatureLayout[] layouts)
    {
        int[] offsets = new int[layouts.Length];
        for (int k = 1; k < layouts.Length; k++)
            offsets[k] = offsets[k - 1] + layouts[k - 1].Levels.Length;
        return offsets;
    }

    private static string Prefix(int column) => $"column.{column}";
}

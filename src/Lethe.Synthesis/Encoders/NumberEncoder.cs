using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Encoders;

/// <summary>
/// A numeric or date column as one scaled number (min-max to −1 … 1) or as a mode and the place within it, with a missing
/// indicator where the column had holes. Holes are filled by draws from the observed values, so that they make no mode of
/// their own; decoding blanks the cells whose indicator says so, and restores bounds, decimals and step.
/// </summary>
internal sealed class NumberEncoder : ColumnEncoder
{
    private readonly NumericGrid _grid;
    private readonly ModeNormaliser? _modes;
    private readonly bool _hasHoles;
    private readonly bool _isModelled;

    private NumberEncoder(NumericGrid grid, ModeNormaliser? modes, bool hasHoles)
    {
        (_grid, _modes, _hasHoles) = (grid, modes, hasHoles);
        _isModelled = grid.Width > 0;
        List<(BlockRole, int)> blocks = [];
        if (_isModelled)
        {
            blocks.Add((BlockRole.Scalar, 1));
            if (modes is not null)
                blocks.Add((BlockRole.Mode, modes.Modes));
        }

        if (hasHoles && !grid.IsEmpty)
            blocks.Add((BlockRole.Missing, 2));
        Blocks = blocks;
    }

    public override IReadOnlyList<(BlockRole Role, int Width)> Blocks { get; }

    private int ScalarWidth => _isModelled ? 1 + (_modes?.Modes ?? 0) : 0;

    private MinMaxScale Scale => new(_grid.Lower, _grid.Upper);

    public static NumberEncoder Fit(NumericColumn column, NumericCoding coding, CancellationToken cancellation)
    {
        NumericGrid grid = NumericGrid.Fit(column);
        bool modes = coding == NumericCoding.Modes && grid.Width > 0;
        return new NumberEncoder(grid, modes ? ModeNormaliser.Fit(column.Values, cancellation) : null, column.MissingCount > 0);
    }

    public override void Encode(Column column, float[] rows, int offset, int stride, RandomStream random)
    {
        NumericColumn numbers = (NumericColumn)column;
        if (_isModelled)
        {
            double[] values = Filled(numbers, random);
            if (_modes is null)
            {
                for (int i = 0; i < values.Length; i++)
                    rows[offset + (i * stride)] = (float)Scale.Forward(values[i]);
            }
            else
            {
                EncodeModes(_modes, values, rows, offset, stride, random);
            }
        }

        if (_hasHoles && !_grid.IsEmpty)
        {
            for (int i = 0; i < numbers.Count; i++)
                rows[offset + (i * stride) + ScalarWidth + (numbers.IsMissing(i) ? 1 : 0)] = 1;
        }
    }

    public override Column Decode(ColumnSchema schema, ReadOnlySpan<float> rows, int count, int offset, int stride)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> row = rows.Slice(offset + (i * stride), Width);
            values[i] = IsMissing(row) ? double.NaN : _grid.Restore(Value(row));
        }

        return new NumericColumn(schema, values);
    }

    public override void Save(ModelWriter writer, string prefix)
    {
        writer.Add(prefix + ".grid", _grid.ToNumbers());
        writer.Add(prefix + ".holes", [_hasHoles ? 1 : 0]);
        _modes?.Save(writer, prefix);
    }

    public static NumberEncoder Load(ModelReader reader, string prefix, NumericCoding coding)
    {
        NumericGrid grid = NumericGrid.FromNumbers(reader.Doubles(prefix + ".grid", 4));
        bool modes = coding == NumericCoding.Modes && grid.Width > 0;
        return new NumberEncoder(grid, modes ? ModeNormaliser.Load(reader, prefix) : null, reader.IntsWithin(prefix + ".holes", 0, 1, 1)[0] == 1);
    }

    private static void EncodeModes(ModeNormaliser normaliser, double[] values, float[] rows, int offset, int stride, RandomStream random)
    {
        int[] modes = new int[values.Length];
        float[] alphas = new float[values.Length];
        normaliser.Encode(values, random, modes, alphas);
        for (int i = 0; i < values.Length; i++)
        {
            rows[offset + (i * stride)] = alphas[i];
            rows[offset + (i * stride) + 1 + modes[i]] = 1;
        }
    }

    private bool IsMissing(ReadOnlySpan<float> row) =>
        _grid.IsEmpty || (_hasHoles && ArgMax(row.Slice(ScalarWidth, 2)) == 1);

    private double Value(ReadOnlySpan<float> row)
    {
        if (!_isModelled)
            return _grid.Lower;
        return _modes is null ? Scale.Inverse(row[0]) : _modes.Decode(ArgMax(row.Slice(1, _modes.Modes)), row[0]);
    }

    private static double[] Filled(NumericColumn column, RandomStream random)
    {
        double[] values = column.Values.ToArray();
        double[] observed = SortedValues.Of(values);
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
                values[i] = observed.Length == 0 ? 0 : observed[random.NextInt(observed.Length)];
        }

        return values;
    }
}

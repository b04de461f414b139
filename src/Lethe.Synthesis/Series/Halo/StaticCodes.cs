using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Series.Halo;

/// <summary>One static column ⇄ codes: observed levels, or bins of numbers; a missing cell is a code of its own. Immutable.</summary>
internal sealed class StaticCodes
{
    private readonly int[] _levels; // code of the column at each position, −1 for missing; empty for numbers
    private readonly ValueBins? _bins;
    private readonly NumericGrid? _grid;
    private readonly bool _missing;

    private StaticCodes(ColumnSchema column, int[] levels, ValueBins? bins, NumericGrid? grid, bool missing) =>
        (Column, _levels, _bins, _grid, _missing) = (column, levels, bins, grid, missing);

    public ColumnSchema Column { get; }

    /// <summary>Number of codes, at least 1.</summary>
    public int Width => _bins is null ? _levels.Length : _bins.Count + (_missing ? 1 : 0);

    public static StaticCodes Fit(Column column, int bins)
    {
        if (column is DiscreteColumn discrete)
            return new StaticCodes(column.Schema, [.. discrete.Codes.ToArray().Distinct().Order()], null, null, false);
        NumericColumn numbers = (NumericColumn)column;
        NumericGrid grid = NumericGrid.Fit(numbers);
        List<double> readings = [.. numbers.Values.ToArray().Where(v => !double.IsNaN(v))];
        return new StaticCodes(column.Schema, [], ValueBins.Fit(readings, bins, grid.IsEmpty ? 0 : grid.Step, clip: true), grid, numbers.MissingCount > 0);
    }

    /// <summary>Position of a cell's code; levels that training had not count as the first.</summary>
    public int CodeOf(Column column, int row) => column switch
    {
        DiscreteColumn discrete => Math.Max(0, Array.IndexOf(_levels, discrete[row])),
        NumericColumn numbers when numbers.IsMissing(row) => Math.Max(0, Width - 1),
        NumericColumn numbers => _bins!.BinOf(numbers[row]),
        _ => 0,
    };

    /// <summary>The cell that a code stands for: a level's code (−1 for missing), or a number (NaN for missing).</summary>
    public double Draw(int code, RandomStream stream) =>
        _bins is null ? _levels[code] : code == _bins.Count ? double.NaN : _grid!.Restore(_bins.Draw(code, stream));

    /// <summary>The column of drawn cells.</summary>
    public Column Build(double[] cells) =>
        _bins is null ? new DiscreteColumn(Column, [.. cells.Select(c => (int)c)]) : new NumericColumn(Column, cells);

    public void Save(ModelWriter writer, string name)
    {
        if (_bins is null)
        {
            writer.Add(name + ".levels", _levels);
            return;
        }

        _bins.Save(writer, name);
        writer.Add(name + ".grid", _grid!.ToNumbers());
        writer.Add(name + ".missing", [_missing ? 1 : 0]);
    }

    public static StaticCodes Load(ModelReader reader, string name, ColumnSchema column)
    {
        if (!column.IsNumeric)
        {
            int[] levels = reader.IntsWithin(name + ".levels", DiscreteColumn.Missing, column.Categories.Count - 1, -1);
            ModelReader.Require(levels.Length > 0 && levels.Distinct().Count() == levels.Length, name, "names a level twice or none");
            return new StaticCodes(column, levels, null, null, false);
        }

        ValueBins bins = ValueBins.Load(reader, name);
        bool missing = reader.IntsWithin(name + ".missing", 0, 1, 1)[0] == 1;
        NumericGrid grid = NumericGrid.FromNumbers(reader.Doubles(name + ".grid", 4));
        ModelReader.Require(bins.Count > 0 ? !grid.IsEmpty : missing, name, "has no code");
        return new StaticCodes(column, [], bins, grid, missing);
    }
}

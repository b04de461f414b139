using Lethe.Data.Tables;
using Lethe.Evaluation.Fidelity.Columns;
using Lethe.Evaluation.Statistics;
using Lethe.Learning;

namespace Lethe.Evaluation.Encoding;

/// <summary>
/// Turns table rows into the numbers that learners take: numbers and dates as they are, missing ones replaced by the mean of the
/// fitted table with an indicator column beside; categories one-hot with a level for missing cells. What it learns (means, levels,
/// which columns have holes) comes from the fitted table alone; a level that it has not seen becomes all zeros. Scaling is not its
/// business: linear models and networks standardise, trees do not. Immutable.
/// </summary>
public sealed class FeatureEncoder
{
    private readonly Source[] _sources;

    private FeatureEncoder(Source[] sources)
    {
        _sources = sources;
        Names = [.. sources.Select(s => s.Name)];
    }

    /// <summary>Names of the encoded columns, in order: <c>age</c>, <c>age_missing</c>, <c>sex=male</c>, <c>thal=NA</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of encoded columns.</summary>
    public int Width => _sources.Length;

    /// <summary>For each encoded column the position of its table column among those given to <see cref="Fit"/>.</summary>
    public IReadOnlyList<int> Origins => [.. _sources.Select(s => s.Column)];

    /// <summary>Learns the encoding of a table's columns.</summary>
    /// <param name="table">Rows to learn from, usually those that the model is trained on.</param>
    /// <param name="columns">Names of the columns to encode; null: all that are modelled and not the target.</param>
    /// <param name="options">Which columns to make.</param>
    public static FeatureEncoder Fit(Table table, IReadOnlyList<string>? columns = null, FeatureEncoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= new FeatureEncoderOptions();
        columns ??= [.. table.Schema.Columns.Where(c => c.IsModelled && c.Role != Data.Schemas.ColumnRole.Target).Select(c => c.Name)];
        List<Source> numbers = [], levels = [];
        for (int j = 0; j < columns.Count; j++)
        {
            Column column = table[columns[j]];
            if (column is DiscreteColumn discrete)
            {
                levels.AddRange(Levels(discrete, j, options));
                continue;
            }

            double[] present = NumericMetrics.Present(((NumericColumn)column).Values);
            numbers.Add(new Source(j, column.Name, Kind.Number, null, present.Length == 0 ? 0 : Moments.Mean(present)));
            if (options.MissingIndicators && column.MissingCount > 0)
                numbers.Add(new Source(j, column.Name + "_missing", Kind.Indicator, null, 0));
        }

        Source[] sources = [.. numbers, .. levels];
        if (options.DropConstant)
            sources = [.. sources.Where(s => !Moments.IsConstant(Values(s, table[columns[s.Column]])))];
        return new FeatureEncoder([.. sources.Select(s => s with { Table = columns[s.Column] })]);
    }

    /// <summary>The encoded rows of a table that has the fitted columns (levels are matched by name): n × <see cref="Width"/>.</summary>
    /// <exception cref="KeyNotFoundException">A fitted column is absent.</exception>
    public DesignMatrix Encode(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        double[] values = new double[table.RowCount * Width];
        for (int k = 0; k < Width; k++)
        {
            double[] column = Values(_sources[k], table[_sources[k].Table]);
            for (int i = 0; i < column.Length; i++)
                values[(i * Width) + k] = column[i];
        }

        return new DesignMatrix(values, table.RowCount, Width);
    }

    private static List<Source> Levels(DiscreteColumn column, int position, FeatureEncoderOptions options)
    {
        double[] counts = DiscreteMetrics.Counts(column.Codes, column.Levels.Count, withMissing: true);
        List<Source> sources = [];
        for (int l = 0; l < column.Levels.Count; l++)
        {
            if (options.AllSchemaLevels || counts[l] > 0)
                sources.Add(new Source(position, $"{column.Name}={column.Levels[l]}", Kind.Level, column.Levels[l], 0));
        }

        if (counts[^1] > 0)
            sources.Add(new Source(position, $"{column.Name}=NA", Kind.Level, null, 0));
        return options.DropFirstLevel ? [.. sources.OrderBy(s => s.Level ?? "NA", StringComparer.Ordinal).Skip(1)] : sources;
    }

    private static double[] Values(Source source, Column column)
    {
        double[] result = new double[column.Count];
        switch (source.Kind)
        {
            case Kind.Number:
                ReadOnlySpan<double> numbers = ((NumericColumn)column).Values;
                for (int i = 0; i < result.Length; i++)
                    result[i] = double.IsNaN(numbers[i]) ? source.Mean : numbers[i];
                break;
            case Kind.Indicator:
                for (int i = 0; i < result.Length; i++)
                    result[i] = column.IsMissing(i) ? 1 : 0;
                break;
            default:
                DiscreteColumn discrete = (DiscreteColumn)column;
                int code = DiscreteColumn.Missing;
                if (source.Level is not null && (code = IndexOf(discrete.Levels, source.Level)) < 0)
                    break;
                for (int i = 0; i < result.Length; i++)
                    result[i] = discrete[i] == code ? 1 : 0;
                break;
        }

        return result;
    }

    private static int IndexOf(IReadOnlyList<string> levels, string level)
    {
        for (int l = 0; l < levels.Count; l++)
        {
            if (string.Equals(levels[l], level, StringComparison.Ordinal))
                return l;
        }

        return -1;
    }

    private enum Kind
    {
        Number,
        Indicator,
        Level,
    }

    private sealed record Source(int Column, string Name, Kind Kind, string? Level, double Mean)
    {
        public string Table { get; init; } = "";
    }
}

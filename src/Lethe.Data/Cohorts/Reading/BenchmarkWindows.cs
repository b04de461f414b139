using System.Globalization;
using Lethe.Data.Problems;
using Lethe.Data.Rows;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// The windows of the public time-series benchmarks (Stocks, Energy, ETTh): one long numeric series, each column scaled by its own global
/// minimum and maximum, (x − min)/(max − min + 1e-7), then cut into overlapping windows at every step (Yoon, Jarrett and van der Schaar, TimeGAN,
/// NeurIPS 2019). Neighbouring windows share all rows but one: figures of privacy on them mean nothing, and a random split is no holdout.
/// Immutable, thread-safe.
/// </summary>
public sealed class BenchmarkWindows
{
    private const double Guard = 1e-7;
    private readonly float[] _series;

    private BenchmarkWindows(string name, IReadOnlyList<string> columns, float[] series, int window)
    {
        (Name, Columns, _series, Window) = (name, columns, series, window);
        Rows = series.Length / columns.Count;
    }

    /// <summary>Name for people.</summary>
    public string Name { get; }

    /// <summary>Names of the columns, F of them.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Rows of the series.</summary>
    public int Rows { get; }

    /// <summary>Steps of a window.</summary>
    public int Window { get; }

    /// <summary>Number of windows, rows − window: as in TimeGAN's code, the window that ends with the last row is not among them.</summary>
    public int Count => Rows - Window;

    /// <summary>Reads a CSV file, plain or gzipped, with a header line, oldest row first. Columns whose first cell is no number (dates) are left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="window">Steps of a window.</param>
    /// <exception cref="DataException">The file is empty or damaged, a cell of a numeric column is no number, or there are no more rows than a window has steps.</exception>
    public static BenchmarkWindows Read(string path, int window = 24)
    {
        string[] columns = NumericColumns(path);
        List<double> cells = [];
        using (CsvRowReader rows = new(path, columns))
        {
            while (rows.Read())
            {
                for (int c = 0; c < columns.Length; c++)
                {
                    if (!rows.TryNumber(c, out double value) || !double.IsFinite(value))
                        throw NoNumber(path, rows.Line, columns[c], rows.Text(c));
                    cells.Add(value);
                }
            }
        }

        string file = Path.GetFileName(path);
        return Of(file[..file.IndexOf('.', StringComparison.Ordinal)], columns, [.. cells], window);
    }

    /// <summary>Windows of a series in memory.</summary>
    /// <param name="name">Name for people.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="series">Rows × columns, row-major, oldest row first.</param>
    /// <param name="window">Steps of a window.</param>
    /// <exception cref="DataException">There are no more rows than a window has steps.</exception>
    public static BenchmarkWindows Of(string name, IReadOnlyList<string> columns, ReadOnlySpan<double> series, int window = 24)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window);
        int f = columns.Count;
        if (f == 0 || series.Length / f <= window)
            throw TooShort(name, f == 0 ? 0 : series.Length / f, window);
        float[] scaled = new float[series.Length];
        for (int c = 0; c < f; c++)
        {
            double low = double.PositiveInfinity, high = double.NegativeInfinity;
            for (int i = c; i < series.Length; i += f)
                (low, high) = (Math.Min(low, series[i]), Math.Max(high, series[i]));
            for (int i = c; i < series.Length; i += f)
                scaled[i] = (float)((series[i] - low) / (high - low + Guard));
        }

        return new BenchmarkWindows(name, columns, scaled, window);
    }

    /// <summary>Values of some windows [windows, steps, columns].</summary>
    public float[] Values(ReadOnlySpan<int> windows)
    {
        int width = Window * Columns.Count;
        float[] values = new float[windows.Length * width];
        for (int i = 0; i < windows.Length; i++)
            _series.AsSpan(windows[i] * Columns.Count, width).CopyTo(values.AsSpan(i * width));
        return values;
    }

    /// <summary>Values of all windows, in order of time.</summary>
    public float[] Values() => Values([.. Enumerable.Range(0, Count)]);

    /// <summary>Some windows as a cohort: one step an hour, every channel observed at every step, values to seven decimals.</summary>
    public Cohort ToCohort(ReadOnlySpan<int> windows) => ToCohort(Name, Columns, Values(windows), Window);

    /// <summary>All windows as a cohort.</summary>
    public Cohort ToCohort() => ToCohort([.. Enumerable.Range(0, Count)]);

    /// <summary>Sequences scaled to [0, 1] as a cohort: one step an hour, every channel observed at every step, values to seven decimals.</summary>
    /// <param name="name">Name of the cohort.</param>
    /// <param name="columns">Channel names.</param>
    /// <param name="values">Values [sequences, steps, columns].</param>
    /// <param name="steps">Steps of a sequence.</param>
    public static Cohort ToCohort(string name, IReadOnlyList<string> columns, ReadOnlySpan<float> values, int steps)
    {
        ArgumentNullException.ThrowIfNull(columns);
        int f = columns.Count, width = steps * f, n = values.Length / width;
        int[] offsets = new int[n + 1];
        float[] times = new float[values.Length];
        ushort[] channels = new ushort[values.Length];
        for (int i = 0; i < n; i++)
            offsets[i + 1] = (i + 1) * width;
        for (int e = 0; e < values.Length; e++)
        {
            times[e] = e % width / f;
            channels[e] = (ushort)(e % f);
        }

        Table statics = new([new TextColumn(
            new ColumnSchema { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = ColumnRole.Identifier },
            [.. Enumerable.Range(0, n).Select(i => string.Create(CultureInfo.InvariantCulture, $"WINDOW{i:D6}"))])]);
        Channel[] described = [.. columns.Select(c => new Channel { Name = c, Kind = ChannelKind.Vital, Decimals = 7, PlausibleRange = new Bounds(0, 1, Origin.Public) })];
        return new Cohort(name, statics, described, offsets, times, channels, values.ToArray(), []);
    }

    private static string[] NumericColumns(string path)
    {
        IReadOnlyList<string> header;
        using (CsvRowReader probe = new(path))
            header = probe.Header;
        using CsvRowReader rows = new(path, [.. header]);
        return rows.Read()
            ? [.. header.Where((_, c) => rows.TryNumber(c, out double value) && double.IsFinite(value))]
            : [];
    }

    private static DataException NoNumber(string path, long line, string column, string? value) => new(new DataProblem
    {
        Code = "LW001",
        File = Path.GetFileName(path),
        Line = line,
        Column = column,
        Value = value,
        Message = "the cell is not a finite number, though the column begins with one",
        Remedy = "Fill or remove incomplete rows: the benchmark's windows have no gaps.",
    });

    private static DataException TooShort(string name, int rows, int window) => new(new DataProblem
    {
        Code = "LW002",
        File = name,
        Message = string.Create(CultureInfo.InvariantCulture, $"there are {rows} complete numeric rows, too few for a window of {window} steps"),
        Remedy = "Give a longer series or a shorter window.",
    });
}

using System.Globalization;

namespace Lethe.Learning.Tests;

/// <summary>A plain comma-separated file of the golden folder as text cells; empty = missing.</summary>
internal sealed class CsvTable
{
    private readonly string[][] _rows;

    private CsvTable(string[] header, string[][] rows)
    {
        Header = header;
        _rows = rows;
    }

    public string[] Header { get; }

    public int Rows => _rows.Length;

    public static CsvTable Load(Golden golden, string path)
    {
        string[] lines = [.. File.ReadAllLines(Path.Combine(golden.Folder, path)).Where(l => l.Length > 0)];
        return new CsvTable(lines[0].Split(','), [.. lines.Skip(1).Select(l => l.Split(','))]);
    }

    public string[] Text(string column)
    {
        int j = Array.IndexOf(Header, column);
        return [.. _rows.Select(r => r[j])];
    }

    public double[] Numbers(string column) =>
        [.. Text(column).Select(s => s.Length == 0 ? double.NaN : double.Parse(s, CultureInfo.InvariantCulture))];

    public int[] Labels(string column) => [.. Numbers(column).Select(v => (int)v)];

    public DesignMatrix Matrix(params string[] columns) => DesignMatrix.FromColumns([.. columns.Select(Numbers)]);
}

namespace Lethe.Reporting.Text;

/// <summary>A table of finished texts: what HTML and Markdown write alike. The first column names the row.</summary>
/// <param name="Caption">What the table holds.</param>
/// <param name="Columns">Columns in order.</param>
/// <param name="Rows">Cells, one list a row, as many as columns.</param>
public sealed record TextTable(string Caption, IReadOnlyList<TextColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>One column of a table.</summary>
/// <param name="Title">Header.</param>
/// <param name="Numeric">True when its cells are figures and stand flush right.</param>
public sealed record TextColumn(string Title, bool Numeric = false)
{
    /// <summary>A column of figures.</summary>
    public static TextColumn Figure(string title) => new(title, Numeric: true);
}

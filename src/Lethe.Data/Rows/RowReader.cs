using System.Globalization;
using System.Text;

namespace Lethe.Data.Rows;

/// <summary>
/// Forward-only rows of a large table, only the columns asked for, from a text file or a database alike. Memory is that of
/// one row. Cells are addressed by the position of the column in the request.
/// </summary>
public abstract class RowReader : IDisposable
{
    private byte[] _utf8 = [];

    /// <summary>File or table, for messages.</summary>
    public abstract string Name { get; }

    /// <summary>Line in the file (counted from 1 with the header), or number of the row in a query's result.</summary>
    public abstract long Line { get; }

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="Problems.DataException">The row cannot be read (ragged, damaged archive); the message names the line.</exception>
    public abstract bool Read();

    /// <summary>The cell as text, or null when empty.</summary>
    public abstract string? Text(int column);

    /// <summary>The cell as UTF-8 bytes, empty when missing; they live until the next call or row.</summary>
    public virtual ReadOnlySpan<byte> Utf8(int column)
    {
        string text = Text(column) ?? "";
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_utf8.Length < most)
            _utf8 = new byte[most];
        return _utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, _utf8));
    }

    /// <summary>The cell as a number: NaN when empty; false when it is not a number.</summary>
    public virtual bool TryNumber(int column, out double value)
    {
        string? text = Text(column);
        if (text is null)
        {
            value = double.NaN;
            return true;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>The cell as a whole number; false when empty or not one.</summary>
    public virtual bool TryInteger(int column, out long value)
    {
        string? text = Text(column);
        value = 0;
        return text is not null && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The cell as a point in time; false when empty or not one.</summary>
    public virtual bool TryTime(int column, out DateTime value)
    {
        string? text = Text(column);
        value = default;
        return text is not null && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of files and connections.</summary>
    protected abstract void Dispose(bool disposing);
}

using System.Data.Common;
using System.Globalization;
using Lethe.Data.Problems;

namespace Lethe.Data.Rows;

/// <summary>Rows of a database query.</summary>
internal sealed class DbRowReader : RowReader
{
    private readonly DbConnection _connection;
    private readonly DbCommand _command;
    private readonly DbDataReader _reader;
    private readonly Type[] _types;
    private readonly Func<DbException, DataException> _error;
    private long _row;

    /// <param name="name">Database and table, for messages.</param>
    /// <param name="openConnection">Is closed with the reader.</param>
    /// <param name="command">The query.</param>
    /// <param name="error">Makes a message for the user out of an error of the database.</param>
    /// <exception cref="DataException">The database refuses the query.</exception>
    public DbRowReader(string name, DbConnection openConnection, DbCommand command, Func<DbException, DataException> error)
    {
        Name = name;
        _connection = openConnection;
        _command = command;
        _error = error;
        try
        {
            _reader = command.ExecuteReader();
        }
        catch (DbException e)
        {
            command.Dispose();
            openConnection.Dispose();
            throw error(e);
        }

        _types = [.. Enumerable.Range(0, _reader.FieldCount).Select(_reader.GetFieldType)];
    }

    public override string Name { get; }

    public override long Line => _row;

    public override bool Read()
    {
        try
        {
            if (!_reader.Read())
                return false;
        }
        catch (DbException e)
        {
            throw _error(e);
        }

        _row++;
        return true;
    }

    public override string? Text(int column)
    {
        if (_reader.IsDBNull(column))
            return null;
        string text = _reader.GetValue(column) switch
        {
            DateTime t => t.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
            object o => o.ToString() ?? "",
        };
        return text.Length == 0 ? null : text;
    }

    public override bool TryNumber(int column, out double value)
    {
        value = double.NaN;
        if (_reader.IsDBNull(column))
            return true;
        if (_types[column] == typeof(double))
            value = _reader.GetDouble(column);
        else if (_types[column] == typeof(long))
            value = _reader.GetInt64(column);
        else
            return base.TryNumber(column, out value);
        return double.IsFinite(value);
    }

    public override bool TryTime(int column, out DateTime value)
    {
        value = default;
        if (_reader.IsDBNull(column))
            return false;
        if (_types[column] != typeof(DateTime))
            return base.TryTime(column, out value);
        value = _reader.GetDateTime(column);
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _reader.Dispose();
        _command.Dispose();
        _connection.Dispose();
    }
}

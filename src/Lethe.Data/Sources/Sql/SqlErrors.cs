using Lethe.Data.Problems;

namespace Lethe.Data.Sources.Sql;

/// <summary>Errors of databases, LD301–LD319. What a server says may quote data, so it is for the owner's terminal only.</summary>
internal static class SqlErrors
{
    public static DataException NoColumns(string source) => Make("LD301", source, "the query returned no columns", "Give a query that selects rows, such as SELECT … FROM ….");

    public static DataException ColumnName(string source, string name, bool duplicate) => Make(
        "LD302", source,
        duplicate ? $"two columns of the result are named '{name}'" : "a column of the result has no name",
        "Name each column: SELECT … AS name.");

    public static DataException UnsupportedType(string source, string column, string type) => Make(
        "LD303", source, $"the values are of the type {type}, which has no place in a table", "Leave the column out, or turn it into text or a number in the query.", column);

    public static DataException UnreadableValue(string source, string column, long row, string type, Exception e) => new(new DataProblem
    {
        Code = "LD304",
        File = source,
        Line = row,
        Column = column,
        Message = $"the {type} value cannot be represented ({e.GetType().Name})",
        Remedy = "Round, cast or exclude such values in the query.",
    });

    public static DataProblem NotANumber(string column, long row, string what) => new()
    {
        Code = "LD305",
        Severity = Severity.Warning,
        Column = column,
        Line = row,
        Message = $"{what} was read as missing",
        Remedy = "Replace it in the query if it means something else.",
    };

    public static DataException TooLargeToInfer(string source) => Make(
        "LD306", source, "the result is too large to infer a schema from (more than 2 GiB of text)", "Infer the schema from a part of it (LIMIT), then give that schema: rows then stream.");

    public static DataException NotDatabase(string path, bool exists) => Make(
        "LD311", path, exists ? "this is not an SQLite database" : "there is no such file", exists ? "Check that it is the database file itself, not an export or a journal." : "Check the spelling and the folder that the command runs in.");

    public static DataException WhichTable(string path, IReadOnlyList<string> tables) => Make(
        "LD312", path,
        tables.Count == 0 ? "the database holds no table" : $"the database holds {tables.Count} tables",
        tables.Count == 0 ? "Check that it is the right file." : $"Name one of: {string.Join(", ", tables)}; or give a query.");

    public static DataException NoTable(string path, string table, IReadOnlyList<string> tables) => Make(
        "LD313", path, $"there is no table or view '{table}'", tables.Count == 0 ? "The database holds none." : $"It holds: {string.Join(", ", tables)}.");

    public static DataException Sqlite(string path, int code, string message) => Make(
        "LD314", path, $"the database refused the query (SQLite error {code})", code switch
        {
            5 or 6 => "Another program has the database locked: close it, or copy the file.",
            8 => "Queries may only read: give a SELECT.",
            11 or 26 => "The file is damaged; restore it from a copy.",
            _ => "Check the query: names of tables and columns, commas, quotes.",
        }, value: message);

    public static DataException NoServer(string server) => Make(
        "LD315", server, "the PostgreSQL server cannot be reached", "Check host and port, that the server runs, and that it accepts connections from this machine (listen_addresses, firewall).");

    public static DataException NoConnection() => Make(
        "LD316", null, "no PostgreSQL connection is given", "Give a connection string (Host=…;Database=…;Username=…) or set LETHE_POSTGRES, or the variables PGHOST, PGDATABASE, PGUSER and PGPASSWORD.");

    public static DataException BadConnectionString(string why) => Make(
        "LD316", null, $"the PostgreSQL connection string cannot be read ({why})", "Write it as Host=…;Port=…;Database=…;Username=… or as postgresql://user@host:port/database.");

    public static DataException Postgres(string server, string state, string message) => Make(
        "LD317", server, $"the PostgreSQL server answered with error {state}", state switch
        {
            "28P01" or "28000" => "The user name or password is not accepted; check them and the server's pg_hba.conf.",
            "3D000" => "There is no such database; check its name.",
            "42P01" => "There is no such table; check its name and schema (search_path).",
            "42703" => "There is no such column; check its spelling, and quote names with capitals.",
            "42601" => "The query has a syntax error.",
            "42501" => "This user may not read that; ask for SELECT on it.",
            "25006" => "Queries may only read: give a SELECT.",
            "57014" => "The query took longer than allowed: raise the time-out or restrict the query.",
            "53300" => "The server has no free connection; try again later.",
            _ => "Look the code up in PostgreSQL's list of error codes.",
        }, value: message);

    public static DataException BrokeOff(string server) => Make(
        "LD318", server, "the connection to the PostgreSQL server broke off or fell silent", "Try again; if it repeats, raise the time-out or ask for fewer rows.");

    private static DataException Make(string code, string? file, string message, string remedy, string? column = null, string? value = null) => new(new DataProblem
    {
        Code = code,
        File = file,
        Column = column,
        Message = message,
        Value = value,
        Remedy = remedy,
    });
}

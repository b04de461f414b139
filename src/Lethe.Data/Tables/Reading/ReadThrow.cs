using Lethe.Data.Problems;

namespace Lethe.Data.Tables.Reading;

/// <summary>The ways in which a file cannot be read at all.</summary>
internal static class ReadThrow
{
    public static DataException NotFound(string path) => Make(path, ProblemCodes.CannotOpen,
        "there is no such file", "Check the spelling and the folder that the command runs in");

    public static DataException IsFolder(string path) => Make(path, ProblemCodes.CannotOpen,
        "this is a folder, a table file was expected", "Name a file in it");

    public static DataException CannotOpen(string path, Exception e) => Make(path, ProblemCodes.CannotOpen,
        $"the file cannot be opened ({e.GetType().Name})", "Check that you may read it and that no other program has it open");

    public static DataException TooLongForMemory(string name, Exception e) => Make(name, ProblemCodes.CannotOpen,
        $"a stream is kept in memory while it is read, and this one is longer than 2 GiB ({e.GetType().Name})", "Save it to a file and read that");

    public static DataException NotText(string name, string what) => Make(name, ProblemCodes.NotText,
        $"this is {what}, text separated by commas, semicolons, tabs or bars was expected", "Export the table as CSV, or name the file with the extension of its format");

    public static DataException DamagedGzip(string name, Exception e) => Make(name, ProblemCodes.DamagedGzip,
        $"the compressed file is damaged or cut off ({e.GetType().Name})", "Copy it again; `gzip -t` tells whether it is whole");

    public static DataException WrongEncoding(string name, long line) => new(new DataProblem
    {
        Code = ProblemCodes.WrongEncoding,
        File = name,
        Line = line,
        Message = "the bytes of this row are not valid in the encoding that was named",
        Remedy = "Name the right encoding, or none to have it detected",
    });

    public static DataException Empty(string name) => Make(name, ProblemCodes.EmptyFile,
        "the file is empty", "Check that the export finished");

    public static DataException RecordTooLong(string name, long? line, int megabytes) => new(new DataProblem
    {
        Code = ProblemCodes.RecordTooLong,
        File = name,
        Line = line,
        Message = $"this row is longer than {megabytes} MiB, most likely because a quote is never closed",
        Remedy = "Look at the quotes from this line on",
    });

    public static DataException NoSuchColumn(string name, string column, IEnumerable<string> columns, string role) => Make(name, ProblemCodes.NoSuchColumn,
        $"there is no column '{column}' to be the {role}; the columns are {string.Join(", ", columns)}", "Name one of these", column);

    private static DataException Make(string file, string code, string message, string remedy, string? column = null) => new(new DataProblem
    {
        Code = code,
        File = file,
        Column = column,
        Message = message,
        Remedy = remedy,
    });
}

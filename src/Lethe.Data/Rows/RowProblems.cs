using Lethe.Data.Problems;

namespace Lethe.Data.Rows;

/// <summary>All mistakes of row sources, one message each.</summary>
internal static class RowProblems
{
    public static DataException MissingTable(string source, string table, IEnumerable<string> there) => new(new DataProblem
    {
        Code = "LR001",
        File = source,
        Message = $"there is no table '{table}'; {(there.Any() ? $"there are: {string.Join(", ", there.Order(StringComparer.Ordinal))}" : "there is none at all")}",
        Remedy = $"Add '{table}.csv' or '{table}.csv.gz', or choose the folder or schema that has it.",
    });

    public static DataException MissingColumns(string file, IEnumerable<string> missing, IEnumerable<string> there) => new(missing.Select(m => new DataProblem
    {
        Code = "LR002",
        File = file,
        Column = m,
        Message = $"the column is missing; there are: {string.Join(", ", there)}",
        Remedy = "Use the table as it was published, or name the column that holds this content.",
    }));

    public static DataException Ragged(string file, long line, int found, int expected) => new(new DataProblem
    {
        Code = "LR003",
        File = file,
        Line = line,
        Message = $"the row has {found} cells, the header has {expected}",
        Remedy = "Repair the row: an unquoted separator or a broken line is the usual cause.",
    });

    public static DataException Damaged(string file, long line, Exception cause) => new(new DataProblem
    {
        Code = "LR004",
        File = file,
        Line = line,
        Message = $"the file ends or breaks here: {cause.Message.TrimEnd('.')}",
        Remedy = "The archive is cut short or damaged: copy or download it again.",
    });

    public static DataException Empty(string file) => new(new DataProblem
    {
        Code = "LR005",
        File = file,
        Message = "the file has no header",
        Remedy = "Give a file whose first line names the columns.",
    });
}

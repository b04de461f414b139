using Lethe.Data.Problems;

namespace Lethe.Data.Splits;

/// <summary>Errors of splitting, LD201–LD205.</summary>
internal static class SplitErrors
{
    public static DataException MissingKey(string column, int row) => new(new DataProblem
    {
        Code = "LD201",
        Column = column,
        Message = $"data row {row + 1} has no patient key; rows of one patient must stay in one part of a split",
        Remedy = "Fill the key, remove the row, or name another column as the patient key in the schema.",
    });

    public static DataException TooFewPatients(int patients, string why) => new(new DataProblem
    {
        Code = "LD202",
        Message = $"the dataset has {patients} patients, but {why}",
        Remedy = "Choose smaller parts, or leave one out by giving it size 0.",
    });

    public static DataProblem DuplicateWarning(int rows, int total, DuplicatePolicy policy) => new()
    {
        Code = "LD203",
        Severity = Severity.Warning,
        Message = $"{rows} of {total} rows are identical to a row of another patient",
        Remedy = policy == DuplicatePolicy.KeepTogether
            ? "They were kept in one part; the patients concerned count as one."
            : "The same record may stand in train and holdout, which blurs membership and distance results: check whether the table was replicated, or keep duplicates together.",
    };

    public static DataException TooFewForFolds(int patients, int folds) => new(new DataProblem
    {
        Code = "LD204",
        Message = $"{folds} folds are asked for, but there are {patients} patients",
        Remedy = "Use fewer folds; each needs at least one patient.",
    });

    public static DataException LadderTooLarge(int patients, int size) => new(new DataProblem
    {
        Code = "LD205",
        Message = $"a training subset of {size} patients is asked for, but there are {patients}",
        Remedy = "Give sizes between 1 and the number of training patients.",
    });
}

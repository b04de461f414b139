using System.Diagnostics.CodeAnalysis;

namespace Lethe.Learning;

/// <summary>The errors of this room, one method each. Messages carry positions and sizes, never a cell's value.</summary>
internal static class LearningThrow
{
    [DoesNotReturn]
    public static void Length(string what, long found, long expected, string meaning) =>
        throw new ArgumentException($"{what}: {found} values were given, {expected} are needed ({meaning}). Pass arrays that agree in length.");

    [DoesNotReturn]
    public static void Label(int row, int found, int classes) =>
        throw new ArgumentException($"Row {row}: the class label is {found}; labels are the integers 0 … {classes - 1}. Number the classes from zero.");

    [DoesNotReturn]
    public static void NotFinite(string learner, int row, int column) =>
        throw new ArgumentException(
            $"Row {row}, column {column}: the value is missing or not finite, and {learner} needs finite numbers. " +
            "Impute the column first, or use histogram gradient boosting, which handles missing values itself.");

    [DoesNotReturn]
    public static void Target(int row) =>
        throw new ArgumentException($"Row {row}: the target is missing or not finite. Drop the row or impute its target before fitting.");

    [DoesNotReturn]
    public static void Weight(int row) =>
        throw new ArgumentException($"Row {row}: a weight is negative or not finite. Weights are finite numbers ≥ 0.");

    [DoesNotReturn]
    public static void NoRows(string learner) =>
        throw new ArgumentException($"{learner}: no row with a positive weight is left. At least one row is needed to fit.");

    [DoesNotReturn]
    public static void Columns(int found, int expected) =>
        throw new ArgumentException($"The matrix has {found} columns, the model was fitted on {expected}. Encode new rows exactly as the training rows.");

    [DoesNotReturn]
    public static void Level(int column, int row, int levels) =>
        throw new ArgumentException($"Row {row}, column {column}: a factor's value must be an integer level 0 … {levels - 1}. Number the levels from zero.");

    [DoesNotReturn]
    public static void Infinite(int row, int column) =>
        throw new ArgumentException($"Row {row}, column {column}: the value is infinite. Only finite numbers and missing values (NaN) can be binned.");
}

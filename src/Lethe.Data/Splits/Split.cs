using Lethe.Data.Cohorts;
using Lethe.Data.Problems;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Splits;

/// <summary>
/// Who is in which part: train, holdout, reference or none. Made once, by patient, before anything is learnt; the same
/// data, options and seed give the same split on every machine. Every patient has the same chance of being in a part
/// (part size / number of patients), also under stratification. Immutable.
/// </summary>
/// <remarks>
/// Within the given part sizes, each stratum's share of each part is the proportional one rounded down or up at random
/// without bias (Cox 1987, <i>JASA</i> 82:520–524); which patients fill it is a uniform draw. Row numbers within a part
/// ascend.
/// </remarks>
public sealed class Split
{
    private readonly Part[] _partOfRow;

    private Split(Part[] partOfRow, int[] patients, IReadOnlyList<DataProblem> warnings)
    {
        _partOfRow = partOfRow;
        Train = RowsIn(Part.Train);
        Holdout = RowsIn(Part.Holdout);
        Reference = RowsIn(Part.Reference);
        Patients = patients;
        Warnings = warnings;
    }

    /// <summary>Rows to learn from, ascending.</summary>
    public IReadOnlyList<int> Train { get; }

    /// <summary>Rows of unseen patients, ascending.</summary>
    public IReadOnlyList<int> Holdout { get; }

    /// <summary>Rows of the patients an attacker may know as reference, ascending; may be empty.</summary>
    public IReadOnlyList<int> Reference { get; }

    /// <summary>Number of patients by <see cref="Part"/> (train, holdout, reference, unused).</summary>
    public IReadOnlyList<int> Patients { get; }

    /// <summary>What the reader of results should know: identical records of different patients. No patient values.</summary>
    public IReadOnlyList<DataProblem> Warnings { get; }

    /// <summary>The part of each row.</summary>
    public ReadOnlySpan<Part> PartOfRow => _partOfRow;

    /// <summary>Splits a table by its patient key (without one every row is a patient), stratified on its target when it has one.</summary>
    /// <param name="table">The whole dataset.</param>
    /// <param name="options">Sizes and strata.</param>
    /// <param name="seed">The run's seed; the draw uses its child <c>split</c>.</param>
    /// <exception cref="DataException">LD201: a patient key is missing. LD202: too few patients for the sizes.</exception>
    public static Split Of(Table table, SplitOptions options, Seed seed) => Of(table, DuplicateRows.ClassOfRow(table), options, seed);

    /// <summary>
    /// Splits a cohort's stays by the patient key of its static table (without one every stay is a patient), stratified on
    /// its target when it has one.
    /// </summary>
    /// <param name="cohort">The whole dataset.</param>
    /// <param name="options">Sizes and strata; identical records are stays with the same static attributes and events.</param>
    /// <param name="seed">The run's seed; the draw uses its child <c>split</c>.</param>
    /// <exception cref="DataException">LD201: a patient key is missing. LD202: too few patients for the sizes.</exception>
    public static Split Of(Cohort cohort, SplitOptions options, Seed seed) => Of(cohort.Statics, DuplicateRows.ClassOfStay(cohort), options, seed);

    private static Split Of(Table table, int[] classOfRow, SplitOptions options, Seed seed)
    {
        Grouping groups = Grouping.Of(table);
        int repeated = DuplicateRows.CountAcross(classOfRow, groups);
        if (options.Duplicates == DuplicatePolicy.KeepTogether)
            groups = groups.Join(classOfRow);

        int[] strata = options.Stratify ? Strata.Of(table, groups, options.NumericStrata) : Strata.None(groups);
        DataProblem[] warnings = repeated == 0 ? [] : [SplitErrors.DuplicateWarning(repeated, table.RowCount, options.Duplicates)];
        return Of(groups, strata, options.Sizes, seed, warnings);
    }

    /// <summary>Splits whole groups, stratified by one number a group: the core, for tables and cohorts alike.</summary>
    /// <exception cref="DataException">LD202: too few patients for the sizes.</exception>
    public static Split Of(Grouping groups, ReadOnlySpan<int> strata, SplitSizes sizes, Seed seed, IReadOnlyList<DataProblem>? warnings = null)
    {
        int[] patients = sizes.Resolve(groups.GroupCount);
        int[] partOfGroup = Allocation.Draw(strata, patients, seed.Stream("split"));
        Part[] partOfRow = new Part[groups.RowCount];
        for (int row = 0; row < partOfRow.Length; row++)
            partOfRow[row] = (Part)partOfGroup[groups.GroupOfRow[row]];
        return new Split(partOfRow, patients, warnings ?? []);
    }

    /// <summary>The rows of <paramref name="table"/> that are in <paramref name="part"/>.</summary>
    public Table Select(Table table, Part part)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(table.RowCount, _partOfRow.Length);
        return table.Take(RowsIn(part));
    }

    /// <summary>The stays of <paramref name="cohort"/> that are in <paramref name="part"/>.</summary>
    public Cohort Select(Cohort cohort, Part part)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cohort.Count, _partOfRow.Length);
        return cohort.Take(RowsIn(part));
    }

    /// <summary>The rows in a part, ascending.</summary>
    public int[] RowsIn(Part part) => [.. Enumerable.Range(0, _partOfRow.Length).Where(row => _partOfRow[row] == part)];
}

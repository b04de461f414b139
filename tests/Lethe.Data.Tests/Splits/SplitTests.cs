using FsCheck;
using FsCheck.Fluent;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Splits;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Tests.Splits;

public sealed class SplitTests
{
    /// <summary>Patients with one to four rows in random order, a stratum each, and sizes that fit them.</summary>
    private sealed record Scenario(int[] PatientOfRow, int[] StratumOfPatient, int Train, int Holdout, int Reference, ulong Seed);

    private static readonly Gen<Scenario> Scenarios =
        from patients in Gen.Choose(3, 60)
        from rowsEach in Gen.Choose(1, 4).ArrayOf(patients)
        from rows in Gen.Shuffle(Enumerable.Range(0, patients).SelectMany(p => Enumerable.Repeat(p, rowsEach[p])).ToArray())
        from levels in Gen.Choose(1, 7)
        from strata in Gen.Choose(0, levels - 1).ArrayOf(patients)
        from train in Gen.Choose(1, patients - 2)
        from holdout in Gen.Choose(0, patients - train)
        from reference in Gen.Choose(0, patients - train - holdout)
        from seed in Gen.Choose(0, int.MaxValue)
        select new Scenario([.. rows], strata, train, holdout, reference, (ulong)seed);

    [Fact]
    public void No_patient_is_in_two_parts_and_sizes_are_exact()
    {
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(7, 11),
            Prop.ForAll(Scenarios.ToArbitrary(), s =>
            {
                Grouping groups = Grouping.ById<int>(s.PatientOfRow);
                Split split = Split.Of(groups, StrataByGroup(s, groups), SplitSizes.Counts(s.Train, s.Holdout, s.Reference), new Seed(s.Seed));

                HashSet<int>[] patients = [.. new[] { split.Train, split.Holdout, split.Reference }.Select(rows => rows.Select(r => s.PatientOfRow[r]).ToHashSet())];
                Assert.Equal([s.Train, s.Holdout, s.Reference], patients.Select(p => p.Count));
                Assert.False(patients[0].Overlaps(patients[1]) || patients[0].Overlaps(patients[2]) || patients[1].Overlaps(patients[2]));

                // Every row of a patient that is in a part is in that part.
                foreach ((IReadOnlyList<int> rows, HashSet<int> of) in new[] { split.Train, split.Holdout, split.Reference }.Zip(patients))
                    Assert.Equal(Enumerable.Range(0, s.PatientOfRow.Length).Where(r => of.Contains(s.PatientOfRow[r])), rows);
            }));
    }

    [Fact]
    public void Every_stratum_has_its_proportional_share_of_every_part_rounded_down_or_up()
    {
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(13, 17),
            Prop.ForAll(Scenarios.ToArbitrary(), s =>
            {
                Grouping groups = Grouping.EachRow(s.StratumOfPatient.Length);
                Split split = Split.Of(groups, s.StratumOfPatient, SplitSizes.Counts(s.Train, s.Holdout, s.Reference), new Seed(s.Seed));
                int n = s.StratumOfPatient.Length;
                foreach (int stratum in s.StratumOfPatient.Distinct())
                {
                    int size = s.StratumOfPatient.Count(x => x == stratum);
                    foreach (Part part in Enum.GetValues<Part>())
                    {
                        int got = split.RowsIn(part).Count(r => s.StratumOfPatient[r] == stratum);
                        double share = (double)size * split.Patients[(int)part] / n;
                        Assert.InRange(got, Math.Floor(share), Math.Ceiling(share));
                    }
                }
            }));
    }

    [Fact]
    public void Every_patient_has_the_same_chance_of_being_trained_on_even_alone_in_a_stratum()
    {
        // Strata of 1, 2, 5 and 9 patients; 10 of 17 in train. 20,000 draws; each patient's count is Binomial(20000, 10/17).
        int[] strata = [0, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3];
        const int Draws = 20_000;
        int[] trained = new int[strata.Length];
        for (int i = 0; i < Draws; i++)
        {
            foreach (int p in Split.Of(Grouping.EachRow(strata.Length), strata, SplitSizes.Counts(10, 4, 2), new Seed((ulong)i)).Train)
                trained[p]++;
        }

        // Two-sided z for a one-in-a-million error over 17 patients: 5.42.
        double p0 = 10.0 / 17, sd = Math.Sqrt(Draws * p0 * (1 - p0));
        foreach (int count in trained)
            Assert.InRange((count - (Draws * p0)) / sd, -5.42, 5.42);
    }

    [Fact]
    public void Same_seed_same_split_other_seed_other_split()
    {
        Table table = TestTables.Clinic(rows: 200);
        Split a = Split.Of(table, new SplitOptions(), new Seed(5));
        Assert.Equal(a.PartOfRow.ToArray(), Split.Of(table, new SplitOptions(), new Seed(5)).PartOfRow.ToArray());
        Assert.NotEqual(a.PartOfRow.ToArray(), Split.Of(table, new SplitOptions(), new Seed(6)).PartOfRow.ToArray());
        Assert.Equal([120, 40, 40, 0], a.Patients);
        Assert.Equal(a.Train, Enumerable.Range(0, 200).Where(r => a.PartOfRow[r] == Part.Train));
    }

    [Fact]
    public void A_numeric_target_is_stratified_by_quantile_and_a_missing_one_apart()
    {
        double[] risk = [.. Enumerable.Range(0, 100).Select(i => i < 10 ? double.NaN : i)];
        Table table = new([new NumericColumn(new ColumnSchema { Name = "risk", Kind = ColumnKind.Continuous, Role = ColumnRole.Target }, risk)]);
        Split split = Split.Of(table, new SplitOptions { Sizes = SplitSizes.Fractions(0.5, 0.5) }, new Seed(1));

        // Nine patients a quintile of 18, five of the ten without a value.
        int[] strata = Strata.Of(table, Grouping.EachRow(100), 5);
        Assert.Equal([18, 18, 18, 18, 18, 10], strata.CountBy(s => s).OrderBy(c => c.Key).Select(c => c.Value));
        Assert.Equal([9, 9, 9, 9, 9, 5], split.Train.CountBy(r => strata[r]).OrderBy(c => c.Key).Select(c => c.Value));
    }

    [Fact]
    public void A_numeric_target_of_few_values_is_stratified_by_value()
    {
        double[] stage = [.. Enumerable.Range(0, 90).Select(i => i < 60 ? 0.0 : i < 80 ? 1 : 2)];
        Table table = new([new NumericColumn(new ColumnSchema { Name = "stage", Kind = ColumnKind.Integer, Role = ColumnRole.Target }, stage)]);
        int[] strata = Strata.Of(table, Grouping.EachRow(90), 5);
        Assert.Equal(stage.Select(s => (int)s), strata);
    }

    [Fact]
    public void A_patient_with_several_rows_belongs_to_the_stratum_of_most_of_them()
    {
        ColumnSchema outcome = new() { Name = "y", Kind = ColumnKind.Boolean, Role = ColumnRole.Target, Categories = ["no", "yes"] };
        Grouping groups = Grouping.ById<string>(["a", "b", "a", "b", "a", "c", "c"]);
        int[] strata = Strata.Of(new DiscreteColumn(outcome, [1, 1, 0, 0, 1, -1, -1]), groups, 5);
        Assert.Equal([1, 0, 2], strata); // a: two of three yes; b: a tie, lower code; c: all missing, the last stratum
    }

    [Fact]
    public void Identical_records_of_different_patients_are_counted_in_a_warning_without_values()
    {
        Table table = TestTables.Keyed(keys: ["p1", "p1", "p2", "p3"], ages: [70, 70, 70, 55]);
        Split split = Split.Of(table, new SplitOptions { Sizes = SplitSizes.Counts(1, 1, 1) }, new Seed(3));
        DataProblem warning = Assert.Single(split.Warnings);
        Assert.Equal(Severity.Warning, warning.Severity);
        Assert.StartsWith("LD203 3 of 4 rows are identical to a row of another patient", warning.OwnerText, StringComparison.Ordinal);
        Assert.DoesNotContain("70", warning.OwnerText, StringComparison.Ordinal);
    }

    [Fact]
    public void Repeated_rows_of_one_patient_are_not_duplicates() =>
        Assert.Empty(Split.Of(TestTables.Keyed(["p1", "p1", "p2", "p3"], [70, 70, 60, 55]), new SplitOptions { Sizes = SplitSizes.Counts(1, 1, 1) }, new Seed(3)).Warnings);

    [Fact]
    public void Keeping_duplicates_together_puts_chains_of_them_in_one_part()
    {
        // p1–p2 share a record, p2–p3 share another one: all three are one group.
        Table table = TestTables.Keyed(["p1", "p2", "p2", "p3", "p4", "p5"], [70, 70, 64, 64, 50, 51]);
        SplitOptions options = new() { Sizes = SplitSizes.Counts(1, 1, 1), Duplicates = DuplicatePolicy.KeepTogether };
        for (ulong seed = 0; seed < 20; seed++)
        {
            Split split = Split.Of(table, options, new Seed(seed));
            Assert.Single(split.PartOfRow[..4].ToArray().Distinct());
            Assert.Equal([1, 1, 1, 0], split.Patients);
        }
    }

    [Fact]
    public void A_missing_patient_key_is_an_error_that_names_column_and_row()
    {
        DataException e = Assert.Throws<DataException>(() => Split.Of(TestTables.Keyed(["p1", null, "p2"], [1, 2, 3]), new SplitOptions(), new Seed(1)));
        Assert.StartsWith("LD201 column 'patient_id': data row 2 has no patient key", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 2, 2)]
    [InlineData(11, 0, 0)]
    public void More_patients_than_there_are_is_an_error(int train, int holdout, int reference)
    {
        SplitOptions options = new() { Sizes = SplitSizes.Counts(train, holdout, reference) };
        DataException e = Assert.Throws<DataException>(() => Split.Of(TestTables.Clinic(10), options, new Seed(1)));
        Assert.StartsWith("LD202 the dataset has 10 patients", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_would_be_empty_is_an_error()
    {
        DataException e = Assert.Throws<DataException>(() => Split.Of(TestTables.Clinic(3), new SplitOptions { Sizes = SplitSizes.Fractions(0.9, 0.05, 0.05) }, new Seed(1)));
        Assert.Contains("the Holdout part would be empty", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0.5, 0.5)]
    [InlineData(0.5, -0.1, 0)]
    [InlineData(0.6, 0.3, 0.2)]
    [InlineData(double.NaN, 0.3, 0.2)]
    public void Shares_out_of_range_are_refused(double train, double holdout, double reference) =>
        Assert.Throws<ArgumentException>(() => SplitSizes.Fractions(train, holdout, reference));

    [Theory]
    [InlineData(303, 0.6, 0.2, 0.2, new[] { 182, 61, 60, 0 })]
    [InlineData(10, 0.5, 0.25, 0.25, new[] { 5, 3, 2, 0 })]
    [InlineData(10, 0.5, 0.2, 0.0, new[] { 5, 2, 0, 3 })]
    [InlineData(7, 0.34, 0.33, 0.33, new[] { 3, 2, 2, 0 })]
    public void Shares_become_counts_by_largest_remainder(int patients, double train, double holdout, double reference, int[] expected) =>
        Assert.Equal(expected, SplitSizes.Fractions(train, holdout, reference).Resolve(patients));

    private static int[] StrataByGroup(Scenario s, Grouping groups)
    {
        int[] strata = new int[groups.GroupCount];
        for (int row = 0; row < groups.RowCount; row++)
            strata[groups.GroupOfRow[row]] = s.StratumOfPatient[s.PatientOfRow[row]];
        return strata;
    }
}

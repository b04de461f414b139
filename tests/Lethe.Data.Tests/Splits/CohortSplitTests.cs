using Lethe.Data.Cohorts;
using Lethe.Data.Schemas;
using Lethe.Data.Splits;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Tests.Splits;

public sealed class CohortSplitTests
{
    [Fact]
    public void Stays_of_one_patient_stay_together_and_events_come_with_them()
    {
        Cohort cohort = Ward(patientOfStay: [.. Enumerable.Range(0, 90).Select(i => i % 40)], eventOfStay: [.. Enumerable.Range(0, 90).Select(i => (float)i)]);
        Split split = Split.Of(cohort, new SplitOptions { Sizes = SplitSizes.Counts(20, 12, 8) }, new Seed(1));
        Assert.Equal([20, 12, 8, 0], split.Patients);
        Assert.Empty(split.Warnings);

        HashSet<string>[] patients = [.. new[] { Part.Train, Part.Holdout, Part.Reference }.Select(part => Patients(split.Select(cohort, part)))];
        Assert.Equal([20, 12, 8], patients.Select(p => p.Count));
        Assert.Equal(40, patients.SelectMany(p => p).Distinct().Count());

        Cohort train = split.Select(cohort, Part.Train);
        for (int i = 0; i < train.Count; i++)
            Assert.Equal((float)split.Train[i], train[i].Values[0]);
    }

    [Fact]
    public void Stays_are_identical_only_when_their_events_are_too()
    {
        // All static attributes agree; only stays 2 and 3 share their event as well.
        Cohort cohort = Ward(patientOfStay: [0, 1, 2, 3], eventOfStay: [1, 2, 3, 3]);
        Split split = Split.Of(cohort, new SplitOptions { Sizes = SplitSizes.Counts(1, 1, 1), Duplicates = DuplicatePolicy.KeepTogether }, new Seed(1));
        Assert.StartsWith("LD203 2 of 4 rows", Assert.Single(split.Warnings).PublicText, StringComparison.Ordinal);
        Assert.Equal(split.PartOfRow[2], split.PartOfRow[3]);
        Assert.Equal([1, 1, 1, 0], split.Patients);
    }

    private static HashSet<string> Patients(Cohort cohort) => [.. Enumerable.Range(0, cohort.Count).Select(i => cohort.Statics["patient"].Format(i)!)];

    private static Cohort Ward(int[] patientOfStay, float[] eventOfStay)
    {
        int n = patientOfStay.Length;
        Table statics = new(
        [
            new TextColumn(new ColumnSchema { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = ColumnRole.Identifier }, [.. Enumerable.Range(0, n).Select(i => $"s{i}")]),
            new TextColumn(new ColumnSchema { Name = "patient", Kind = ColumnKind.Text, Role = ColumnRole.PatientKey }, [.. patientOfStay.Select(p => $"p{p}")]),
            new DiscreteColumn(new ColumnSchema { Name = "died", Kind = ColumnKind.Boolean, Role = ColumnRole.Target, Categories = ["no", "yes"] }, new int[n]),
        ]);
        Channel[] channels = [new Channel { Name = "heart_rate", Kind = ChannelKind.Vital }];
        return new Cohort("ward", statics, channels, [.. Enumerable.Range(0, n + 1)], new float[n], new ushort[n], eventOfStay, ["died"]);
    }
}

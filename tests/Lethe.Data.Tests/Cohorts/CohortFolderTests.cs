using System.IO.Compression;
using Lethe.Data.Cohorts;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Tests.Cohorts;

public sealed class CohortFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_written_is_read_back_equal(ulong seed)
    {
        Cohort cohort = CohortSamples.Random(seed);
        CohortFolder.Write(_folder.File("cohort"), cohort);
        Same(cohort, CohortFolder.Read(_folder.File("cohort")));
    }

    [Fact]
    public void Every_digit_and_every_awkward_text_survives()
    {
        string?[] texts = ["plain", "a, \"quoted\" one", "  blanks  ", null, "line\nbreak", "null", "é ü 漢"];
        double[] numbers = [1.0 / 3, double.NaN, -0.1, 1e-17, 12345678.9, 0, 5e30];
        double[] dates = [19000.5, double.NaN, 0, -1, 17000.123456, 1, 2];
        Table statics = new(
        [
            new TextColumn(new ColumnSchema { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = ColumnRole.Identifier }, ["a", "b,c", "d\"e", "f g", "h", "i", "1"]),
            new TextColumn(new ColumnSchema { Name = "patient_id", Kind = ColumnKind.Text, Role = ColumnRole.PatientKey }, ["p", "p", "q", "r", "s", "t", "u"]),
            new TextColumn(new ColumnSchema { Name = "note", Kind = ColumnKind.Text }, texts),
            new NumericColumn(new ColumnSchema { Name = "number", Kind = ColumnKind.Continuous, Decimals = 2, Unit = "mm[Hg]", Bounds = new Bounds(-1, 5e30, Origin.Public) }, numbers),
            new NumericColumn(new ColumnSchema { Name = "day", Kind = ColumnKind.DateTime }, [.. dates.Select(d => Math.Round(d * 86400) / 86400)]),
            new DiscreteColumn(new ColumnSchema { Name = "level", Kind = ColumnKind.Categorical, Categories = ["no", "yes, perhaps", "NA"] }, [0, 1, 2, -1, 0, 1, 2]),
        ]);
        CohortBuilder builder = new();
        float[] values = [float.Epsilon, float.MaxValue, 16777217f, 0.1f, -0f, 1f / 3, 123456.789f];
        for (int i = 0; i < values.Length; i++)
            builder.Add(i % 3, (i / 7f) - 0.3f, 3, values[i]);
        builder.Add(6, 1, 2, 2);
        Cohort cohort = builder.Build("awkward: \"name\"", statics, CohortSamples.Channels, ["level"]);
        CohortFolder.Write(_folder.File("cohort"), cohort);
        Same(cohort, CohortFolder.Read(_folder.File("cohort")));
    }

    [Fact]
    public void A_cohort_replaces_a_cohort_and_nothing_else()
    {
        string place = _folder.File("cohort");
        CohortFolder.Write(place, CohortSamples.Random(1), new Dictionary<string, string> { ["report.md"] = "first" });
        CohortFolder.Write(place, CohortSamples.Random(2));
        Same(CohortSamples.Random(2), CohortFolder.Read(place));
        Assert.False(File.Exists(Path.Combine(place, "report.md")));
        Assert.Equal([place], Directory.GetFileSystemEntries(_folder.Path));

        Directory.CreateDirectory(_folder.File("other"));
        File.WriteAllText(Path.Combine(_folder.File("other"), "thesis.txt"), "years of work");
        Assert.Throws<IOException>(() => CohortFolder.Write(_folder.File("other"), CohortSamples.Random(1)));
        Assert.Equal("years of work", File.ReadAllText(Path.Combine(_folder.File("other"), "thesis.txt")));
    }

    [Fact]
    public void A_folder_left_half_written_by_a_killed_run_does_no_harm()
    {
        string place = _folder.File("cohort");
        Directory.CreateDirectory(place + ".partial");
        File.WriteAllText(Path.Combine(place + ".partial", "events.csv.gz"), "half");
        Assert.Throws<DirectoryNotFoundException>(() => CohortFolder.Read(place));
        CohortFolder.Write(place, CohortSamples.Random(1));
        Same(CohortSamples.Random(1), CohortFolder.Read(place));
    }

    [Theory]
    [InlineData("id,time,variable,value\ns99,1,heart_rate,80\n", "no such stay")]
    [InlineData("id,time,variable,value\ns1,1,hart_rate,80\n", "no such channel")]
    [InlineData("id,time,variable,value\ns1,soon,heart_rate,80\n", "time is not a number")]
    [InlineData("id,time,variable,value\ns1,1,heart_rate,NaN\n", "value is not a number")]
    [InlineData("id,time,variable,value\ns1,1,rhythm,jazz\n", "no such level")]
    public void Damage_is_told_with_line_and_without_value(string events, string message)
    {
        string place = _folder.File("cohort");
        CohortFolder.Write(place, CohortSamples.Random(1));
        using (GZipStream gzip = new(File.Create(Path.Combine(place, CohortFolder.EventsFile)), CompressionMode.Compress))
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(events));
        DataException e = Assert.Throws<DataException>(() => CohortFolder.Read(place));
        Assert.Contains("LC031 events.csv.gz, line 2", e.Message, StringComparison.Ordinal);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("jazz", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_no_cohort_names_every_missing_file()
    {
        DataException e = Assert.Throws<DataException>(() => CohortFolder.Read(_folder.Path));
        Assert.Equal(4, e.Problems.Count);
    }

    internal static void Same(Cohort expected, Cohort actual)
    {
        Assert.Equal(expected.Name, actual.Name);
        Assert.Equal(expected.Outcomes, actual.Outcomes);
        Assert.Equal(SchemaYaml.Write(expected.Schema), SchemaYaml.Write(actual.Schema));
        TableAssert.Equal(expected.Statics, actual.Statics);
        Assert.Equal(expected.Channels.Select(Flat), actual.Channels.Select(Flat));
        Assert.Equal(expected.Offsets.ToArray(), actual.Offsets.ToArray());
        Assert.Equal(expected.ChannelOfEvent.ToArray(), actual.ChannelOfEvent.ToArray());
        Assert.Equal(expected.Times.ToArray().Select(BitConverter.SingleToInt32Bits), actual.Times.ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(expected.Values.ToArray().Select(BitConverter.SingleToInt32Bits), actual.Values.ToArray().Select(BitConverter.SingleToInt32Bits));
    }

    private static string Flat(Channel c) => $"{c.Name}|{c.Kind}|{c.Unit}|{c.Title}|{c.PlausibleRange}|{string.Join(';', c.Levels)}|{c.Decimals}|{c.Loinc}";
}

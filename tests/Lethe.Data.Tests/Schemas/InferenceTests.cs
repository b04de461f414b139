using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;
using Lethe.Data.Tests.Tables;

namespace Lethe.Data.Tests.Schemas;

public sealed class InferenceTests
{
    /// <summary>The schema of a column with these cells, repeated to <paramref name="rows"/> rows.</summary>
    private static ColumnSchema Infer(string[] cells, out TableReadResult read, int rows = 24, string name = "x")
    {
        string text = ReadText.Column([.. Enumerable.Range(0, Math.Max(rows, cells.Length)).Select(i => cells[i % cells.Length])]).Replace("k,x\n", $"k,{name}\n");
        read = ReadText.Read(text);
        return read.Schema[name];
    }

    private static ColumnSchema Infer(params string[] cells) => Infer(cells, out _);

    private static string[] Numbers(int count, Func<int, string> cell) => [.. Enumerable.Range(0, count).Select(cell)];

    [Theory]
    [InlineData(ColumnKind.Boolean, "0,1", "1", "0")]
    [InlineData(ColumnKind.Boolean, "0.0,1.0", "1.0", "0.0")]
    [InlineData(ColumnKind.Boolean, "no,yes", "yes", "no")]
    [InlineData(ColumnKind.Boolean, "N,Y", "Y", "N")]
    [InlineData(ColumnKind.Boolean, "FALSE,TRUE", "TRUE", "FALSE")]
    [InlineData(ColumnKind.Boolean, "notpresent,present", "notpresent", "present")]
    [InlineData(ColumnKind.Boolean, "nein,ja", "ja", "nein")]
    [InlineData(ColumnKind.Categorical, "m,f", "m", "f")]
    [InlineData(ColumnKind.Categorical, "yes,no,maybe", "yes", "no", "maybe")]
    [InlineData(ColumnKind.Categorical, "yes", "yes")]
    [InlineData(ColumnKind.Categorical, "b,a,c", "b", "a", "c")]
    [InlineData(ColumnKind.Ordinal, "1,2", "2", "1")]
    [InlineData(ColumnKind.Ordinal, "-1,0,10", "10", "0", "-1")]
    [InlineData(ColumnKind.Ordinal, "0,0.5,1", "1", "0.5", "0")]
    [InlineData(ColumnKind.Ordinal, "5", "5")]
    [InlineData(ColumnKind.Ordinal, "9,10", "10", "9")]
    [InlineData(ColumnKind.Ordinal, "<1,1,2,>2", "2", ">2", "1", "<1")]
    [InlineData(ColumnKind.Ordinal, "0,>0", "0", "0", ">0")]
    [InlineData(ColumnKind.Categorical, "01,02", "01", "02")]
    [InlineData(ColumnKind.Categorical, "<30,>30,NO", "<30", ">30", "NO")]
    [InlineData(ColumnKind.Categorical, "250.0,250.00,V27", "250.0", "250.00", "V27")]
    public void FewValuesAreLevels(ColumnKind kind, string levels, params string[] cells)
    {
        ColumnSchema c = Infer(cells);
        Assert.Equal((kind, levels), (c.Kind, string.Join(',', c.Categories)));
    }

    [Fact]
    public void TenNumbersAreLevelsElevenAreQuantities()
    {
        Assert.Equal(ColumnKind.Ordinal, Infer(Numbers(10, i => $"{i}")).Kind);
        Assert.Equal(ColumnKind.Integer, Infer(Numbers(11, i => $"{i}")).Kind);
        Assert.Equal(ColumnKind.Ordinal, Infer(Numbers(10, i => $"{i}.5")).Kind);
        Assert.Equal(ColumnKind.Continuous, Infer(Numbers(11, i => $"{i}.5")).Kind);
    }

    [Fact]
    public void TheThresholdStaysTenInLongTables()
    {
        Infer(Numbers(11, i => $"{i}"), out TableReadResult read, rows: 5000);
        Assert.Equal(ColumnKind.Integer, read.Schema["x"].Kind);
    }

    [Fact]
    public void OneLevelInTwoSpellingsIsOne()
    {
        ColumnSchema c = Infer("1", "1.0", "2", "2.00", "-0", "0");
        Assert.Equal(["-0", "1", "2"], c.Categories);
        Infer(["1", "1.0", "2"], out TableReadResult read);
        Assert.Equal(["1", "1", "2"], read.Cells("x").Take(3));
    }

    [Fact]
    public void WholeNumbersWrittenWithDecimalsAreIntegers()
    {
        ColumnSchema c = Infer(Numbers(15, i => $"{60 + i}.0"));
        Assert.Equal((ColumnKind.Integer, 0), (c.Kind, c.Decimals));
        Assert.Equal(new Bounds(60, 74, Origin.Learnt), c.Bounds);
    }

    [Theory]
    [InlineData(1, "0.1")]
    [InlineData(2, "0.25")]
    [InlineData(3, "0.125")]
    [InlineData(13, "0.1234567890123")]
    [InlineData(15, "0.123456789012345")]
    [InlineData(15, "0.1234567890123456789")]
    [InlineData(15, "1e-20")]
    public void DecimalsAreTheFewestThatReproduceEveryValue(int decimals, string cell) =>
        Assert.Equal(decimals, Infer([.. Numbers(15, i => $"{i}.0"), cell]).Decimals);

    [Theory]
    [InlineData(5.0, "100", "105", "115", "120")]
    [InlineData(2.0, "100", "102", "106", "98")]
    [InlineData(0.5, "1.5", "2.0", "3.5", "0")]
    [InlineData(0.25, "1.25", "2.5", "0.75", "10")]
    [InlineData(null, "1", "2", "3", "4")]
    [InlineData(null, "1.1", "1.2", "1.5", "1.9")]
    [InlineData(100.0, "9800", "12400", "0", "-300")]
    public void RecordingStepIsFound(double? step, params string[] cells)
    {
        double unit = double.Parse(cells[^1]) == 0 ? double.Parse(cells[0]) : double.Parse(cells[^1]);
        string[] more = Numbers(12, i => (double.Parse(cells[i % cells.Length]) + (i / cells.Length * 10 * (step ?? 1)) + (unit * 0)).ToString("R"));
        Assert.Equal(step, Infer(more).Step);
    }

    [Fact]
    public void SeveralMissingTokensInOneColumn()
    {
        ColumnSchema c = Infer([.. Numbers(12, i => $"{i}"), "?", "NA", "NULL", "", ".", "n/a", "NaN", "-"], out TableReadResult read, rows: 40);
        Assert.Equal(ColumnKind.Integer, c.Kind);
        Assert.Equal(["?", "NA", "n/a", "NaN", "NULL", ".", "-"], c.MissingTokens);
        Assert.Equal(16, read.Table["x"].MissingCount);
    }

    [Fact]
    public void AmongWordsDotAndDashAreLevelsAndNaIsMissing()
    {
        ColumnSchema c = Infer("a", ".", "-", "NA");
        Assert.Equal((ColumnKind.Categorical, "a,.,-", "NA"), (c.Kind, string.Join(',', c.Categories), string.Join(',', c.MissingTokens)));
    }

    [Fact]
    public void NoneIsNeverMissingUnasked()
    {
        ColumnSchema words = Infer(["None", "Norm", ">8"], out TableReadResult read);
        Assert.Equal(["None", "Norm", ">8"], words.Categories);
        Assert.Contains(ProblemCodes.NoneIsLevel, read.Codes("x"));
        Assert.Equal(0, read.Table["x"].MissingCount);

        Infer([.. Numbers(20, i => $"{i}.5"), "None"], out TableReadResult numbers, rows: 42);
        DataProblem nearly = Assert.Single(numbers.Report.Problems, p => p.Code == ProblemCodes.NearlyNumeric);
        Assert.Contains("'None'", nearly.OwnerText, StringComparison.Ordinal);
        Assert.DoesNotContain("None", nearly.PublicText, StringComparison.Ordinal);
        Assert.Equal(22, nearly.Line);
    }

    [Fact]
    public void MissingTokensOfTheCallerAreUsed()
    {
        string text = ReadText.Column([.. Numbers(24, i => i % 6 == 0 ? "-99" : $"{i}")]);
        TableReadResult read = ReadText.Read(text, new TableReadOptions { MissingTokens = ["-99"] });
        Assert.Equal(4, read.Table["x"].MissingCount);
        Assert.Equal(["-99"], read.Schema["x"].MissingTokens);
        Assert.DoesNotContain(ProblemCodes.Sentinel, read.Codes("x"));
    }

    [Theory]
    [InlineData("-99", true)]
    [InlineData("-1", true)]
    [InlineData("999", true)]
    [InlineData("99", false)] // values reach 69: 99 may be one
    public void SentinelsAreProposedNotApplied(string code, bool proposed)
    {
        Infer([.. Numbers(50, i => $"{20 + i}"), code], out TableReadResult read, rows: 51);
        Assert.Equal(proposed, read.Codes("x").Contains(ProblemCodes.Sentinel));
        Assert.Equal(0, read.Table["x"].MissingCount);
    }

    [Fact]
    public void NegativeValuesAmongNegativeValuesAreNoSentinels()
    {
        Infer(Numbers(41, i => $"{i - 20}"), out TableReadResult read, rows: 82);
        Assert.DoesNotContain(ProblemCodes.Sentinel, read.Codes("x"));
    }

    [Theory]
    [InlineData(ColumnKind.Text, ColumnRole.Identifier, "record_id")]
    [InlineData(ColumnKind.Text, ColumnRole.PatientKey, "patient_nbr")]
    [InlineData(ColumnKind.Text, ColumnRole.PatientKey, "MRN")]
    [InlineData(ColumnKind.Text, ColumnRole.PatientKey, "subjectId")]
    [InlineData(ColumnKind.Text, ColumnRole.Identifier, "id")]
    [InlineData(ColumnKind.Text, ColumnRole.Identifier, "surname")]
    [InlineData(ColumnKind.Text, ColumnRole.Identifier, "Patient Name")]
    [InlineData(ColumnKind.Text, ColumnRole.Identifier, "phone")]
    [InlineData(ColumnKind.Integer, ColumnRole.QuasiIdentifier, "age")]
    [InlineData(ColumnKind.Integer, ColumnRole.QuasiIdentifier, "age_at_admission")]
    [InlineData(ColumnKind.Integer, ColumnRole.Feature, "dosage")]
    [InlineData(ColumnKind.Integer, ColumnRole.Feature, "chol")]
    [InlineData(ColumnKind.Integer, ColumnRole.Feature, "identity_score")]
    [InlineData(ColumnKind.Integer, ColumnRole.Sensitive, "hiv_load")]
    public void RolesFollowNames(ColumnKind kind, ColumnRole role, string name)
    {
        ColumnSchema c = Infer(Numbers(60, i => $"{100 + (i * 37 % 61)}"), out _, rows: 60, name: name);
        Assert.Equal((kind, role), (c.Kind, c.Role));
    }

    [Fact]
    public void CodeListsWithIdInTheirNameAreFeatures()
    {
        ColumnSchema c = Infer(["1", "2", "3"], out _, name: "admission_type_id");
        Assert.Equal((ColumnKind.Ordinal, ColumnRole.Feature), (c.Kind, c.Role));
    }

    [Fact]
    public void RepeatedBareIdentifierIsThePatientKey()
    {
        ColumnSchema c = Infer(Numbers(30, i => $"{i}"), out TableReadResult read, rows: 90, name: "id");
        Assert.Equal(ColumnRole.PatientKey, c.Role);
        Assert.Contains(ProblemCodes.PatientKey, read.Codes("id"));
    }

    [Theory]
    [InlineData("e-mail addresses", "a{0}@example.org")]
    [InlineData("social security numbers", "123-45-67{0}")]
    [InlineData("UUIDs", "123e4567-e89b-12d3-a456-4266141740{0}")]
    [InlineData("phone numbers", "+44 20 7946 09{0}")]
    public void IdentifiersAreToldByTheirLooks(string looks, string format)
    {
        ColumnSchema c = Infer(Numbers(20, i => string.Format(format, 10 + (i / 2))), out TableReadResult read, rows: 40, name: "contact2");
        Assert.Equal((ColumnKind.Text, ColumnRole.Identifier), (c.Kind, c.Role));
        Assert.Contains(read.Report.Problems, p => p.Code == ProblemCodes.Identifier && p.Message.Contains(looks, StringComparison.Ordinal));
    }

    [Fact]
    public void FreeTextIsNotModelled()
    {
        ColumnSchema c = Infer(Numbers(80, i => $"note {i} of the ward"), out TableReadResult read, rows: 80);
        Assert.Equal(ColumnKind.Text, c.Kind);
        Assert.Contains(ProblemCodes.FreeText, read.Codes("x"));
        Assert.Contains(ProblemCodes.UniquePerRow, read.Codes("x"));
    }

    [Fact]
    public void UniqueIntegersAreFlaggedButStay()
    {
        ColumnSchema c = Infer(Numbers(60, i => $"{1000 + (i * 7)}"), out TableReadResult read, rows: 60);
        Assert.Equal((ColumnKind.Integer, ColumnRole.Feature), (c.Kind, c.Role));
        Assert.Contains(ProblemCodes.UniquePerRow, read.Codes("x"));
    }

    [Fact]
    public void ManyLevelsAreFlagged()
    {
        ColumnSchema c = Infer(Numbers(10_000, i => $"v{i}"), out TableReadResult read, rows: 40_000);
        Assert.Equal((ColumnKind.Categorical, 10_000), (c.Kind, c.Categories.Count));
        Assert.Contains(ProblemCodes.ManyLevels, read.Codes("x"));
    }

    [Fact]
    public void MoreLevelsThanAreKeptAreText()
    {
        ColumnSchema c = Infer(Numbers(60_000, i => $"v{i}"), out TableReadResult read, rows: 120_000);
        Assert.Equal(ColumnKind.Text, c.Kind);
        Assert.Equal(60_000, read.Report.Columns.Single(s => s.Name == "x").Distinct);
    }

    [Fact]
    public void WholeNumbersBeyondDoubleStayText()
    {
        Infer(Numbers(20, i => $"90071992547409{i + 90}"), out TableReadResult read, rows: 40);
        Assert.Equal(ColumnKind.Text, read.Schema["x"].Kind);
        Assert.Equal("9007199254740993", read.Cells("x")[3]);
    }

    [Fact]
    public void AgesAboveEightyNineAndValuesBelowDetection()
    {
        Infer([.. Numbers(30, i => $"{60 + i}"), ">89"], out TableReadResult ages, rows: 62);
        Assert.Equal((ColumnKind.Integer, 90.0), (ages.Schema["x"].Kind, ages.Schema["x"].Bounds!.Upper));
        Assert.Equal("90", ages.Cells("x")[30]);
        Assert.Contains(ProblemCodes.InequalityRead, ages.Codes("x"));

        Infer([.. Numbers(30, i => $"0.{10 + i}"), "<0.01"], out TableReadResult troponin, rows: 62);
        Assert.Equal((ColumnKind.Continuous, 0.0), (troponin.Schema["x"].Kind, troponin.Schema["x"].Bounds!.Lower));
        Assert.Equal("0.00", troponin.Cells("x")[30]);
    }

    [Fact]
    public void UnitsMoveToTheSchema()
    {
        Infer([.. Numbers(20, i => $"{36 + (i % 4)}.{i % 10} °C"), "37.5"], out TableReadResult read, rows: 42);
        Assert.Equal((ColumnKind.Continuous, "Cel"), (read.Schema["x"].Kind, read.Schema["x"].Unit));
        Infer([.. Numbers(20, i => $"{36 + i} °C"), "99 °F"], out TableReadResult mixed, rows: 42);
        Assert.Contains(ProblemCodes.MixedUnits, mixed.Codes("x"));
        Assert.False(mixed.Schema["x"].IsNumeric);
    }

    [Fact]
    public void LevelsThatDifferOnlyInCapitalsAreFlagged()
    {
        Infer(["Yes", "yes", "no"], out TableReadResult read);
        Assert.Contains(ProblemCodes.LevelsAlike, read.Codes("x"));
        Assert.Equal(3, read.Schema["x"].Categories.Count);
    }

    [Fact]
    public void TargetIsGuessedByNameAndOverruled()
    {
        Infer(["0", "1"], out TableReadResult read, name: "outcome");
        Assert.Equal("outcome", read.Schema.Target!.Name);
        string text = "outcome,y,x\n" + string.Concat(Numbers(22, i => $"{i % 2},{i % 3},{i}\n"));
        Assert.Equal("y", ReadText.Read(text, new TableReadOptions { Target = "y" }).Schema.Target!.Name);
        DataException e = ReadText.Fails(text, new TableReadOptions { Target = "z" });
        Assert.Equal(ProblemCodes.NoSuchColumn, e.Problems[0].Code);
        Assert.Contains("outcome, y, x", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PatientKeyOfTheCallerReplacesTheInferredOne()
    {
        string text = "subject_id,chart,x\n" + string.Concat(Numbers(60, i => $"s{i % 30},c{i % 20},{i % 7}.5\n"));
        Assert.Equal("subject_id", ReadText.Read(text).Schema.PatientKey!.Name);
        Schema overruled = ReadText.Read(text, new TableReadOptions { PatientKey = "chart" }).Schema;
        Assert.Equal(("chart", ColumnRole.Feature), (overruled.PatientKey!.Name, overruled["subject_id"].Role));
        Assert.Throws<DataException>(() => ReadText.Read(text, new TableReadOptions { PatientKey = "Chart" }));
    }

    [Fact]
    public void NotesHoldNoValueFromTheData()
    {
        Infer([.. Numbers(40, i => $"{i}.25"), "secret-word"], out TableReadResult read, rows: 82);
        Assert.DoesNotContain(read.Report.Problems, p => p.PublicText.Contains("secret", StringComparison.Ordinal));
        Assert.Contains(read.Report.Problems, p => p.OwnerText.Contains("secret", StringComparison.Ordinal));
        Assert.DoesNotContain("secret", SchemaYaml.Write(read.Schema.WithColumns(read.Schema.Columns.Select(c => c with { Categories = [] })), read.Report.Problems), StringComparison.Ordinal);
    }
}

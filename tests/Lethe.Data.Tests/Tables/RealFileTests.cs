using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Tests.Tables;

/// <summary>The open datasets beside the checkout: counts are those of their description.</summary>
public sealed class RealFileTests
{
    private static readonly string[] HeartColumns = ["age", "sex", "cp", "trestbps", "chol", "fbs", "restecg", "thalach", "exang", "oldpeak", "slope", "ca", "thal", "num"];

    private static TableReadResult Heart(string site, Schema? schema = null) => TableReader.Read(
        SharedFolder.Require($"data/heart-disease-uci/processed.{site}.data"),
        new TableReadOptions { ColumnNames = schema is null ? HeartColumns : null, Schema = schema, Target = "num" });

    private static int[] Counts(Table table, string column)
    {
        DiscreteColumn c = (DiscreteColumn)table[column];
        int[] counts = new int[c.Levels.Count];
        foreach (int code in c.Codes)
        {
            if (code >= 0)
                counts[code]++;
        }

        return counts;
    }

    [Fact]
    public void ClevelandIsInferredAsAClinicianWouldDescribeIt()
    {
        TableReadResult read = Heart("cleveland");
        Assert.Equal(303, read.Table.RowCount);
        Assert.Equal(303, read.Report.RowsRead);
        Assert.Equal(0, read.Report.RowsRejected);
        Assert.False(read.Report.Dialect!.HasHeader);
        Assert.Equal(HeartColumns, read.Schema.Columns.Select(c => c.Name));

        foreach (string name in (string[])["age", "trestbps", "chol", "thalach"])
            Assert.Equal((name, ColumnKind.Integer, 0), (name, read.Schema[name].Kind, read.Schema[name].Decimals));
        Assert.Equal((ColumnKind.Continuous, 1), (read.Schema["oldpeak"].Kind, read.Schema["oldpeak"].Decimals));
        foreach (string name in (string[])["sex", "fbs", "exang"])
            Assert.Equal((name, ColumnKind.Boolean), (name, read.Schema[name].Kind));
        foreach (string name in (string[])["cp", "restecg", "slope", "ca", "thal", "num"])
            Assert.Equal((name, ColumnKind.Ordinal), (name, read.Schema[name].Kind));
        Assert.Equal(["3.0", "6.0", "7.0"], read.Schema["thal"].Categories);
        Assert.Equal(["?"], read.Schema["ca"].MissingTokens);
        Assert.Equal(4, read.Table["ca"].MissingCount);
        Assert.Equal(2, read.Table["thal"].MissingCount);
        Assert.Equal(6, read.Table.Columns.Sum(c => c.MissingCount));
        Assert.Equal([164, 55, 36, 35, 13], Counts(read.Table, "num"));
        Assert.Equal("num", read.Schema.Target!.Name);
        Assert.DoesNotContain(read.Report.Problems, p => p.Severity == Severity.Error);
    }

    [Fact]
    public void ClevelandWrittenAndReadAgainIsTheSameTable()
    {
        Table table = Heart("cleveland").Table;
        using TemporaryFolder folder = new();
        string path = folder.File("cleveland.csv");
        TableWriter.Write(path, table);
        TableReadResult again = TableReader.Read(path, new TableReadOptions { Schema = table.Schema });
        TableAssert.Equal(table, again.Table);
        Assert.Equal("63,1.0,1.0,145,233,1.0,2.0,150,0.0,2.3,3.0,0.0,6.0,0", File.ReadLines(path).Skip(1).First());
    }

    [Theory]
    [InlineData("hungarian", 294, new[] { 188, 106 })]
    [InlineData("switzerland", 123, new[] { 8, 48, 32, 30, 5 })]
    [InlineData("va", 200, new[] { 51, 56, 41, 42, 10 })]
    public void OtherHeartSitesAreRead(string site, int rows, int[] classes)
    {
        TableReadResult read = Heart(site);
        Assert.Equal(rows, read.Table.RowCount);
        Assert.Equal(classes, Counts(read.Table, "num"));
    }

    [Fact]
    public void AnotherSiteReadsUnderClevelandsSchemaThoughItWritesNumbersDifferently()
    {
        Schema schema = Heart("cleveland").Schema;
        schema = schema.WithColumns(schema.Columns.Select(c => c with { MissingTokens = ["?"] }));
        TableReadResult read = TableReader.Read(SharedFolder.Require("data/heart-disease-uci/processed.va.data"), new TableReadOptions { Schema = schema });
        Assert.Equal([51, 56, 41, 42, 10], Counts(read.Table, "num"));
        Assert.Equal(["0.0", "1.0"], ((DiscreteColumn)read.Table["sex"]).Levels);
    }

    [Fact]
    public void CholesterolOfZeroIsPointedOut()
    {
        DataProblem zero = Assert.Single(Heart("va").Report.Problems, p => p.Code == ProblemCodes.ZeroAsMissing && p.Column == "chol");
        Assert.Contains("49", zero.PublicText, StringComparison.Ordinal);
    }

    [Fact]
    public void KidneyTable()
    {
        TableReadResult read = TableReader.Read(SharedFolder.Require("data/ckd-uci/chronic_kidney_disease.csv"));
        Assert.Equal((400, 25), (read.Table.RowCount, read.Table.Columns.Count));
        Assert.Equal(1012, read.Table.Columns.Sum(c => c.MissingCount));
        int complete = Enumerable.Range(0, 400).Count(r => read.Table.Columns.All(c => !c.IsMissing(r)));
        Assert.Equal(158, complete);
        Assert.Equal(["ckd", "notckd"], read.Schema["class"].Categories);
        Assert.Equal([250, 150], Counts(read.Table, "class"));
        Assert.Equal("class", read.Schema.Target!.Name);
        Assert.Equal((ColumnKind.Boolean, "no", "yes"), (read.Schema["htn"].Kind, read.Schema["htn"].Categories[0], read.Schema["htn"].Categories[1]));
        Assert.Equal(ColumnKind.Ordinal, read.Schema["sg"].Kind);
        Assert.Equal(["1.005", "1.010", "1.015", "1.020", "1.025"], read.Schema["sg"].Categories);
        Assert.Equal(ColumnKind.Integer, read.Schema["wbcc"].Kind);
        Assert.Equal(100, read.Schema["wbcc"].Step);
    }

    [Fact]
    public void DiabetesEncounters()
    {
        TableReadResult read = TableReader.Read(SharedFolder.Require("data/diabetes-130us/diabetic_data.csv.gz"));
        Assert.Equal((101_766, 50), (read.Table.RowCount, read.Table.Columns.Count));
        Assert.Equal(ColumnRole.Identifier, read.Schema["encounter_id"].Role);
        Assert.Equal("patient_nbr", read.Schema.PatientKey!.Name);
        TextColumn key = (TextColumn)read.Table["patient_nbr"];
        Assert.Equal(71_518, Enumerable.Range(0, key.Count).Select(i => key[i]).Distinct().Count());
        Assert.Equal(["NO", ">30", "<30"], read.Schema["readmitted"].Categories);
        Assert.Equal([54_864, 35_545, 11_357], Counts(read.Table, "readmitted"));

        (string Name, int Missing)[] missing = [("weight", 98_569), ("medical_specialty", 49_949), ("payer_code", 40_256), ("race", 2_273), ("diag_3", 1_423), ("diag_2", 358), ("diag_1", 21)];
        foreach ((string name, int count) in missing)
            Assert.Equal((name, count), (name, read.Table[name].MissingCount));
        Assert.Equal(missing.Sum(m => m.Missing), read.Table.Columns.Sum(c => c.MissingCount));
        Assert.Contains("None", read.Schema["max_glu_serum"].Categories);
        Assert.Contains("None", read.Schema["A1Cresult"].Categories);
        Assert.Contains(read.Report.Problems, p => p.Code == ProblemCodes.NoneIsLevel && p.Column == "A1Cresult");
        Assert.Contains(read.Report.Problems, p => p.Code == ProblemCodes.Constant && p.Column == "examide");
        Assert.Equal(ColumnKind.Categorical, read.Schema["diag_1"].Kind);
        Assert.Equal(ColumnKind.Integer, read.Schema["time_in_hospital"].Kind);
        Assert.Equal(ColumnRole.Feature, read.Schema["admission_type_id"].Role);
        Assert.Equal(ColumnRole.QuasiIdentifier, read.Schema["age"].Role);
    }

    [Fact]
    public void CodeListsBelowOneAnother()
    {
        TableReadResult read = TableReader.Read(SharedFolder.Require("data/diabetes-130us/IDs_mapping.csv"));
        Assert.Equal((67, 2), (read.Table.RowCount, read.Table.Columns.Count));
        Assert.Contains(read.Report.Problems, p => p.Code == ProblemCodes.EmptyRow);
    }

    [Fact]
    public void LiverTrialVisits()
    {
        TableReadResult read = TableReader.Read(SharedFolder.Require("data/pbc/pbcseq.csv"));
        Assert.Equal((1_945, 19), (read.Table.RowCount, read.Table.Columns.Count));
        Assert.Equal("id", read.Schema.PatientKey!.Name);
        Assert.Equal(821, read.Table["chol"].MissingCount);
        Assert.Equal((ColumnKind.Ordinal, 3), (read.Schema["edema"].Kind, read.Schema["edema"].Categories.Count));
        Assert.Equal(["0", "0.5", "1"], read.Schema["edema"].Categories);
        Assert.Equal(ColumnKind.Continuous, read.Schema["age"].Kind);
        Assert.Equal(["f", "m"], read.Schema["sex"].Categories);
    }

    [Fact]
    public void LiverTrialPatients()
    {
        TableReadResult read = TableReader.Read(SharedFolder.Require("data/pbc/pbc.csv"));
        Assert.Equal((418, 20), (read.Table.RowCount, read.Table.Columns.Count));
        Assert.Equal(ColumnRole.Identifier, read.Schema["id"].Role);
        Assert.Equal([232, 25, 161], Counts(read.Table, "status"));
        Assert.Equal(106, read.Table["trt"].MissingCount);
    }
}

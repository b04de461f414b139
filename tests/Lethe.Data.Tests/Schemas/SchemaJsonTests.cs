using System.Text;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;

namespace Lethe.Data.Tests.Schemas;

public sealed class SchemaJsonTests
{
    private static readonly Schema Full = new(
    [
        new ColumnSchema { Name = "âge", Kind = ColumnKind.Integer, Role = ColumnRole.QuasiIdentifier, Unit = "a", Bounds = new Bounds(0.1, 1e-300 + 95, Origin.Public), Step = 5 },
        new ColumnSchema { Name = "ratio", Kind = ColumnKind.Continuous, Decimals = 3, Bounds = new Bounds(double.NegativeInfinity, 2.5), MissingTokens = ["?", "-99"] },
        new ColumnSchema { Name = "thal", Kind = ColumnKind.Categorical, Categories = ["", "\"", "北京"], CategoriesOrigin = Origin.Public, CodeSystem = "ICD-10", Description = "x\ny" },
        new ColumnSchema { Name = "when", Kind = ColumnKind.DateTime, DateFormat = "dd.MM.yyyy" },
        new ColumnSchema { Name = "ill", Kind = ColumnKind.Boolean, Role = ColumnRole.Target, Categories = ["no", "yes"] },
    ], "clinic", "somewhere", "CC BY 4.0");

    [Fact]
    public void A_schema_comes_back_exactly_and_as_the_same_bytes()
    {
        byte[] json = SchemaJson.Write(Full);
        Schema back = SchemaJson.Read(json);
        Assert.Equal((Full.Name, Full.Source, Full.Licence), (back.Name, back.Source, back.Licence));
        Assert.Equal(json, SchemaJson.Write(back));
        for (int i = 0; i < Full.Columns.Count; i++)
        {
            ColumnSchema a = Full.Columns[i], b = back.Columns[i];
            Assert.Equal(a.Categories, b.Categories);
            Assert.Equal(a.MissingTokens, b.MissingTokens);
            Assert.Equal(a, b with { Categories = a.Categories, MissingTokens = a.MissingTokens });
        }

        Assert.DoesNotContain('\r', Encoding.UTF8.GetString(json));
    }

    [Theory]
    [InlineData("{", "line")]
    [InlineData("null", "")]
    [InlineData("{}", "")]
    [InlineData("""{"lethe_schema":99,"name":"t","columns":[]}""", "version is 99")]
    [InlineData("""{"lethe_schema":1,"name":"t","columns":[],"surprise":1}""", "")]
    [InlineData("""{"lethe_schema":1,"name":"t","columns":[{"name":"a","kind":"vector"}]}""", "columns")]
    [InlineData("""{"lethe_schema":1,"name":"t","columns":[{"name":"a","kind":3}]}""", "columns")]
    [InlineData("""{"lethe_schema":1,"name":"t","columns":[{"kind":"integer"}]}""", "columns")]
    [InlineData("""{"lethe_schema":1,"name":"t","columns":[{"name":"a","kind":"integer"},{"name":"a","kind":"integer"}]}""", "unique")]
    [InlineData("""{"lethe_schema":1,"name":"t","columns":[{"name":"a","kind":"integer","bounds":{"lower":2,"upper":1}}]}""", "wrong order")]
    [InlineData("""{"lethe_schema":1,"name":"t","columns":[{"name":"a","kind":"integer","decimals":16}]}""", "decimals")]
    [InlineData("""{"lethe_schema":1,"name":"t","columns":[{"name":"a","kind":"integer","step":0}]}""", "step")]
    [InlineData("""{"lethe_schema":1,"name":"t","columns":[{"name":"a","kind":"integer","categories":["x"]}]}""", "not discrete")]
    [InlineData("""{"lethe_schema":1,"name":"t","columns":[{"name":"a","kind":"categorical","categories":["x","x"]}]}""", "twice")]
    public void What_does_not_validate_is_refused(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => SchemaJson.Read(Encoding.UTF8.GetBytes(json))).Message);

    [Theory]
    [InlineData("tress", "trees")]
    [InlineData("rtees", "trees")]
    [InlineData("AGE", "age")]
    [InlineData("xylophone", null)]
    public void Slips_of_the_pen_are_recognised(string word, string? expected) =>
        Assert.Equal(expected, Spelling.Nearest(word, ["age", "trees", "leaf"]));
}

using FsCheck;
using FsCheck.Fluent;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tests.Tables;

namespace Lethe.Data.Tests.Schemas;

public sealed class SchemaFileTests
{
    private const string Example = """
        # a comment
        lethe_schema: 1
        name: heart
        source: https://example.org/heart
        columns:
          - name: age
            kind: integer
            role: quasi-identifier
            unit: a
            bounds: {lower: 0, upper: 120, origin: public}
          - name: smoker
            kind: Boolean
            categories: [no, yes]
            categories_origin: public
            missing_tokens: [NULL, ~, "?", -99, 3.0]
          - name: seen
            kind: datetime
            date_format: dd/MM/yyyy
            bounds: {lower: 2001-02-03, upper: 2010-01-01}
          - name: thal
            kind: ordinal
            role: target
            categories:
              - 3.0
              - "6.0"
              - 7.0
        """;

    [Fact]
    public void HandWrittenFileIsRead()
    {
        Schema s = SchemaYaml.Parse(Example);
        Assert.Equal(("heart", "https://example.org/heart", null), (s.Name, s.Source, s.Licence));
        Assert.Equal((ColumnKind.Integer, ColumnRole.QuasiIdentifier, "a"), (s["age"].Kind, s["age"].Role, s["age"].Unit));
        Assert.Equal(new Bounds(0, 120, Origin.Public), s["age"].Bounds);
        Assert.Equal(["no", "yes"], s["smoker"].Categories);
        Assert.Equal(["NULL", "~", "?", "-99", "3.0"], s["smoker"].MissingTokens);
        Assert.Equal(Origin.Public, s["smoker"].CategoriesOrigin);
        Assert.Equal(11356.0, s["seen"].Bounds!.Lower);
        Assert.Equal(["3.0", "6.0", "7.0"], s["thal"].Categories);
        Assert.Equal("thal", s.Target!.Name);
    }

    [Fact]
    public void EveryMistakeIsNamedWithItsLine()
    {
        DataException e = Assert.Throws<DataException>(() => SchemaYaml.Parse("""
            lethe_schema: 1
            nmae: heart
            columns:
              - name: age
                kind: intger
                rolle: target
              - name: bp
                kind: continuous
                bounds: {lower: 10, upper: 5}
                categories: [a]
              - name: sex
                kind: boolean
                categories: [m, f, x, x]
              - kind: text
              - name: w
              - name: bp
                kind: continuous
                decimals: 20
                step: fast
              - name: d
                kind: datetime
                date_format: dd/MM/jjjj
              - just text
              - name: e
                kind: categorical
                categories: [a, b]
                missing_tokens: [b]
            """, "heart.yaml"));
        (string, long?, string?)[] found = [.. e.Problems.Select(p => (p.Code, p.Line, p.Column)).OrderBy(p => p.Line).ThenBy(p => p.Code)];
        Assert.Equal(
        [
            (ProblemCodes.SchemaUnknownKey, 2, null),
            (ProblemCodes.SchemaBadValue, 5, "age"),
            (ProblemCodes.SchemaUnknownKey, 6, "age"),
            (ProblemCodes.SchemaContradiction, 7, "bp"),
            (ProblemCodes.SchemaContradiction, 7, "bp"),
            (ProblemCodes.SchemaContradiction, 11, "sex"),
            (ProblemCodes.SchemaContradiction, 11, "sex"),
            (ProblemCodes.SchemaMissingKey, 14, null),
            (ProblemCodes.SchemaMissingKey, 15, "w"),
            (ProblemCodes.SchemaContradiction, 16, "bp"),
            (ProblemCodes.SchemaContradiction, 16, "bp"),
            (ProblemCodes.SchemaBadValue, 19, "bp"),
            (ProblemCodes.SchemaContradiction, 20, "d"),
            (ProblemCodes.SchemaBadValue, 23, null),
            (ProblemCodes.SchemaContradiction, 24, "e"),
        ], found);
        Assert.Contains("Did you mean 'name'?", e.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'integer'?", e.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'role'?", e.Message, StringComparison.Ordinal);
        Assert.All(e.Problems, p => Assert.Equal("heart.yaml", p.File));
    }

    [Theory]
    [InlineData("", ProblemCodes.SchemaSyntax)]
    [InlineData("- a\n- b", ProblemCodes.SchemaSyntax)]
    [InlineData("lethe_schema: 1\ncolumns: [", ProblemCodes.SchemaSyntax)]
    [InlineData("lethe_schema: 2\ncolumns:\n  - {name: a, kind: text}", ProblemCodes.SchemaVersion)]
    [InlineData("columns:\n  - {name: a, kind: text}", ProblemCodes.SchemaVersion)]
    [InlineData("lethe_schema: 1", ProblemCodes.SchemaMissingKey)]
    [InlineData("lethe_schema: 1\ncolumns: []", ProblemCodes.SchemaMissingKey)]
    [InlineData("lethe_schema: 1\ncolumns: text", ProblemCodes.SchemaMissingKey)]
    [InlineData("lethe_schema: 1\ncolumns:\n  - {name: a, kind: integer, role: target}\n  - {name: b, kind: integer, role: target}", ProblemCodes.SchemaContradiction)]
    [InlineData("lethe_schema: 1\ncolumns:\n  - {name: a, kind: [text]}", ProblemCodes.SchemaBadValue)]
    [InlineData("lethe_schema: 1\ncolumns:\n  - {name: a, kind: integer, bounds: 5}", ProblemCodes.SchemaBadValue)]
    [InlineData("lethe_schema: 1\ncolumns:\n  - {name: a, kind: integer, bounds: {lower: 5}}", ProblemCodes.SchemaMissingKey)]
    [InlineData("lethe_schema: 1\ncolumns:\n  - {name: a, kind: integer, decimals: 1.5}", ProblemCodes.SchemaBadValue)]
    [InlineData("lethe_schema: 1\ncolumns:\n  - {name: a, kind: categorical, categories: a}", ProblemCodes.SchemaBadValue)]
    [InlineData("lethe_schema: 1\ncolumns:\n  - {name: a, kind: null}", ProblemCodes.SchemaMissingKey)]
    [InlineData("lethe_schema: 1\nlethe_schema: 1\ncolumns:\n  - {name: a, kind: text}", ProblemCodes.SchemaSyntax)]
    public void OtherMistakes(string yaml, string code) =>
        Assert.Contains(code, Assert.Throws<DataException>(() => SchemaYaml.Parse(yaml)).Problems.Select(p => p.Code));

    [Fact]
    public void MissingSchemaFile() =>
        Assert.Equal(ProblemCodes.CannotOpen, Assert.Throws<DataException>(() => SchemaYaml.Load("none.yaml")).Problems[0].Code);

    [Fact]
    public void InferredSchemaIsWrittenWithItsReasonsAndReadBack()
    {
        string text = "id,age,smoker\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{20 + i},{(i % 2 == 0 ? "no" : "yes")}\n"));
        Data.Tables.Reading.TableReadResult read = ReadText.Read(text);
        string yaml = SchemaYaml.Write(read.Schema, read.Report.Problems);
        Assert.Contains("# LD053: taken for an identifier", yaml, StringComparison.Ordinal);
        Assert.Contains("categories: [\"no\", \"yes\"]", yaml, StringComparison.Ordinal);
        Same(read.Schema, SchemaYaml.Parse(yaml));
    }

    [Fact]
    public void SchemasRoundTripInBothForms()
    {
        Prop.ForAll(Schemas(), schema =>
        {
            Same(schema, SchemaYaml.Parse(SchemaYaml.Write(schema)));
            Same(schema, SchemaJson.Read(SchemaJson.Write(schema)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(120));
    }

    [Fact]
    public void ExampleOfTheDocumentationIsRead()
    {
        string page = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "docs", "tables-and-schemas.md"));
        Schema schema = SchemaYaml.Parse(page.Split("```yaml\n")[1].Split("```")[0]);
        Assert.Equal(["age", "smoker", "weight", "seen", "outcome"], schema.Columns.Select(c => c.Name));
        Assert.Empty(SchemaCheck.Check(schema));
        Assert.Equal("outcome", schema.Target!.Name);
    }

    [Fact]
    public void SavedFileIsLoaded()
    {
        using TemporaryFolder folder = new();
        Schema schema = SchemaYaml.Parse(Example);
        SchemaYaml.Save(folder.File("s.yaml"), schema);
        Same(schema, SchemaYaml.Load(folder.File("s.yaml")));
    }

    private static readonly string[] AwkwardTexts =
    [
        "no", "Yes", "null", "~", "1.0", "007", "?", "-", "- a", "a: b", "a #b", "# a", "'", "\"", "\\", "\\n", "a\nb", "a\tb", " a", "a ", "{a}", "[a]", "&a", "*a", "!a", "|", ">", "%", "@", "`",
        "größe", "患者", "😀", "\u2028", "\u0085", "\u00A0", "\uFEFF", "\u200B", "", "<<", "=", "0x1F", "1e5", "2001-02-03", ".inf", "NaN", "true", "a,b", "---", "...",
    ];

    private static Arbitrary<Schema> Schemas()
    {
        Gen<string> text = Gen.OneOf(Gen.Elements(AwkwardTexts), ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => Valid(s.Get)));
        Gen<string?> optional = Gen.OneOf(Gen.Constant<string?>(null), text.Select(s => (string?)s));
        Gen<string[]> texts = text.ListOf(6).Select(l => l.Where(s => s.Length > 0).Distinct().ToArray());
        Gen<double> number = ArbMap.Default.GeneratorFor<double>().Where(d => Math.Abs(d) < 1e300);
        Gen<ColumnSchema> column =
            from name in text.Where(s => s.Length > 0)
            from kind in Gen.Elements(Enum.GetValues<ColumnKind>())
            from role in Gen.Elements(ColumnRole.Feature, ColumnRole.Identifier, ColumnRole.QuasiIdentifier, ColumnRole.Sensitive)
            from unit in optional
            from description in optional
            from system in optional
            from a in number
            from b in number
            from day in Gen.Choose(-100_000, 100_000)
            from origin in Gen.Elements(Origin.Public, Origin.Learnt)
            from levels in texts
            from tokens in texts
            from decimals in Gen.Choose(0, 15)
            from step in number
            from format in Gen.Elements(null, "dd/MM/yyyy", "yyyy-MM-dd HH:mm:ss | d.M.yyyy", "excel", "MMM d, yyyy")
            select Legal(new ColumnSchema
            {
                Name = name,
                Kind = kind,
                Role = role,
                Unit = unit,
                Description = description,
                CodeSystem = system,
                Bounds = new Bounds(kind == ColumnKind.DateTime ? day : Math.Min(a, b), kind == ColumnKind.DateTime ? day + 10 : Math.Max(a, b), origin),
                Categories = levels,
                CategoriesOrigin = origin,
                Decimals = decimals,
                Step = Math.Abs(step) > 0 ? Math.Abs(step) : null,
                MissingTokens = tokens,
                DateFormat = format,
            });
        return (from columns in column.NonEmptyListOf()
                from name in text
                from source in optional
                from licence in optional
                select new Schema(columns.DistinctBy(c => c.Name), name, source, licence)).ToArbitrary();
    }

    private static string Valid(string s) => string.Concat(s.EnumerateRunes().Where(r => r.Value != 0xFFFD));

    private static ColumnSchema Legal(ColumnSchema c)
    {
        string[] levels = c.Kind == ColumnKind.Boolean ? ["no", "yes"] : c.Categories.Count == 0 ? ["a"] : [.. c.Categories];
        return c with
        {
            Bounds = c.IsNumeric ? c.Bounds : null,
            Categories = c.IsDiscrete ? levels : [],
            MissingTokens = [.. c.MissingTokens.Where(t => !c.IsDiscrete || !levels.Contains(t))],
            Decimals = c.Kind == ColumnKind.Integer ? 0 : c.Decimals,
            DateFormat = c.Kind == ColumnKind.DateTime ? c.DateFormat : null,
        };
    }

    private static void Same(Schema expected, Schema actual)
    {
        Assert.Equal((expected.Name, expected.Source, expected.Licence, expected.Columns.Count), (actual.Name, actual.Source, actual.Licence, actual.Columns.Count));
        for (int i = 0; i < expected.Columns.Count; i++)
        {
            ColumnSchema e = expected.Columns[i], a = actual.Columns[i];
            Assert.Equal(e.Categories, a.Categories);
            Assert.Equal(e.MissingTokens, a.MissingTokens);
            Assert.Equal(e with { Categories = [], MissingTokens = [] }, a with { Categories = [], MissingTokens = [] });
        }
    }
}

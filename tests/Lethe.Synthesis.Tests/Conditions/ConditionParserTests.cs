using Lethe.Data.Schemas;
using Lethe.Synthesis.Conditions;

namespace Lethe.Synthesis.Tests.Conditions;

public sealed class ConditionParserTests
{
    private static readonly Schema Schema = new(
    [
        new ColumnSchema { Name = "age", Kind = ColumnKind.Integer, Bounds = new Bounds(18, 95) },
        new ColumnSchema { Name = "sex", Kind = ColumnKind.Boolean, Categories = ["0", "1"] },
        new ColumnSchema { Name = "cp", Kind = ColumnKind.Categorical, Categories = ["1", "2", "3", "4"] },
        new ColumnSchema { Name = "stage", Kind = ColumnKind.Ordinal, Categories = ["I", "II", "III"] },
        new ColumnSchema { Name = "chest pain", Kind = ColumnKind.Categorical, Categories = ["none", "on effort", "at rest, often"] },
        new ColumnSchema { Name = "admitted", Kind = ColumnKind.DateTime },
        new ColumnSchema { Name = "stadt", Kind = ColumnKind.Categorical, Categories = ["Köln", "Łódź", "and"] },
        new ColumnSchema { Name = "name", Kind = ColumnKind.Text, Role = ColumnRole.Identifier },
    ]);

    private static Condition One(string text) => Assert.Single(ConditionParser.Parse(text, Schema));

    [Theory]
    [InlineData("age = 63", 63, 63)]
    [InlineData("age==63", 63, 63)]
    [InlineData("age>=70", 70, double.PositiveInfinity)]
    [InlineData("  age<=7e1 ", double.NegativeInfinity, 70)]
    [InlineData("age between 40 and 60", 40, 60)]
    [InlineData("age > 40 AND age < 60", 40.000000000000007, 59.999999999999993)]
    [InlineData("age >= 40 and age >= 50 and age <= 60", 50, 60)]
    [InlineData("admitted <= 1970-01-11", double.NegativeInfinity, 10)]
    [InlineData("admitted = '1970-01-02 12:00'", 1.5, 1.5)]
    public void Ranges(string text, double lower, double upper)
    {
        Condition c = One(text);
        Assert.Null(c.Codes);
        Assert.Equal((lower, upper), (c.Lower, c.Upper));
    }

    [Theory]
    [InlineData("sex = 1", "1")]
    [InlineData("sex = 1.0", "1")]
    [InlineData("cp in (3,4)", "2 3")]
    [InlineData("cp not in ( 3 , 4 )", "0 1")]
    [InlineData("cp != 2", "0 2 3")]
    [InlineData("cp <> 2 and cp in (1, 2)", "0")]
    [InlineData("stage >= II", "1 2")]
    [InlineData("stage < iii", "0 1")]
    [InlineData("stage between I and II", "0 1")]
    [InlineData("`chest pain` = 'on effort'", "1")]
    [InlineData("\"chest pain\" in ('at rest, often', none)", "0 2")]
    [InlineData("stadt = łódź", "1")]
    [InlineData("stadt = 'and'", "2")]
    public void Levels(string text, string codes) => Assert.Equal(codes, string.Join(" ", One(text).Codes!));

    [Fact]
    public void Several_columns_are_kept_in_order_and_nothing_is_no_condition()
    {
        Assert.Equal(["age", "cp"], ConditionParser.Parse("age>=70 and cp in (3,4) and age<=80", Schema).Select(c => c.Column));
        Assert.Empty(ConditionParser.Parse("  ", Schema));
    }

    [Theory]
    [InlineData("agee >= 70", "Did you mean 'age'?")]
    [InlineData("name = x", "never modelled")]
    [InlineData("age >= seventy", "number")]
    [InlineData("age >=", "expected a value")]
    [InlineData("age", "comparison")]
    [InlineData(">= 70", "column name")]
    [InlineData("age >= 70 or sex = 1", "joined by 'and' only")]
    [InlineData("age >= 70 sex = 1", "'and' or the end")]
    [InlineData("age != 70", "one range")]
    [InlineData("age in (70, 80)", "one range")]
    [InlineData("age between 80 and 70", "accepts nothing")]
    [InlineData("age > 80 and age < 70", "accepts nothing")]
    [InlineData("age >= 120", "outside the range")]
    [InlineData("cp = 5", "The levels are: 1, 2, 3, 4")]
    [InlineData("cp in (3, 4", "')'")]
    [InlineData("cp in 3", "'('")]
    [InlineData("cp > 2", "order")]
    [InlineData("cp = 1 and cp = 2", "accepts no level")]
    [InlineData("`chest pain = none", "never closed")]
    [InlineData("age ! 3", "'!='")]
    [InlineData("admitted < yesterday", "date")]
    public void Mistakes_are_named_with_what_to_write(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<ConditionException>(() => ConditionParser.Parse(text, Schema)).Message);
}

using Lethe.Data.Catalogue;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Tests.Catalogue;

public sealed class TargetRuleTests
{
    private static readonly Table Table = new(
    [
        new NumericColumn(new ColumnSchema { Name = "days", Kind = ColumnKind.Integer }, [0, 10, 30, 31, double.NaN]),
        new DiscreteColumn(new ColumnSchema { Name = "num", Kind = ColumnKind.Ordinal, Role = ColumnRole.Target, Categories = ["0", "1", "2", "3", "4"] }, [0, 1, 4, 0, -1]),
        new DiscreteColumn(new ColumnSchema { Name = "stage", Kind = ColumnKind.Ordinal, Categories = ["I", "II", "III", "IV"] }, [0, 1, 2, 3, -1]),
        new DiscreteColumn(new ColumnSchema { Name = "status", Kind = ColumnKind.Categorical, Categories = ["alive", "dead", "transplanted"] }, [0, 1, 2, 0, -1]),
        new DiscreteColumn(new ColumnSchema { Name = "readmitted", Kind = ColumnKind.Categorical, Categories = ["NO", "<30", ">30"] }, [0, 1, 2, 1, -1]),
        new TextColumn(new ColumnSchema { Name = "note", Kind = ColumnKind.Text }, ["a", "b", "c", "d", "e"]),
    ]);

    [Theory]
    [InlineData("days", ">10", "0011?")]
    [InlineData("days", ">=10", "0111?")]
    [InlineData("days", "<30", "1100?")]
    [InlineData("days", "<= 30", "1110?")]
    [InlineData("days", "=30", "0010?")]
    [InlineData("days", "!=0", "0111?")]
    [InlineData("days", "<1e1", "1000?")]
    [InlineData("num", ">0", "0110?")] // levels that are numbers compare as numbers
    [InlineData("num", ">=3.5", "0010?")]
    [InlineData("num", "=1.0", "0100?")]
    [InlineData("num", "1|4", "0110?")]
    [InlineData("num", "!=0", "0110?")]
    [InlineData("stage", ">=III", "0011?")] // ordered levels compare by position
    [InlineData("stage", "<II", "1000?")]
    [InlineData("status", "dead", "0100?")]
    [InlineData("status", "=dead|transplanted", "0110?")]
    [InlineData("status", "!=alive", "0110?")]
    [InlineData("readmitted", "<30", "0101?")] // a level that looks like a comparison is the level
    [InlineData("readmitted", "=<30|>30", "0111?")]
    [InlineData("readmitted", "!=NO", "0111?")]
    public void Rows_that_satisfy_the_condition_are_positive(string column, string positive, string expected)
    {
        Table derived = new TargetRule(column, positive).Apply(Table);
        DiscreteColumn target = (DiscreteColumn)derived[column];
        Assert.Equal(expected, string.Concat(target.Codes.ToArray().Select(c => c < 0 ? "?" : target.Levels[c])));
        Assert.Equal(ColumnKind.Boolean, target.Schema.Kind);
        Assert.Equal(column, derived.Schema.Target!.Name);
        Assert.Equal(Table.Schema.Columns.Select(c => c.Name), derived.Schema.Columns.Select(c => c.Name));
        Assert.Single(derived.Columns, c => c.Schema.Role == ColumnRole.Target);
    }

    [Theory]
    [InlineData("days", "dead", "LD411 column 'days': the column holds numbers, but 'dead' does not compare with one")]
    [InlineData("status", ">1", "LD411 column 'status': '>1' asks for an order, but the column's levels have none. Name the positive levels, separated by |, of: alive, dead, transplanted")]
    [InlineData("status", "deceased", "LD411 column 'status': 'deceased' is not a level of the column. Its levels are: alive, dead, transplanted.")]
    [InlineData("stage", ">V", "LD411 column 'stage': 'V' is not a level of the column")]
    [InlineData("note", "a", "LD411 column 'note': the column holds free text or identifiers")]
    [InlineData("days", ">99", "LD412 column 'days': no row satisfies '>99'")]
    [InlineData("days", ">=0", "LD412 column 'days': every row satisfies '>=0'")]
    public void A_condition_that_does_not_fit_is_an_error_with_a_remedy(string column, string positive, string expected)
    {
        DataException e = Assert.Throws<DataException>(() => new TargetRule(column, positive).Apply(Table));
        Assert.StartsWith(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_column_and_an_empty_condition_are_errors()
    {
        Assert.Throws<KeyNotFoundException>(() => new TargetRule("gone", ">0").Apply(Table));
        Assert.Throws<ArgumentException>(() => new TargetRule("days", " "));
    }
}

using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;
using KnownMethods = Lethe.Synthesis.Registry.Methods;

namespace Lethe.Synthesis.Tests.Contracts;

/// <summary>Every method delivers exactly the rows that a condition asks for, as many as asked for.</summary>
public sealed class ConditionContract
{
    private static readonly string[] Texts =
    [
        "smoker = yes",
        "age >= 70",
        "age between 40 and 50 and outcome = 1",
        "stage > II and smoker = no",
        "admitted < 2020-04-01",
        "ratio <= 1.00",
        "région = '北京'",
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string method in KnownMethods.ForTables.Select(m => m.Descriptor.Name))
            {
                foreach (string text in Texts)
                    data.Add(method, text);
            }

            return data;
        }
    }

    public static TheoryData<string> Names => Contract.Methods;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rows_meet_the_conditions(string method, string where)
    {
        FittedTableSynthesizer model = Contract.Fitted(method);
        IReadOnlyList<Condition> conditions = ConditionParser.Parse(where, model.Schema);
        Table table = model.SampleTable(150, new Seed(31), conditions);
        Assert.Equal(150, table.RowCount);
        foreach (Condition condition in conditions)
        {
            for (int i = 0; i < table.RowCount; i++)
            {
                bool accepted = table[condition.Column] is NumericColumn n ? condition.Accepts(n[i]) : condition.Accepts(((DiscreteColumn)table[condition.Column])[i]);
                Assert.True(accepted, $"{condition.Column} in row {i} does not meet '{where}'");
            }
        }

        Contract.AssertEqual(table, model.SampleTable(150, new Seed(31), conditions));
        Contract.AssertEqual(Contract.Head(table, 40), model.SampleTable(40, new Seed(31), conditions));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_condition_that_nothing_meets_ends_with_a_reason(string method)
    {
        FittedTableSynthesizer model = Contract.Fitted(method);
        IReadOnlyList<Condition> never = ConditionParser.Parse("région = 'never seen'", model.Schema);
        SynthesisException refusal = Assert.Throws<SynthesisException>(() => model.SampleTable(5, new Seed(1), never));
        Assert.Contains("condition", refusal.Message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Conditions_that_do_not_fit_the_schema_are_refused(string method)
    {
        FittedTableSynthesizer model = Contract.Fitted(method);
        Assert.Throws<ConditionException>(() => model.SampleTable(5, new Seed(1), [new Condition { Column = "nobody" }]));
        Assert.Throws<ConditionException>(() => model.SampleTable(5, new Seed(1), [new Condition { Column = "age", Codes = [1] }]));
        Assert.Throws<ConditionException>(() => model.SampleTable(5, new Seed(1), [new Condition { Column = "smoker", Codes = [2] }]));
    }
}

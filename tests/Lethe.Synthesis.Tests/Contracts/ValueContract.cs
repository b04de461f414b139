using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using KnownMethods = Lethe.Synthesis.Registry.Methods;

namespace Lethe.Synthesis.Tests.Contracts;

/// <summary>Every delivered cell is one that the column could hold, on ordinary and on awkward tables.</summary>
public sealed class ValueContract
{
    public static TheoryData<string> Names => Contract.Methods;

    public static TheoryData<string, string> Awkward
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string method in KnownMethods.ForTables.Select(m => m.Descriptor.Name))
            {
                foreach (string table in ContractTables.AwkwardNames)
                    data.Add(method, table);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cells_of_an_ordinary_table_are_possible(string method) =>
        CheckCells(ContractTables.Mixed(), Contract.Fitted(method).SampleTable(3000, new Seed(21)));

    [Theory]
    [MemberData(nameof(Awkward))]
    public void Awkward_tables_are_learnt_or_refused_with_a_reason(string method, string table)
    {
        Table train = ContractTables.Awkward(table);
        FittedTableSynthesizer model = Contract.Fit(method, train);
        Table sampled = model.SampleTable(120, new Seed(4));
        CheckCells(train, sampled);
        if (model.CanSave)
            Contract.AssertEqual(sampled, Contract.Reload(model).SampleTable(120, new Seed(4)));
    }

    private static void CheckCells(Table train, Table sampled)
    {
        foreach (Column column in sampled.Columns)
        {
            Column real = train[column.Name];
            if (real.MissingCount == 0)
                Assert.Equal(0, column.MissingCount);
            if (real.MissingCount == real.Count)
                Assert.Equal(column.Count, column.MissingCount);
            if (column is DiscreteColumn codes)
                CheckLevels((DiscreteColumn)real, codes);
            else
                CheckNumbers((NumericColumn)real, (NumericColumn)column);
        }
    }

    private static void CheckLevels(DiscreteColumn real, DiscreteColumn sampled)
    {
        HashSet<int> seen = [.. real.Codes.ToArray()];
        Assert.All(sampled.Codes.ToArray().Distinct(), c => Assert.Contains(c, seen));
    }

    private static void CheckNumbers(NumericColumn real, NumericColumn sampled)
    {
        double[] observed = [.. real.Values.ToArray().Where(v => !double.IsNaN(v))];
        double[] values = [.. sampled.Values.ToArray().Where(v => !double.IsNaN(v))];
        if (observed.Length == 0)
            return;
        Assert.All(values, v => Assert.InRange(v, observed.Min(), observed.Max()));
        ColumnSchema schema = real.Schema;
        if (schema.Kind == ColumnKind.DateTime)
            Assert.All(values, v => Assert.Equal(Math.Round(v * 1440) / 1440, v, 9));
        else
            Assert.All(values, v => Assert.Equal(Math.Round(v, schema.Decimals), v));
        if (schema.Step is { } step)
            Assert.All(values, v => Assert.Equal(0, v % step));
    }
}

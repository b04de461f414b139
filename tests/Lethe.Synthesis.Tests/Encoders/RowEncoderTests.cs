using Lethe.Data.Cohorts;
using Lethe.Data.Simulation.Icu;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Tests.Contracts;

namespace Lethe.Synthesis.Tests.Encoders;

public sealed class RowEncoderTests
{
    public static TheoryData<NumericCoding> Codings => [NumericCoding.MinMax, NumericCoding.Modes];

    [Theory]
    [MemberData(nameof(Codings))]
    public void Blocks_tile_the_row_and_one_hots_sum_to_one(NumericCoding coding)
    {
        Table table = ContractTables.Mixed();
        RowEncoder encoder = RowEncoder.Fit(table, coding);
        float[] rows = encoder.Encode(table, new Seed(2));
        Assert.Equal(table.RowCount * encoder.Width, rows.Length);
        int next = 0;
        foreach (EncodedBlock block in encoder.Blocks)
        {
            Assert.Equal(next, block.Offset);
            next += block.Width;
            for (int i = 0; i < table.RowCount; i++)
            {
                ReadOnlySpan<float> part = rows.AsSpan((i * encoder.Width) + block.Offset, block.Width);
                if (block.IsOneHot)
                    Assert.Equal((1f, block.Width - 1), (part.ToArray().Sum(), part.ToArray().Count(v => v == 0)));
                else
                    Assert.InRange(part[0], -1f, 1f);
            }
        }

        Assert.Equal(encoder.Width, next);
        // Two columns have holes: one indicator for the numeric one, one level more for the discrete one.
        Assert.Single(encoder.Blocks, b => b.Role == BlockRole.Missing);
        Assert.Equal(coding == NumericCoding.Modes ? 4 : 0, encoder.Blocks.Count(b => b.Role == BlockRole.Mode));
    }

    /// <summary>The static part of a cohort is a table: it goes through the encoders of tables, and fits back beside its events.</summary>
    [Theory]
    [MemberData(nameof(Codings))]
    public void Statics_of_a_cohort_are_encoded_like_any_table(NumericCoding coding)
    {
        Cohort cohort = new IcuSimulator(new IcuSimulatorOptions { Channels = 3 }).Simulate(400, new Seed(6)).Cohort;
        RowEncoder encoder = RowEncoder.Fit(cohort.Statics, coding);
        Assert.Equal(cohort.Statics.Columns.Where(c => c.Schema.IsModelled).Select(c => c.Name), encoder.Schema.Columns.Select(c => c.Name));
        Table modelled = cohort.Statics.Where(c => c.IsModelled);
        Table back = encoder.Decode(encoder.Encode(modelled, new Seed(2)), cohort.Count);
        foreach (Column column in modelled.Columns)
        {
            if (column is DiscreteColumn levels)
            {
                Assert.Equal(levels.Codes.ToArray(), ((DiscreteColumn)back[column.Name]).Codes.ToArray());
                continue;
            }

            double[] real = ((NumericColumn)column).Values.ToArray(), decoded = ((NumericColumn)back[column.Name]).Values.ToArray();
            double range = real.Max() - real.Min();
            int off = real.Zip(decoded).Count(p => Math.Abs(p.First - p.Second) > (1e-4 * range) + (0.5 * Math.Pow(10, -column.Schema.Decimals)));
            Assert.InRange(off, 0, coding == NumericCoding.Modes ? real.Length / 50 : 0); // a value drawn into a narrow mode far from it is cut
        }

        Table statics = new([.. cohort.Statics.Columns.Where(c => !c.Schema.IsModelled), .. back.Columns], cohort.Schema.Name);
        Assert.Equal(cohort.EventCount, cohort.WithStatics(statics).EventCount);
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void Decoding_what_was_encoded_gives_the_table_back(NumericCoding coding)
    {
        Table table = ContractTables.Mixed().Where(c => c.IsModelled);
        RowEncoder encoder = RowEncoder.Fit(table, coding);
        Table back = encoder.Decode(encoder.Encode(table, new Seed(2)), table.RowCount);
        foreach (Column column in table.Columns)
        {
            if (column is DiscreteColumn levels)
            {
                Assert.Equal(levels.Codes.ToArray(), ((DiscreteColumn)back[column.Name]).Codes.ToArray());
                continue;
            }

            double[] real = ((NumericColumn)column).Values.ToArray(), decoded = ((NumericColumn)back[column.Name]).Values.ToArray();
            int off = 0;
            for (int i = 0; i < real.Length; i++)
                off += double.IsNaN(real[i]) == double.IsNaN(decoded[i]) && (double.IsNaN(real[i]) || Math.Abs(real[i] - decoded[i]) < 0.02) ? 0 : 1;
            // A mode reaches four standard deviations; a value drawn into a narrow mode beyond that is cut.
            Assert.InRange(off, 0, coding == NumericCoding.Modes ? 9 : 0);
        }
    }

    [Fact]
    public void Positions_of_levels_are_where_the_ones_are()
    {
        Table table = ContractTables.Mixed();
        RowEncoder encoder = RowEncoder.Fit(table, NumericCoding.MinMax);
        float[] rows = encoder.Encode(table, new Seed(2));
        int column = encoder.Schema.IndexOf("région");
        DiscreteColumn region = (DiscreteColumn)table["région"];
        for (int i = 0; i < table.RowCount; i++)
            Assert.Equal(1f, rows[(i * encoder.Width) + encoder.PositionOf(column, region[i])]);
        Assert.Equal(-1, encoder.PositionOf(column, 3));
    }

    [Fact]
    public void The_seed_of_one_column_is_not_moved_by_another()
    {
        Table table = ContractTables.Mixed();
        RowEncoder all = RowEncoder.Fit(table, NumericCoding.Modes);
        Assert.Equal(all.Encode(table, new Seed(3)), all.Encode(table, new Seed(3)));
        Assert.NotEqual(all.Encode(table, new Seed(3)), all.Encode(table, new Seed(4)));
    }
}

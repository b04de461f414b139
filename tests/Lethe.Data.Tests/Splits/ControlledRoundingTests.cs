using Lethe.Data.Splits;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Tests.Splits;

public sealed class ControlledRoundingTests
{
    [Fact]
    public void Cells_have_the_proportional_expectation()
    {
        int[] rows = [1, 3, 7, 0, 12], columns = [5, 8, 10];
        const int Draws = 40_000;
        double[,] mean = new double[5, 3];
        RandomStream stream = new Seed(1).Stream();
        for (int d = 0; d < Draws; d++)
        {
            int[,] cells = ControlledRounding.Draw(rows, columns, stream);
            for (int i = 0; i < 5; i++)
            {
                for (int j = 0; j < 3; j++)
                    mean[i, j] += cells[i, j] / (double)Draws;
            }
        }

        // A cell is floor + Bernoulli(f); two-sided z for a one-in-a-million error over 15 cells: 5.40.
        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                double expected = rows[i] * columns[j] / 23.0, f = expected - Math.Floor(expected);
                Assert.InRange(mean[i, j] - expected, -5.40 * Math.Sqrt(f * (1 - f) / Draws) - 1e-9, 5.40 * Math.Sqrt(f * (1 - f) / Draws) + 1e-9);
            }
        }
    }

    [Fact]
    public void Whole_proportions_are_not_touched()
    {
        int[,] cells = ControlledRounding.Draw([10, 20], [15, 15], new Seed(1).Stream());
        Assert.Equal([5, 5, 10, 10], cells.Cast<int>());
    }

    [Fact]
    public void Different_totals_are_refused() =>
        Assert.Throws<ArgumentException>(() => ControlledRounding.Draw([1, 2], [1, 1], new Seed(1).Stream()));
}

using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Tests.Series.Training;

public sealed class StepRowsTests
{
    [Fact]
    public void Rows_are_the_valid_steps_in_order_and_return_to_their_places()
    {
        Tape tape = new();
        StepRows rows = new(2, 3, [1, 3]);
        Tensor x = tape.Input([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], new Shape(2, 3, 2));
        Tensor taken = rows.Take(x);
        Assert.Equal(4, rows.Count);
        Assert.Equal([1, 2, 7, 8, 9, 10, 11, 12], taken.Values.ToArray());
        Assert.Equal([1, 2, 0, 0, 0, 0, 7, 8, 9, 10, 11, 12], rows.Spread(taken).Values.ToArray());
        Assert.Equal([1, 3], rows.Lengths);
        Assert.Equal((1, 3), (rows.LengthOf(0), rows.LengthOf(1)));
    }

    [Fact]
    public void Full_lengths_are_no_padding()
    {
        Tape tape = new();
        Tensor x = tape.Input([1, 2, 3, 4], new Shape(2, 2, 1));
        foreach (int[] lengths in new int[][] { [], [2, 2] })
        {
            StepRows rows = new(2, 2, lengths);
            Assert.Empty(rows.Lengths);
            Assert.Equal(4, rows.Count);
            Assert.Equal(x.Values.ToArray(), rows.Spread(rows.Take(x)).Values.ToArray());
        }
    }

    [Fact]
    public void What_is_given_per_stay_stands_at_each_step()
    {
        Tape tape = new();
        Tensor repeated = new StepRows(2, 3, [3, 1]).Repeat(tape.Input([1, 2, 3, 4], new Shape(2, 2)));
        Assert.Equal([1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4], repeated.Values.ToArray());
    }

    [Fact]
    public void An_epoch_shows_every_stay_of_its_batches_once_and_follows_from_the_step_alone()
    {
        EpochBatches batches = new(23, 5, new Seed(1)), again = new(23, 5, new Seed(1));
        Assert.Equal(4, batches.PerEpoch);
        List<int[]> seen = [];
        for (long step = 0; step < 12; step++)
        {
            int[] batch = new int[5];
            batches.Fill(step, batch);
            seen.Add(batch);
        }

        for (int epoch = 0; epoch < 3; epoch++)
            Assert.Equal(20, seen.Skip(4 * epoch).Take(4).SelectMany(b => b).Distinct().Count());
        Assert.NotEqual(seen[0], seen[4]);
        int[] later = new int[5];
        again.Fill(9, later);
        Assert.Equal(seen[9], later);
    }

    [Fact]
    public void Fewer_stays_than_a_batch_are_drawn_again()
    {
        int[] batch = new int[5];
        new EpochBatches(2, 5, new Seed(1)).Fill(3, batch);
        Assert.Equal([0, 1], batch.Distinct().Order());
    }
}
